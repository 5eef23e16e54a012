/// The answers to the turns of a transcript: each hears its stretch of the recording and reads its words.
///
/// May import `audio`, `audio.file`, `audio.source`, `transcript`, `data`, `model.domain`, `model.answer`, `model`.
///
/// Start at [AnsweredTalk].
@NullMarked
package dev.parallax.model.turns;

import org.jspecify.annotations.NullMarked;
