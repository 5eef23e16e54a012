package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// STM, the references of the NIST scoring tools: one turn a line, with recording, channel, speaker, start, end,
/// perhaps labels in angle brackets, and the text.
///
///     talk A Anna 1.00 2.50 <o,f0,female> so glad you came
///
/// Its first line tells it: by the labels, or by a speaker that is no number and two times with a decimal point.
/// Lines that begin with `;;` are comments. A turn whose text is `ignore_time_segment_in_scoring` has no words. Of
/// alternatives in braces, `{ so / oh so }`, the first is read; `@` is no word.
///
/// Source: NIST, "SCTK, the Scoring Toolkit", infmts.htm.
record Stm() implements TranscriptFormat {

    private static final String COMMENT = ";;";
    private static final int SPEAKER = 2; // after recording and channel
    private static final int START = 3;
    private static final int END = 4;
    private static final Pattern LABELS = Pattern.compile("<[^<>]*>");
    private static final Pattern ALTERNATIVES = Pattern.compile("\\{([^{}/]*)(?:/[^{}]*)?\\}");
    private static final Pattern NO_WORD = Pattern.compile("(?<= )@(?= )");
    private static final String IGNORED = "ignore_time_segment_in_scoring";

    @Override
    public String title() {
        return "STM";
    }

    @Override
    public boolean begins(String text) {
        List<String> fields = Lines.fields(Lines.first(text, COMMENT));
        if (times(fields) == null) {
            return false;
        }
        boolean inSentence = Span.seconds(fields.get(SPEAKER)) != null
                || !fields.get(START).contains(".") // whole numbers also stand in sentences
                || !fields.get(END).contains(".");
        return !inSentence || hasLabels(fields);
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<SpokenTurn> turns = new ArrayList<>();
        String recording = "";
        boolean hasAlternatives = false;
        List<String> lines = Lines.of(text);
        for (int i = 0; i < lines.size(); i++) {
            List<String> fields = Lines.fields(lines.get(i));
            if (fields.isEmpty() || fields.getFirst().startsWith(COMMENT)) {
                continue;
            }
            Span span = times(fields);
            if (span == null) {
                throw new BadInputException(where + " line " + (i + 1) + ": " + Lines.shown(lines.get(i))
                        + " is no turn of an STM file; write RECORDING CHANNEL SPEAKER START END TEXT, times in"
                        + " seconds");
            }
            if (recording.isEmpty()) {
                recording = fields.getFirst();
            } else if (!recording.equals(fields.getFirst())) {
                throw new BadInputException(where + " line " + (i + 1) + ": is of the recording " + fields.getFirst()
                        + ", those above are of " + recording + "; keep the lines of one");
            }
            List<String> words = fields.subList(hasLabels(fields) ? END + 2 : END + 1, fields.size());
            Matcher alternatives = ALTERNATIVES.matcher(" " + Lines.joined(words) + " ");
            hasAlternatives |= alternatives.find();
            String said =
                    Lines.spaced(NO_WORD.matcher(alternatives.replaceAll("$1")).replaceAll(""));
            turns.add(new SpokenTurn(span, fields.get(SPEAKER), List.of(), said.equalsIgnoreCase(IGNORED) ? "" : said));
        }
        if (hasAlternatives) {
            notes.accept("of alternatives in braces the first is read");
        }
        return turns;
    }

    /// The times of a line; null where it is no line of STM.
    private static @Nullable Span times(List<String> fields) {
        BigDecimal start = fields.size() <= END ? null : Span.seconds(fields.get(START));
        BigDecimal end = fields.size() <= END ? null : Span.seconds(fields.get(END));
        return start == null || end == null ? null : new Span(start.doubleValue(), end.doubleValue());
    }

    private static boolean hasLabels(List<String> fields) {
        return fields.size() > END + 1 && LABELS.matcher(fields.get(END + 1)).matches();
    }
}
