package dev.parallax.robustness;

import dev.parallax.eval.ConditionScore;
import org.jspecify.annotations.Nullable;

/// What became of the scores under one condition.
///
/// @param name    of the condition
/// @param what    was done
/// @param isClean whether that is nothing: utterances as they are, for comparison
/// @param lost    utterances that the model answers as they are, and could not under the condition
/// @param score   of the others, null where there is none
public record ConditionRow(
        String name,
        String what,
        boolean isClean,
        int lost,
        @Nullable ConditionScore score) {

    /// How many utterances were scored.
    public int utterances() {
        return score == null ? 0 : score.utterances();
    }
}
