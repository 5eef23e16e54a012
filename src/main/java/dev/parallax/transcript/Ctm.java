package dev.parallax.transcript;

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
/// Its first line tells it, by two numbers. Where that line is damaged, its numbers or a line below do. Words become
/// turns as [WordGroups] says. The speaker is the eighth field, else the channel where there are several. Lines that
/// begin with `;;` are comments. Alternatives (`<ALT_BEGIN>`) are refused.
///
/// Source: NIST, "SCTK, the Scoring Toolkit", infmts.htm.
record Ctm() implements TranscriptFormat {

    private static final int START = 2; // after recording and channel
    private static final int DURATION = 3;
    private static final int WORD = 4;
    private static final int SPEAKER = 7;
    private static final Set<String> ALTERNATIVES = Set.of("<ALT_BEGIN>", "<ALT>", "<ALT_END>");

    @Override
    public String title() {
        return "CTM";
    }

    @Override
    public boolean begins(String text) {
        return isKnown(text);
    }

    /// Whether a text that is no STM is CTM.
    static boolean isKnown(String text) {
        List<String> first = NistLines.first(text);
        return isWord(first)
                || isOfAlternatives(first)
                || (first.size() > WORD && NistLines.areMeantAsTimes(first, START))
                || NistLines.anyBesideFirst(
                        text,
                        fields -> isWord(fields)
                                && fields.get(START).contains(".") // whole numbers also stand in sentences
                                && fields.get(DURATION).contains("."));
    }

    private static boolean isWord(List<String> fields) {
        return fields.size() > WORD
                && Span.seconds(fields.get(START)) != null
                && Span.seconds(fields.get(DURATION)) != null;
    }

    private static boolean isOfAlternatives(List<String> fields) {
        return fields.size() > WORD && ALTERNATIVES.contains(fields.get(WORD));
    }

    private record Word(String channel, String speaker, SpokenWord word) {}

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<Word> all = new ArrayList<>();
        for (NistLines.Line line : NistLines.of(text, where)) {
            all.add(word(line, where));
        }
        all.sort(Comparator.comparingDouble(word -> word.word.span().start())); // stable
        Set<String> channels = new TreeSet<>(all.stream().map(Word::channel).toList());
        WordGroups groups = new WordGroups();
        for (Word word : all) {
            String other = channels.size() > 1 ? word.channel : null;
            groups.add(word.speaker.isEmpty() ? other : word.speaker, word.word);
        }
        notes.accept(WordGroups.NOTE);
        return groups.turns();
    }

    private static Word word(NistLines.Line line, String where) {
        List<String> fields = line.fields();
        if (isOfAlternatives(fields)) {
            throw line.refused(
                    where,
                    "begins or ends alternatives, which are not read; keep the words of one, without the lines "
                            + "<ALT_BEGIN>, <ALT> and <ALT_END>");
        }
        BigDecimal start = fields.size() <= WORD ? null : Span.seconds(fields.get(START));
        BigDecimal duration = fields.size() <= WORD ? null : Span.seconds(fields.get(DURATION));
        if (start == null || duration == null) {
            throw line.refused(
                    where,
                    Lines.shown(line.text()) + " is no word of a CTM file; write RECORDING CHANNEL START DURATION WORD,"
                            + " times in seconds");
        }
        Span span = new Span(start.doubleValue(), start.add(duration).doubleValue());
        String speaker = fields.size() > SPEAKER ? fields.get(SPEAKER) : "";
        return new Word(fields.get(1), speaker, new SpokenWord(fields.get(WORD), span));
    }
}
