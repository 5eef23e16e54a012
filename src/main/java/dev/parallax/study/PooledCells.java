package dev.parallax.study;

import dev.parallax.eval.Probabilities;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        PooledAnswers pooled = pooled(strategy, loss, View.DECISION, calibrated);
        if (pooled == null) {
            throw new IllegalStateException(strategy + " decided nothing");
        }
        return pooled;
    }

    /// The decisions of a trained strategy, as probabilities that were calibrated.
    PooledAnswers decisions(String strategy, Loss loss) {
        return decisions(strategy, loss, true);
    }

    /// What the perspective of one modality says under a loss that trains it, or null where some utterance lacks it.
    @Nullable
    PooledAnswers perspective(String strategy, Loss loss, Modality modality) {
        return pooled(strategy, loss, modality.view(), true);
    }

    private @Nullable PooledAnswers pooled(String strategy, Loss loss, View view, boolean calibrated) {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                CellResult result = cell(strategy, loss, fold, seed);
                LabelledLogits test = result.test();
                double divisor = calibrated ? result.temperature(view) : 1;
                for (int i = 0; i < test.ids().size(); i++) {
                    double[] row = test.of(view, i);
                    if (row == null) {
                        return null;
                    }
                    double[][] one = {row};
                    builder.add(test.ids().get(i), test.truth(i), Probabilities.softmax(one, divisor)[0]);
                }
            }
            builder.endSeed();
        }
        return builder.build();
    }
}
