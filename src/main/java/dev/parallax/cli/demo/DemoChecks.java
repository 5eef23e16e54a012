package dev.parallax.cli.demo;

import dev.parallax.corpus.synthetic.SyntheticCeilings;
import dev.parallax.fusion.View;
import dev.parallax.report.Check;
import dev.parallax.train.Scores;
import dev.parallax.train.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Checks scores from both sides of the ceilings: a model far below was not trained well; one above uses something
/// that it should not have.
final class DemoChecks {

    /// How far below its ceiling a model of one perspective may be.
    private static final double SHORTFALL = 0.05;

    /// How far above its ceiling a model may be by chance [standard errors].
    private static final double LUCK = 3;

    /// How far above both single ceilings a fused model must be [standard errors]: one chance in a hundred.
    private static final double SURE = 2.33;

    private DemoChecks() {}

    /// The checks of the four models.
    static List<Check> of(DemoModels models, SyntheticCeilings ceilings) {
        List<Check> checks = new ArrayList<>();
        checks.add(single(DemoModels.NAMES.get(0), models.audio(), View.AUDIO, ceilings.audio()));
        checks.add(single(DemoModels.NAMES.get(1), models.text(), View.TEXT, ceilings.text()));
        checks.add(fused(DemoModels.NAMES.get(2), models.single(), ceilings));
        checks.add(fused(DemoModels.NAMES.get(3), models.perspective(), ceilings));
        return checks;
    }

    private static Check single(String name, TrainingRun.Result result, View view, double ceiling) {
        Scores scores = Objects.requireNonNull(result.test().get(view));
        String why = name + ": at least its ceiling - " + SHORTFALL + ", at most its ceiling + 3 standard errors";
        return new Check(
                why, DemoModels.accuracy(scores), ceiling - SHORTFALL, ceiling + LUCK * error(ceiling, scores));
    }

    private static Check fused(String name, TrainingRun.Result result, SyntheticCeilings ceilings) {
        Scores scores = Objects.requireNonNull(result.test().get(View.FUSED));
        double alone = Math.max(ceilings.audio(), ceilings.text());
        String why = name + ": at least the ceiling of one perspective + " + SURE
                + " standard errors, at most its own ceiling + 3 standard errors";
        return new Check(
                why,
                DemoModels.accuracy(scores),
                alone + SURE * error(alone, scores),
                ceilings.fused() + LUCK * error(ceilings.fused(), scores));
    }

    private static double error(double accuracy, Scores scores) {
        return SyntheticCeilings.standardError(accuracy, DemoModels.size(scores));
    }

    /// A check as a line.
    static String line(Check check) {
        return String.format(
                Locale.ROOT,
                "%s %.3f in %.3f..%.3f  %s",
                check.passed() ? "ok    " : "FAILED",
                check.measured(),
                check.least(),
                check.most(),
                check.what());
    }
}
