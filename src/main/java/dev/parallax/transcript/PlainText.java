package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plain text, one line a turn, perhaps with its speaker, perhaps with its times as Whisper prints them.
///
///     Anna: so glad you came
///     [00:01.000 --> 00:04.000] Anna: so glad you came
///
/// A speaker is up to four words before a colon and a blank, or a name in brackets before a colon. Where some
/// lines have no times, all stay in their order.
record PlainText() implements TranscriptFormat {

    private static final Pattern TIMES = Pattern.compile("\\[([^\\[\\]]*" + Span.ARROW + "[^\\[\\]]*)\\]\\s*(.*)");
    private static final Pattern NAMED = Pattern.compile("(\\p{L}[^\\s:]{0,39}(?: [^\\s:]{1,39}){0,3}):\\s+(.+)");

    @Override
    public String title() {
        return "plain text";
    }

    @Override
    public boolean begins(String text) {
        return true;
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<String> lines = Lines.of(text);
        List<SpokenTurn> turns = new ArrayList<>();
        int timed = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = Lines.spaced(lines.get(i));
            if (!line.isEmpty()) {
                SpokenTurn turn = turn(line, where + " line " + (i + 1));
                timed += turn.span() == null ? 0 : 1;
                turns.add(turn);
            }
        }
        if (timed > 0 && timed < turns.size()) {
            notes.accept(
                    (turns.size() - timed) + " of " + turns.size() + " lines have no times; all stay in their order");
        }
        return turns;
    }

    private static SpokenTurn turn(String line, String where) {
        Matcher times = TIMES.matcher(line);
        Span span = times.matches() ? Span.ofCue(times.group(1)) : null;
        if (times.matches() && span == null) {
            throw new BadInputException(where + ": " + Lines.shown(line)
                    + " begins with no pair of times; write [00:01.000 --> 00:04.000] before the words");
        }
        Lines.Said said = said(span == null ? line : times.group(2));
        return new SpokenTurn(span, said.speaker(), List.of(), said.text());
    }

    private static Lines.Said said(String text) {
        Matcher named = NAMED.matcher(text);
        @Nullable String speaker = named.matches() ? named.group(1) : null;
        return speaker == null ? Lines.speakerInBrackets(text) : new Lines.Said(speaker, named.group(2));
    }
}
