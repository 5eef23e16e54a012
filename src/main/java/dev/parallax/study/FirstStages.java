package dev.parallax.study;

import dev.parallax.data.Utterance;
import dev.parallax.train.TrainingSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The first stages of a study on dialogues of recordings: models of single utterances that make vectors for the
/// models of dialogues. There is one for each fold and seed, trained when the first cell needs it. All cells share
/// it, so that strategies are compared on the same vectors.
final class FirstStages {

    private final StudyDesign plan;
    private final StudyRun.Training training;
    private final Path folder;
    private final Map<String, Lazy<List<Utterance>>> made = new ConcurrentHashMap<>();

    /// @param folder of the study; its stages are kept in `first`
    FirstStages(StudyDesign plan, StudyRun.Training training, Path folder) {
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
        return setup.withVectors(made.computeIfAbsent(name, _ -> new Lazy<>(() -> training.vectors(setup, file)))
                .get());
    }
}
