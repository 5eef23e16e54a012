package dev.parallax.study;

import dev.parallax.eval.Probabilities;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The cells of a study put together: a strategy's answers over all folds, for each seed.
final class PooledCells {

    private final StudyDesign plan;
    private final Map<Cell, CellResult> results = new HashMap<>();

    PooledCells(StudyDesign plan, List<CellResult> all) {
        this.plan = plan;
        all.forEach(result -> results.put(result.cell(), result));
    }

    CellResult cell(String strategy, Loss loss, int fold, int seed) {
        CellResult result = results.get(new Cell(strategy, loss, fold, seed));
        if (result == null) {
            throw new IllegalStateException("no result of " + strategy + ", fold " + fold + ", seed " + seed);
        }
        return result;
    }

    int parameters(String strategy, Loss loss) {
        return cell(strategy, loss, 0, 0).parameters();
    }

    /// The decisions of a trained strategy.
    ///
    /// @param calibrated whether the logits are divided by the fitted temperature
    PooledAnswers decisions(String strategy, Loss loss, boolean calibrated) {
        PooledAnswers pooled = pooled(strategy, loss, View.DECISION, calibrated, CellResult::test);
        if (pooled == null) {
            throw new IllegalStateException(strategy + " decided nothing");
        }
        return pooled;
    }

    /// The decisions of a trained strategy, as probabilities that were calibrated.
    PooledAnswers decisions(String strategy, Loss loss) {
        return decisions(strategy, loss, true);
    }

    /// The decisions of a trained strategy on the validation parts, one fold after the other.
    PooledAnswers validation(String strategy, Loss loss) {
        return Objects.requireNonNull(pooled(strategy, loss, View.DECISION, true, CellResult::validation));
    }

    /// What the perspective of one modality says under a loss that trains it, or null where some utterance
    /// lacks it.
    @Nullable
    PooledAnswers perspective(String strategy, Loss loss, Modality modality) {
        return pooled(strategy, loss, modality.view(), true, CellResult::test);
    }

    private @Nullable PooledAnswers pooled(
            String strategy, Loss loss, View view, boolean calibrated, Function<CellResult, LabelledLogits> part) {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                CellResult result = cell(strategy, loss, fold, seed);
                LabelledLogits logits = part.apply(result);
                double divisor = calibrated ? result.temperature(view) : 1;
                for (int i = 0; i < logits.ids().size(); i++) {
                    double[] row = logits.of(view, i);
                    if (row == null) {
                        return null;
                    }
                    double[][] one = {row};
                    builder.add(logits.ids().get(i), logits.truth(i), Probabilities.softmax(one, divisor)[0]);
                }
                builder.endFold();
            }
            builder.endSeed();
        }
        return builder.build();
    }
}
