package dev.parallax.audit;

import dev.parallax.audio.Audio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A turn of a dialogue, as it is audited.
///
/// @param windows of the recording, none longer than those of the first stage, those that count; empty for none
/// @param text    the words, or null
/// @param speaker who speaks, or null where it is not known
public record HeardTurn(
        List<Audio> windows,
        @Nullable String text,
        @Nullable String speaker) {

    public HeardTurn {
        windows = List.copyOf(windows);
    }
}
