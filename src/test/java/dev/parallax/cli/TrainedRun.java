package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A corpus of 40 utterances, and a small model, trained on two of its emotions for one epoch: a fixture for tests of
/// commands.
///
/// @param folder  of all the files
/// @param trained the outcome of the training
record TrainedRun(Path folder, Outcome trained) {

    private static final List<String> SMALL = List.of(
            "training.epochs=1",
            "features.stack=4",
            "network.audio.hidden=4",
            "network.audio.heads=1",
            "network.embedding=4",
            "network.text.hidden=4",
            "network.text.heads=1");

    /// Makes the corpus in an empty folder, and trains.
    static TrainedRun in(Path folder) {
        Outcome.synthesized(folder.resolve("corpus"), 40);
        Outcome trained = train(folder, folder.resolve("run"));
        assertEquals(0, trained.code(), trained.err());
        return new TrainedRun(folder, trained);
    }

    private static Outcome train(Path folder, Path out, String... more) {
        List<String> args = new ArrayList<>(List.of("train", "--corpus", manifest(folder)));
        args.addAll(List.of("--labels", "joy,fear", "--out", out.toString(), "--cache", cache(folder), "--json"));
        SMALL.forEach(setting -> args.addAll(List.of("--set", setting)));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private static String manifest(Path folder) {
        return "manifest:" + folder.resolve("corpus").resolve("manifest.csv");
    }

    private static String cache(Path folder) {
        return folder.resolve("cache").toString();
    }

    /// Trains another model in the same way.
    Outcome train(Path out, String... more) {
        return train(folder, out, more);
    }

    /// Predicts with the model.
    Outcome predict(String... more) {
        List<String> args = new ArrayList<>(List.of("predict", "--model", run().toString()));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    /// Scores the model on a corpus, as `--corpus` takes it.
    Outcome evaluate(String corpus, String... more) {
        List<String> args = new ArrayList<>(List.of("evaluate", "--model", run().toString(), "--corpus", corpus));
        args.addAll(List.of("--cache", cache()));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    /// The folder of the corpus.
    Path corpus() {
        return folder.resolve("corpus");
    }

    /// The folder of the model.
    Path run() {
        return folder.resolve("run");
    }

    /// The corpus as `--corpus` takes it.
    String manifest() {
        return manifest(folder);
    }

    /// The folder of the features.
    String cache() {
        return cache(folder);
    }

    /// The corpus's first recording.
    String recording() {
        return corpus().resolve("wav").resolve("synthetic-00000.wav").toString();
    }
}
