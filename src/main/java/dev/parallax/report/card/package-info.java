/// Model cards: what a model file says of itself, for people who are to use it, as Markdown and as a page.
///
/// May import `io`, `fusion`, `corpus`, `pretrained`, `model.answer`, `model`, `eval`, `report.page`, `report`.
///
/// Start at [ModelCard].
@NullMarked
package dev.parallax.report.card;

import org.jspecify.annotations.NullMarked;
