package dev.parallax.study;

import dev.parallax.eval.Probabilities;
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

    /// Logits of one kind, from the labelled logits of a part.
    private interface Logits {
        double @Nullable [] of(LabelledLogits said, int i);
    }

    CellResult cell(String strategy, boolean perspectives, int fold, int seed) {
        CellResult result = results.get(new Cell(strategy, perspectives, fold, seed));
        if (result == null) {
            throw new IllegalStateException("no result of " + strategy + ", fold " + fold + ", seed " + seed);
        }
        return result;
    }

    int parameters(String strategy, boolean perspectives) {
        return cell(strategy, perspectives, 0, 0).parameters();
    }

    /// The decisions of a trained strategy.
    ///
    /// @param calibrated whether the logits are divided by the fitted temperature
    PooledAnswers decisions(String strategy, boolean perspectives, boolean calibrated) {
        PooledAnswers pooled =
                pooled(strategy, perspectives, LabelledLogits::decision, CellResult::temperature, calibrated);
        if (pooled == null) {
            throw new IllegalStateException(strategy + " decided nothing");
        }
        return pooled;
    }

    /// The decisions of a trained strategy, as probabilities that were calibrated.
    PooledAnswers decisions(String strategy, boolean perspectives) {
        return decisions(strategy, perspectives, true);
    }

    /// The answers of its audio perspective, or null where some utterance has none.
    @Nullable
    PooledAnswers audio(String strategy) {
        return pooled(
                strategy,
                true,
                LabelledLogits::audio,
                result -> result.temperatures().audio(),
                true);
    }

    /// The answers of its text perspective, or null where some utterance has none.
    @Nullable
    PooledAnswers text(String strategy) {
        return pooled(
                strategy,
                true,
                LabelledLogits::text,
                result -> result.temperatures().text(),
                true);
    }

    private interface Temperature {
        double of(CellResult result);
    }

    private @Nullable PooledAnswers pooled(
            String strategy, boolean perspectives, Logits logits, Temperature temperature, boolean calibrated) {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                CellResult result = cell(strategy, perspectives, fold, seed);
                LabelledLogits test = result.test();
                double divisor = calibrated ? temperature.of(result) : 1;
                for (int i = 0; i < test.ids().size(); i++) {
                    double[] row = logits.of(test, i);
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
