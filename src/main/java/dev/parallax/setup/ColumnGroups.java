package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.corpus.split.Sex;
import dev.parallax.data.Utterance;
import dev.parallax.eval.GroupComparison;
import dev.parallax.io.Count;
import dev.parallax.io.Nearest;
import dev.parallax.train.Decisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The scores of the decision by the values of columns: `speaker`, `sex`, `session`, `dialogue`, `script`, `corpus`,
/// what a corpus says beyond that (`language`), and any further column of a manifest. Emotions are no groups: their
/// recalls are among the scores.
final class ColumnGroups {

    private static final long SEED = 1; // a test tells the same of the same answers

    private final Map<String, Map<String, String>> values = new TreeMap<>(); // by column and id
    private final List<String> columns;

    /// @param chosen utterances that are to be scored
    /// @param asked  names of columns in lower case, each once
    /// @throws BadInputException when a column is not known or says nothing of these utterances
    ColumnGroups(CorpusSet corpora, List<Utterance> chosen, List<String> asked) {
        this.columns = List.copyOf(asked);
        if (Set.copyOf(columns).size() < columns.size()) {
            throw new BadInputException("‹groups›: a column is named twice in " + asked + "; name each once");
        }
        Map<String, Map<String, String>> known = known(corpora, chosen);
        for (String column : columns) {
            Map<String, String> found = known.get(column);
            if (found == null) {
                Set<String> filled = new TreeSet<>(known.keySet());
                filled.removeIf(name -> known.getOrDefault(name, Map.of()).isEmpty());
                throw new BadInputException("‹groups›: no corpus here has a column \"" + column + "\""
                        + Nearest.hint(column, List.copyOf(known.keySet())) + "; known: " + String.join(", ", filled));
            }
            if (found.isEmpty()) {
                throw new BadInputException("‹groups›: column \"" + column
                        + "\" is empty for all of these utterances; fill it, or leave it out");
            }
            values.put(column, found);
        }
    }

    /// The values of all columns, without utterances that are not chosen.
    private static Map<String, Map<String, String>> known(CorpusSet corpora, List<Utterance> chosen) {
        Map<String, Map<String, String>> known = new TreeMap<>();
        corpora.columns().forEach((column, all) -> known.put(column, column(chosen, one -> all.get(one.id()))));
        Map<String, String> sexes = corpora.columns().getOrDefault("sex", Map.of());
        known.put("sex", column(chosen, one -> sexes.getOrDefault(one.id(), sexOfSpeaker(corpora, one))));
        known.put("speaker", column(chosen, Utterance::speaker));
        known.put("session", column(chosen, Utterance::session));
        known.put("dialogue", column(chosen, Utterance::dialogue));
        known.put("script", column(chosen, Utterance::script));
        known.put("corpus", column(chosen, ColumnGroups::corpus));
        return known;
    }

    /// The name before the slash that sets its ids apart.
    private static @Nullable String corpus(Utterance utterance) {
        String prefix = utterance.origin().corpus();
        return prefix == null ? null : prefix.replaceAll("/$", "");
    }

    private static @Nullable String sexOfSpeaker(CorpusSet corpora, Utterance utterance) {
        Sex sex = utterance.speaker() == null ? null : corpora.sexes().get(utterance.speaker());
        return sex == null ? null : sex.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> column(List<Utterance> chosen, Function<Utterance, @Nullable String> valueOf) {
        Map<String, String> values = new HashMap<>();
        for (Utterance utterance : chosen) {
            String value = valueOf.apply(utterance);
            if (value != null && !value.isBlank()) {
                values.put(utterance.id(), value);
            }
        }
        return values;
    }

    /// Scores the decisions, column by column; utterances without a label or a value are left out.
    ///
    /// @param notes receives what is left out, one line each
    List<GroupComparison> compare(Decisions decisions, List<String> notes) {
        List<GroupComparison> all = new ArrayList<>();
        for (String column : columns) {
            Map<String, String> of = values.getOrDefault(column, Map.of());
            Decisions those = decisions.only(of.keySet());
            if (those.size() == 0) {
                throw new BadInputException("‹groups›: column \"" + column
                        + "\" is empty for all utterances that were scored; fill it, or leave it out");
            }
            int without = decisions.size() - those.size();
            if (without > 0) {
                notes.add("groups by " + column + ": "
                        + Count.of(
                                without,
                                "utterance has no value and is left out",
                                "utterances have no value and are left out"));
            }
            if (!those.speakersAreKnown()) {
                notes.add("groups by " + column
                        + ": the speaker of some utterances is not known, so each utterance counts" + " as a speaker");
            }
            all.add(GroupComparison.of(
                    column,
                    those.truth(),
                    those.predicted(),
                    those.classes(),
                    those.ids().stream().map(id -> of.getOrDefault(id, "")).toList(),
                    those.clusters(),
                    SEED));
        }
        return GroupComparison.adjusted(all);
    }
}
