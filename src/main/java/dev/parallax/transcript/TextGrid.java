package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A TextGrid of Praat, long or short. A tier of intervals is a speaker, an interval with text is a turn.
///
///     File type = "ooTextFile"
///     Object class = "TextGrid"
///     ...
///         name = "Anna"
///         ...
///             xmin = 1
///             xmax = 4
///             text = "so glad you came"
///
/// Aligners write tiers `words` and `phones` (or `Anna - words`). Phones are passed over. Words become turns as
/// [WordGroups] says where there is no tier of turns beside them. Tiers of points are passed over.
record TextGrid() implements TranscriptFormat {

    private static final Pattern HEADER = Pattern.compile(
            "(?s)\\s*File type\\s*=\\s*\"ooTextFile(?: short)?\"\\s*(?:Object class\\s*=\\s*)?\"TextGrid\".*");
    private static final String INTERVALS = "IntervalTier";
    private static final String WORDS = "words";
    private static final String PHONES = "phones";

    @Override
    public String title() {
        return "TextGrid";
    }

    @Override
    public boolean begins(String text) {
        return HEADER.matcher(text.substring(0, Math.min(text.length(), 1000))).matches();
    }

    /// A tier with the intervals that have a text.
    private record Tier(String name, boolean ofIntervals, List<SpokenTurn> intervals) {

        /// Whether an aligner made it of such parts: `words`, or `Anna - words`.
        boolean is(String parts) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.equals(parts) || lower.endsWith(" - " + parts);
        }

        /// Who speaks, of a tier of words.
        @Nullable
        String speaker() {
            return name.length() == WORDS.length() ? null : name.substring(0, name.length() - WORDS.length() - 3);
        }
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<Tier> tiers = tiers(new PraatText(text, where), where);
        boolean hasTurns = tiers.stream().anyMatch(tier -> tier.ofIntervals && !tier.is(WORDS) && !tier.is(PHONES));
        List<SpokenTurn> turns = new ArrayList<>();
        for (Tier tier : tiers) {
            if (!tier.ofIntervals || tier.is(PHONES) || (tier.is(WORDS) && hasTurns)) {
                notes.accept("tier \"" + tier.name + "\" passed over: it is of "
                        + (!tier.ofIntervals
                                ? "points"
                                : tier.is(PHONES) ? "phones" : "words, and others are of turns"));
            } else if (tier.is(WORDS)) {
                turns.addAll(joined(tier));
                notes.accept("the words of tier \"" + tier.name + "\" are joined to turns, up to a pause of more than "
                        + WordGroups.PAUSE + " s");
            } else {
                turns.addAll(tier.intervals);
            }
        }
        turns.sort(Comparator.comparingDouble(SpokenTurn::start)); // tiers stand one below the other
        return turns;
    }

    private static List<SpokenTurn> joined(Tier tier) {
        WordGroups groups = new WordGroups();
        for (SpokenTurn word : tier.intervals) {
            Span span = word.span();
            if (span != null) {
                groups.add(tier.speaker(), new SpokenWord(word.text(), span));
            }
        }
        return groups.turns();
    }

    private static List<Tier> tiers(PraatText values, String where) {
        values.text(); // ooTextFile
        values.text(); // TextGrid
        values.number();
        values.number();
        List<Tier> tiers = new ArrayList<>();
        if (values.flag().equals("exists")) {
            double count = values.number();
            while (tiers.size() < count) {
                tiers.add(tier(values, where));
            }
        }
        return tiers;
    }

    private static Tier tier(PraatText values, String where) {
        String kind = values.text();
        boolean ofIntervals = kind.equals(INTERVALS);
        if (!ofIntervals && !kind.equals("TextTier")) {
            throw new BadInputException(where + " line " + values.line() + ": expected a tier, found "
                    + Lines.shown(kind) + "; export the file again");
        }
        String name = Lines.spaced(values.text());
        values.number();
        values.number();
        double count = values.number();
        List<SpokenTurn> intervals = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            double start = values.number();
            double end = ofIntervals ? values.number() : start;
            String text = Lines.spaced(values.text());
            if (!text.isEmpty()) {
                String speaker = name.isEmpty() ? null : name;
                intervals.add(new SpokenTurn(new Span(start, end), speaker, List.of(), text));
            }
        }
        return new Tier(name, ofIntervals, intervals);
    }
}
