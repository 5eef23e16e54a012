/// The page of a talk: a timeline of the recording, its turns, and what was answered to each. A click on a turn plays
/// it.
///
/// May import `io`, `audio`, `audio.file`, `transcript`, `model.answer`, `model`, `model.turns`, `report.page`,
/// `report`.
///
/// Start at [TalkPage].
@NullMarked
package dev.parallax.report.talk;

import org.jspecify.annotations.NullMarked;
