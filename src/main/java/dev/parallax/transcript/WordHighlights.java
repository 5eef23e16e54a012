package dev.parallax.transcript;

import dev.parallax.io.Count;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Cues that show one sentence again and again, each time with another word underlined, as Whisper and whisperX write
/// it with `--highlight_words`. They are one turn: from the start of the first to the end of the last.
///
///     00:01,000 --> 00:01,500      <u>so</u> glad
///     00:01,500 --> 00:02,500      so <u>glad</u>
///
/// Cues are joined where their texts differ in nothing but what is underlined and where they touch. So words that
/// somebody repeats stay turns of their own.
final class WordHighlights {

    private static final Pattern UNDERLINE = Pattern.compile("</?u>");
    private static final double TOUCH = 0.0015; // [s], times are rounded to milliseconds

    private String last = "";
    private int joined;

    /// Joins the last turn to the one before it where both are of one sentence.
    ///
    /// @param turns so far; the last is that of the cue
    /// @param cue   its text with tags
    void add(List<SpokenTurn> turns, String cue) {
        String before = last;
        last = cue;
        if (turns.size() < 2 || cue.equals(before) || !plain(cue).equals(plain(before))) {
            return;
        }
        SpokenTurn turn = turns.getLast();
        SpokenTurn first = turns.get(turns.size() - 2);
        Span span = Objects.requireNonNull(turn.span());
        Span whole = Objects.requireNonNull(first.span());
        if (Math.abs(span.start() - whole.end()) < TOUCH) {
            turns.removeLast();
            turns.removeLast();
            turns.add(new SpokenTurn(new Span(whole.start(), span.end()), first.speaker(), List.of(), first.text()));
            joined++;
        }
    }

    private static String plain(String cue) {
        return UNDERLINE.matcher(cue).replaceAll("");
    }

    /// Says how many cues were joined.
    void report(Consumer<String> notes) {
        if (joined > 0) {
            notes.accept(Count.of(joined, "cue underlines", "cues underline")
                    + " another word of the sentence above; such cues are one turn");
        }
    }
}
