/// The commands `inspect`, `card` and `diff`: what a model file says of itself, and how two of them differ.
///
/// May import `io`, `backend`, `nn`, `fusion`, `audio.features`, `text`, `corpus.split`, `corpus`, `pretrained`,
/// `model.answer`, `model`, `eval`, `train`, `report.card`, `setup.request`, `setup`, `cli.command`.
///
/// Start at [InspectCommand].
@NullMarked
package dev.parallax.cli.inspect;

import org.jspecify.annotations.NullMarked;
