package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.AudioSource;
import org.jspecify.annotations.Nullable;

/// One utterance of a dialogue, as it is to be answered.
///
/// @param audio   the recording, at any rate, or null
/// @param text    the words, or null; one of the two must be there
/// @param speaker who speaks, or null where it is not known
public record Turn(
        @Nullable AudioSource audio,
        @Nullable String text,
        @Nullable String speaker) {

    public Turn {
        if (audio == null && text == null) {
            throw new BadInputException("predict: a turn has neither audio nor text; give it one of them");
        }
    }
}
