package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// CTM of the NIST scoring tools: one word a line, with recording, channel, start, duration, word, and perhaps a
/// confidence, a type and a speaker.
///
///     talk A 1.00 0.40 so 0.98
///     talk A 1.42 0.35 glad 0.99
///
/// Words become turns as [WordGroups] says. The speaker is the eighth field, else the channel where there are
/// several. Lines that begin with `;;` are comments. Alternatives (`<ALT_BEGIN>`) are refused.
///
/// Source: NIST, "SCTK, the Scoring Toolkit", infmts.htm.
record Ctm() implements TranscriptFormat {

    private static final String COMMENT = ";;";
    private static final int FIELDS = 5; // recording, channel, start, duration, word
    private static final int SPEAKER = 7;

    @Override
    public String title() {
        return "CTM";
    }

    @Override
    public boolean begins(String text) {
        List<String> fields = Lines.fields(Lines.first(text, COMMENT));
        return fields.size() >= FIELDS && Span.seconds(fields.get(2)) != null && Span.seconds(fields.get(3)) != null;
    }

    private record Line(String channel, String speaker, SpokenWord word) {}

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<Line> all = new ArrayList<>();
        String recording = "";
        List<String> lines = Lines.of(text);
        for (int i = 0; i < lines.size(); i++) {
            List<String> fields = Lines.fields(lines.get(i));
            if (fields.isEmpty() || fields.getFirst().startsWith(COMMENT)) {
                continue;
            }
            all.add(line(fields, i + 1, lines.get(i), where));
            if (recording.isEmpty()) {
                recording = fields.getFirst();
            } else if (!recording.equals(fields.getFirst())) {
                throw new BadInputException(where + " line " + (i + 1) + ": is of the recording " + fields.getFirst()
                        + ", those above are of " + recording + "; keep the lines of one");
            }
        }
        all.sort(Comparator.comparingDouble(line -> line.word.span().start())); // stable
        Set<String> channels = new TreeSet<>(all.stream().map(Line::channel).toList());
        WordGroups groups = new WordGroups();
        for (Line line : all) {
            String other = channels.size() > 1 ? line.channel : null;
            groups.add(line.speaker.isEmpty() ? other : line.speaker, line.word);
        }
        notes.accept(WordGroups.NOTE);
        return groups.turns();
    }

    private static Line line(List<String> fields, int number, String line, String where) {
        BigDecimal start = fields.size() < FIELDS ? null : Span.seconds(fields.get(2));
        BigDecimal duration = fields.size() < FIELDS ? null : Span.seconds(fields.get(3));
        if (start == null || duration == null) {
            throw new BadInputException(where + " line " + number + ": " + Lines.shown(line)
                    + " is no word of a CTM file; write RECORDING CHANNEL START DURATION WORD, times in seconds");
        }
        Span span = new Span(start.doubleValue(), start.add(duration).doubleValue());
        String speaker = fields.size() > SPEAKER ? fields.get(SPEAKER) : "";
        return new Line(fields.get(1), speaker, new SpokenWord(fields.get(FIELDS - 1), span));
    }
}
