package dev.parallax.corpus.statistics;

import dev.parallax.data.Utterance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How often each emotion occurs in each group, such as with each speaker.
///
/// @param emotions the columns; [#NONE] last where some utterances have none
/// @param rows     group to emotion to number, groups mostly in alphabetical order; what does not occur is not there
public record CrossTable(List<String> emotions, Map<String, Map<String, Integer>> rows) {

    /// The column of utterances without an emotion.
    public static final String NONE = "(none)";

    /// Counts utterances.
    ///
    /// @param emotions in the order of the classes
    /// @param groupOf  an utterance, or null where it is in none and not counted
    static CrossTable of(
            List<Utterance> utterances, List<String> emotions, Function<Utterance, @Nullable String> groupOf) {
        Map<String, Map<String, Integer>> rows = new TreeMap<>();
        Map<String, Integer> columns = new LinkedHashMap<>();
        emotions.forEach(emotion -> columns.put(emotion, 0));
        for (Utterance utterance : utterances) {
            String group = groupOf.apply(utterance);
            String emotion = utterance.emotion() == null ? NONE : utterance.emotion();
            columns.merge(emotion, 1, Integer::sum);
            if (group != null) {
                rows.computeIfAbsent(group, _ -> new TreeMap<>()).merge(emotion, 1, Integer::sum);
            }
        }
        return new CrossTable(List.copyOf(columns.keySet()), rows);
    }

    /// The same with these groups first, in this order, where they occur.
    CrossTable startingWith(List<String> groups) {
        Map<String, Map<String, Integer>> ordered = new LinkedHashMap<>();
        groups.forEach(group -> ordered.computeIfAbsent(group, rows::get));
        rows.forEach(ordered::putIfAbsent);
        return new CrossTable(emotions, ordered);
    }

    /// Whether there is no group.
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// How often an emotion occurs in a group.
    public int count(String group, String emotion) {
        return rows.getOrDefault(group, Map.of()).getOrDefault(emotion, 0);
    }

    /// Utterances of each group, in the order of the rows.
    public Map<String, Integer> totals() {
        Map<String, Integer> totals = new LinkedHashMap<>();
        rows.forEach((group, counts) -> totals.put(
                group, counts.values().stream().mapToInt(Integer::intValue).sum()));
        return totals;
    }
}
