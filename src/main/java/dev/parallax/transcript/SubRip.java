package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// SubRip (`.srt`): a cue has a number, its times, and lines of text up to the next cue.
///
///     1
///     00:00:01,000 --> 00:00:04,000
///     <i>so glad you came</i>
///
/// The number may be missing, and so may the blank line between cues; a blank line within a text is part of it.
/// Tags (`<i>`, `<font>`, `{\an8}`) are taken away; cues that underline word after word are joined
/// ([WordHighlights]). A text may begin with its speaker, as whisperX writes it:
/// `[SPEAKER_00]: so glad`.
record SubRip() implements TranscriptFormat {

    private static final Pattern TAGS =
            Pattern.compile("</?(?:i|b|u|s|font)(?:\\s[^<>]*)?>|\\{\\\\[^{}]*\\}", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,9}\\s*");

    @Override
    public String title() {
        return "SubRip";
    }

    @Override
    public boolean begins(String text) {
        List<String> two = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .toList();
        return !two.isEmpty()
                && (isTimes(two.getFirst())
                        || (two.size() == 2 && NUMBER.matcher(two.getFirst()).matches() && isTimes(two.getLast())));
    }

    /// Whether a line is meant as the times of a cue; a line of plain text may have an arrow in its middle.
    private static boolean isTimes(String line) {
        int arrow = line.indexOf(Span.ARROW);
        return arrow > 0 && Character.isDigit(line.charAt(line.charAt(0) == '-' ? 1 : 0));
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<String> lines = Lines.of(text);
        List<SpokenTurn> turns = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        WordHighlights highlights = new WordHighlights();
        Span span = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (isTimes(line.strip())) {
                add(turns, span, inside, highlights);
                span = Span.ofCue(line);
                if (span == null) {
                    throw new BadInputException(where + " line " + (i + 1) + ": " + Lines.shown(line)
                            + " is no pair of times; write 00:00:01,000 --> 00:00:04,000");
                }
            } else if (!isNumber(lines, i)) {
                inside.add(line);
            } else if (i + 1 == lines.size() || !isTimes(lines.get(i + 1).strip())) {
                throw new BadInputException(where + " line " + (i + 1) + ": the cue " + line.strip()
                        + " has no times in the line below; is the file whole?");
            }
        }
        add(turns, span, inside, highlights);
        highlights.report(notes);
        return turns;
    }

    /// Whether a line is the number of a cue: digits after a blank line, or before a line with times.
    private static boolean isNumber(List<String> lines, int i) {
        boolean afterBlank = i == 0 || lines.get(i - 1).isBlank();
        boolean beforeTimes = i + 1 < lines.size() && isTimes(lines.get(i + 1).strip());
        return NUMBER.matcher(lines.get(i)).matches() && (afterBlank || beforeTimes);
    }

    private static void add(
            List<SpokenTurn> turns, @Nullable Span span, List<String> inside, WordHighlights highlights) {
        if (span != null) {
            String cue = Lines.joined(inside);
            String plain = Lines.spaced(TAGS.matcher(cue).replaceAll(""));
            Lines.Said said = Lines.speakerInBrackets(plain);
            turns.add(new SpokenTurn(span, said.speaker(), List.of(), said.text()));
            highlights.add(turns, cue);
        }
        inside.clear();
    }
}
