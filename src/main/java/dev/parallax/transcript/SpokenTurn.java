package dev.parallax.transcript;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one speaker says without a break.
///
/// @param span    when it is said, or null where the transcript does not know
/// @param speaker who says it, or null where the transcript does not know
/// @param words   its words with their times, in their order; empty where the transcript has none
/// @param text    what is said, one line without markup; it may describe a sound, such as `[Music]`
public record SpokenTurn(@Nullable Span span, @Nullable String speaker, List<SpokenWord> words, String text) {

    private static final Pattern IN_BRACKETS = Pattern.compile("\\[[^\\[\\]]*\\]|\\([^()]*\\)");
    private static final Pattern NO_WORD = Pattern.compile("[♩♪♫♬*\\s.…-]*");

    public SpokenTurn {
        words = List.copyOf(words);
    }

    /// When it begins [s]; NaN where that is not known.
    double start() {
        return span == null ? Double.NaN : span.start();
    }

    /// What is said; null where the text only describes a sound, in brackets or by notes of music.
    public @Nullable String said() {
        String spoken = IN_BRACKETS.matcher(text).replaceAll("");
        return NO_WORD.matcher(spoken).matches() ? null : text;
    }
}
