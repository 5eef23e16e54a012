package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.DialogueFolder;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Augmentation from the command line: the lines about it, and refusals.
class AugmentationCommandsTest {

    @TempDir
    Path folder;

    private Outcome train(List<String> settings, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--out",
                folder.resolve("run").toString(),
                "--set",
                "training.epochs=1",
                "--set",
                "network.audio.hidden=4",
                "--set",
                "network.audio.heads=1"));
        for (String setting : settings) {
            args.addAll(List.of("--set", "augmentation." + setting));
        }
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private void assertRefused(String message, Outcome outcome) {
        assertEquals(2, outcome.code(), outcome.err());
        String last = outcome.err().strip().lines().toList().getLast();
        assertTrue(last.contains("augmentation: " + message), outcome.err());
    }

    @Test
    void train_copiesAndMasks_isSaidAndRecorded() {
        Outcome outcome = train(
                List.of("copies=2", "noise.probability=0.5", "specAugment.probability=1"),
                "--corpus",
                "synthetic:3",
                "--size",
                "40");
        assertEquals(0, outcome.code(), outcome.err());
        String said = outcome.err();
        assertTrue(
                said.contains(
                        "\naugmentation: 20 recordings, each with 2 varied copies, masks drawn anew in each epoch\n"),
                said);
        Json record = Json.parseObject(folder.resolve("run").resolve("run.json"))
                .object("run")
                .object("training")
                .object("augmentation")
                .get("copies");
        assertEquals(new Json.Whole(2), record);
    }

    /// Recordings at 8 kHz have the bandwidth of a telephone: that default is left out, not refused.
    @Test
    void train_featuresThatEndLow_defaultsLeaveTheTelephoneOut() {
        Path manifest = Outcome.synthesized(folder.resolve("corpus"), 40);
        List<String> low = List.of(
                "--corpus",
                "manifest:" + manifest,
                "--cache",
                folder.resolve("cache").toString(),
                "--set",
                "features.sampleRate=8000",
                "--set",
                "features.mel.fMax=4000");
        Outcome outcome = train(List.of(), low.toArray(new String[0]));
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(
                1,
                outcome.err()
                        .lines()
                        .filter(line -> line.contains(
                                "no copy is limited as by a telephone, since these features end" + " at 4000 Hz"))
                        .count(),
                outcome.err());
        Json augmentation = Json.parseObject(folder.resolve("run").resolve("run.json"))
                .object("run")
                .object("training")
                .object("augmentation");
        AugmentationSettings settings = AugmentationSettings.fromJson((JsonObject) augmentation);
        assertEquals(0, settings.steps().bandLimit().probability());
        assertEquals(
                AugmentationSettings.ROOMS_AND_MASKS.steps().room(),
                settings.steps().room());
    }

    @Test
    void train_nothingHears_isRefused() {
        List<String> noise = List.of("copies=1", "noise.probability=0.5");
        assertRefused(
                "it varies recordings, and this model reads text alone",
                train(noise, "--corpus", "synthetic:3", "--size", "40", "--modalities", "text"));
        String vectors = "features:" + DialogueFolder.write(folder.resolve("corpus"), 30, 6, 12);
        assertRefused(
                "it varies recordings, and this corpus has vectors",
                train(noise, "--corpus", vectors, "--level", "dialogue"));
    }

    @Test
    void train_masksOnOneRow_isRefused() {
        assertRefused(
                "specAugment masks stretches of time and bands, and these features are one row",
                train(
                        List.of("specAugment.probability=0.5"),
                        "--corpus",
                        "synthetic:3",
                        "--size",
                        "40",
                        "--features",
                        "functionals"));
    }
}
