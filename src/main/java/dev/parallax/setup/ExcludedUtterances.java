package dev.parallax.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many utterances of a corpus are neither trained on nor scored, by reason.
///
/// @param opened  number of utterances in the corpus
/// @param reasons why some take no part, and how many, each counted once
public record ExcludedUtterances(int opened, Map<String, Integer> reasons) {

    public ExcludedUtterances {
        reasons = new LinkedHashMap<>(reasons);
    }

    /// A corpus of which all take part.
    static ExcludedUtterances of(int opened) {
        return new ExcludedUtterances(opened, Map.of());
    }

    /// These and some more.
    ///
    /// @param count how many, 0 for none
    ExcludedUtterances with(String reason, int count) {
        if (count == 0) {
            return this;
        }
        Map<String, Integer> more = new LinkedHashMap<>(reasons);
        more.merge(reason, count, Integer::sum);
        return new ExcludedUtterances(opened, more);
    }

    /// How many utterances take no part.
    int count() {
        return reasons.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// One sentence for reports.
    public String describe() {
        List<String> parts = new ArrayList<>();
        reasons.forEach((reason, count) -> parts.add(count + " " + reason));
        String why = parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
        return String.format(
                Locale.ROOT,
                "Utterances excluded: %d of %d, %.1f %%%s.",
                count(),
                opened,
                100.0 * count() / Math.max(1, opened),
                why);
    }
}
