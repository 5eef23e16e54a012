/// What a speech recogniser, or a person, wrote of a recording: who said what, and when. One class a format; all of
/// them give the same turns. [docs/transcripts.md](../../../../../../docs/transcripts.md) has the rules.
///
/// May import `io`.
///
/// Start at [Transcript], then [SubRip] for how a format is read.
@NullMarked
package dev.parallax.transcript;

import org.jspecify.annotations.NullMarked;
