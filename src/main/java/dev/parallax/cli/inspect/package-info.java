/// The command `inspect`: what a model file says of itself.
///
/// May import `io`, `nn`, `fusion`, `audio.features`, `text`, `corpus`, `pretrained`, `model.answer`, `model`, `train`,
/// `setup`, `cli.command`.
///
/// Start at [InspectCommand].
@NullMarked
package dev.parallax.cli.inspect;

import org.jspecify.annotations.NullMarked;
