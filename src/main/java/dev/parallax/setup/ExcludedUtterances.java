package dev.parallax.setup;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
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
    public int count() {
        return reasons.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// For a page: the sentence, with the ids of those whose recordings cannot be read; nothing where all take part.
    public List<String> lines(List<String> unread) {
        if (count() == 0) {
            return List.of();
        }
        return List.of(describe() + (unread.isEmpty() ? "" : " Not read: " + String.join(", ", unread) + "."));
    }

    /// For scripts: `{utterances, count, reasons, unread}`.
    ///
    /// @param unread ids of those whose recordings cannot be read
    public JsonObject toJson(List<String> unread) {
        JsonObject each = Json.object();
        for (Map.Entry<String, Integer> reason : reasons.entrySet()) {
            each = each.with(reason.getKey(), reason.getValue());
        }
        return Json.object()
                .with("utterances", opened)
                .with("count", count())
                .with("reasons", each)
                .with("unread", unread);
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
