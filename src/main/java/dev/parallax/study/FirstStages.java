package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.train.TrainingSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The first stages of a study on dialogues of recordings: one for each fold and seed, trained when the first cell
/// needs it and shared by all of them, so that strategies are compared on the same vectors.
final class FirstStages {

    private final StudyPlan plan;
    private final StudyRun.Training training;
    private final Path folder;
    private final Map<String, FutureTask<List<Utterance>>> made = new ConcurrentHashMap<>();

    /// @param folder of the study; its stages are kept in `first`
    FirstStages(StudyPlan plan, StudyRun.Training training, Path folder) {
        this.plan = plan;
        this.training = training;
        this.folder = folder.resolve("first");
    }

    /// The setup with the vectors that its first stage makes; the setup itself where it has none.
    TrainingSetup prepared(TrainingSetup setup, Cell cell) {
        if (plan.base().first() == null) {
            return setup;
        }
        String name = "fold" + cell.fold() + ".seed" + cell.seed();
        Path file = folder.resolve(name + ".safetensors");
        FutureTask<List<Utterance>> task =
                made.computeIfAbsent(name, _ -> new FutureTask<>(() -> training.vectors(setup, file)));
        task.run(); // in the thread that comes first; the others wait for its result
        try {
            return setup.withVectors(task.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a study; run it again to go on", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BadInputException bad) {
                throw bad;
            }
            throw new IllegalStateException("a first stage failed: " + e.getCause(), e.getCause());
        }
    }
}
