package dev.parallax.cli.train;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.ModelPath;
import dev.parallax.cli.setup.TrainPlan;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.train.ModelChoice;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The run that `train` keeps: the only one, or of two the one that the validation part chooses. The test part is
/// scored with the kept one alone.
///
/// @param choice null where there was one run
public record ChosenRun(
        TrainPlan plan, TrainingRun.Result result, @Nullable Choice choice) {

    private static final String RECORD = "run.json";

    /// Which of two runs was kept, and why.
    ///
    /// @param kept     its features
    /// @param passed   those of the other
    /// @param compared both on the validation part, null where it could not compare them
    public record Choice(
            String kept, String passed, @Nullable ModelChoice compared) {

        /// For people.
        public String line() {
            if (compared == null) {
                return kept + " kept, as expected, since there is no utterance of a validation part that both could"
                        + " answer";
            }
            String why = compared.overruled()
                    ? "which is more than chance explains"
                    : compared.passed() > compared.kept() ? "which chance may explain" : "as expected";
            return String.format(
                    Locale.ROOT,
                    "%s kept: UA %.3f on the validation part, %s %.3f, %s (p %.2g)",
                    kept,
                    compared.kept(),
                    passed,
                    compared.passed(),
                    why,
                    compared.comparison().p());
        }

        /// `{kept, validation: {features: unweighted accuracy}, p}`.
        public JsonObject toJson() {
            JsonObject json = Json.object().with("kept", kept);
            return compared == null
                    ? json
                    : json.with(
                                    "validation",
                                    Json.object().with(kept, compared.kept()).with(passed, compared.passed()))
                            .with("p", compared.comparison().p());
        }
    }

    /// Trains what was planned. Each of two runs has a folder in `out`, where it can be resumed; `out` itself gets
    /// what the kept one has.
    ///
    /// @param plans one, or two of the same split, the one that is expected to be better first
    static ChosenRun of(
            List<TrainPlan> plans, Path out, boolean resume, Backend backend, Workers workers, Console console) {
        TrainPlan expected = plans.getFirst();
        if (plans.size() == 1) {
            TrainProgress progress = progress(expected, "", console);
            return new ChosenRun(expected, expected.run(backend, workers).run(out, resume, progress), null);
        }
        TrainPlan other = plans.getLast();
        TrainingRun.Trained first = train(expected, out, resume, backend, workers, console);
        TrainingRun.Trained second = train(other, out, resume, backend, workers, console);
        ModelChoice compared = ModelChoice.of(
                first.validation(),
                second.validation(),
                expected.corpora().labels().size(),
                expected.setup().training().seed());
        boolean overruled = compared != null && compared.overruled();
        TrainPlan kept = overruled ? other : expected;
        TrainPlan passed = overruled ? expected : other;
        TrainingRun.Result result = (overruled ? second : first).tested();
        copy(out.resolve(kept.name()), out);
        return new ChosenRun(kept, result, new Choice(kept.name(), passed.name(), compared));
    }

    /// Copies what a run has, its record last: while that is not there, the files may be of different runs.
    public static void copy(Path run, Path out) {
        try {
            Files.deleteIfExists(out.resolve(RECORD));
            for (String file : List.of(ModelPath.BEST, "last.safetensors", "metrics.csv", RECORD)) {
                Path from = run.resolve(file);
                if (Files.exists(from)) {
                    SafeFiles.write(out.resolve(file), SafeFiles.read(from));
                } else {
                    Files.deleteIfExists(out.resolve(file));
                }
            }
        } catch (IOException e) {
            throw new BadInputException(out + ": cannot be written (" + e.getMessage() + "); check disk and rights", e);
        }
    }

    private static TrainingRun.Trained train(
            TrainPlan plan, Path out, boolean resume, Backend backend, Workers workers, Console console) {
        return plan.run(backend, workers)
                .train(out.resolve(plan.name()), resume, progress(plan, plan.name() + ": ", console));
    }

    private static TrainProgress progress(TrainPlan plan, String name, Console console) {
        return new TrainProgress(console, name, plan.setup().training().epochs(), true);
    }
}
