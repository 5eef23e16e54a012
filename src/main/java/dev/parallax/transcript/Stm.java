package dev.parallax.transcript;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// STM, the references of the NIST scoring tools: one turn a line, with recording, channel, speaker, start, end,
/// perhaps labels in angle brackets, and the text.
///
///     talk A Anna 1.00 2.50 <o,f0,female> so glad you came
///
/// Its first line tells it: by the labels, or by a speaker that is no number and two times with a decimal point. Where
/// that line is damaged, a line below does that is of the same recording and channel. A text that begins with a
/// comment (`;;`) is STM unless it is [Ctm]. A turn whose text is `ignore_time_segment_in_scoring` has no words. Of
/// alternatives in braces, `{ so / oh so }`, the first is read, also of those within another; `@` is no word.
///
/// Source: NIST, "SCTK, the Scoring Toolkit", infmts.htm.
record Stm() implements TranscriptFormat {

    private static final int SPEAKER = 2; // after recording and channel
    private static final int START = 3;
    private static final int END = 4;
    private static final Pattern LABELS = Pattern.compile("<[^<>]*>");
    private static final Pattern SEVERAL_LABELS = Pattern.compile("<[^<>]*,[^<>]*>"); // in no sentence
    private static final Pattern NO_WORD = Pattern.compile("(?<= )@(?= )");
    private static final String IGNORED = "ignore_time_segment_in_scoring";

    @Override
    public String title() {
        return "STM";
    }

    @Override
    public boolean begins(String text) {
        List<String> first = NistLines.first(text);
        return isTurn(first)
                || isMeantAsTurn(first)
                || NistLines.anyBesideFirst(text, Stm::isTurn)
                || (NistLines.beginWithComment(text) && !Ctm.isKnown(text));
    }

    private static boolean isTurn(List<String> fields) {
        if (times(fields) == null) {
            return false;
        }
        boolean inSentence = Span.seconds(fields.get(SPEAKER)) != null
                || !fields.get(START).contains(".") // whole numbers also stand in sentences
                || !fields.get(END).contains(".");
        return !inSentence || hasLabels(fields, LABELS);
    }

    private static boolean isMeantAsTurn(List<String> fields) {
        return hasLabels(fields, SEVERAL_LABELS)
                || (NistLines.areMeantAsTimes(fields, START) && Span.seconds(fields.get(SPEAKER)) == null);
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<SpokenTurn> turns = new ArrayList<>();
        boolean hasAlternatives = false;
        for (NistLines.Line line : NistLines.of(text, where)) {
            List<String> fields = line.fields();
            Span span = times(fields);
            if (span == null) {
                throw line.refused(
                        where,
                        Lines.shown(line.text()) + " is no turn of an STM file; write RECORDING CHANNEL SPEAKER START"
                                + " END TEXT, times in seconds");
            }
            String all = Lines.joined(fields.subList(hasLabels(fields, LABELS) ? END + 2 : END + 1, fields.size()));
            String first = firstAlternatives(all);
            if (first == null) {
                throw line.refused(
                        where, "its braces do not pair; write alternatives as { so / oh so }, or leave braces out");
            }
            hasAlternatives |= all.contains("{");
            String said = Lines.spaced(NO_WORD.matcher(" " + first + " ").replaceAll(""));
            turns.add(new SpokenTurn(span, fields.get(SPEAKER), List.of(), said.equalsIgnoreCase(IGNORED) ? "" : said));
        }
        if (hasAlternatives) {
            notes.accept("of alternatives in braces the first is read");
        }
        return turns;
    }

    /// A text with the first of its alternatives, however deep they lie in each other; null where braces do not pair.
    private static @Nullable String firstAlternatives(String text) {
        StringBuilder first = new StringBuilder(text.length());
        int depth = 0;
        int passedOver = 0; // the depth of the braces whose other alternatives are being passed over
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            char sign = text.charAt(i);
            if (sign == '{') {
                depth++;
            } else if (sign == '}') {
                passedOver = passedOver == depth ? 0 : passedOver;
                depth--;
            } else if (sign == '/' && depth > 0) {
                passedOver = passedOver == 0 ? depth : passedOver;
            } else if (passedOver == 0) {
                first.append(sign);
            }
        }
        return depth == 0 ? first.toString() : null;
    }

    /// The times of a line; null where it is no line of STM.
    private static @Nullable Span times(List<String> fields) {
        BigDecimal start = fields.size() <= END ? null : Span.seconds(fields.get(START));
        BigDecimal end = fields.size() <= END ? null : Span.seconds(fields.get(END));
        return start == null || end == null ? null : new Span(start.doubleValue(), end.doubleValue());
    }

    private static boolean hasLabels(List<String> fields, Pattern labels) {
        return fields.size() > END + 1 && labels.matcher(fields.get(END + 1)).matches();
    }
}
