package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model that reads text alone opens no recording, so it needs none.
class TextAloneTest {

    private static final String RUN = "run";

    @TempDir
    static Path folder;

    private static Path manifest;
    private static Outcome trained;

    @BeforeAll
    static void train_withoutRecordings() throws IOException {
        manifest = Outcome.synthesized(folder.resolve("corpus"), 40);
        for (Csv.Row row : Csv.read(manifest).rows()) {
            Files.delete(folder.resolve("corpus").resolve(row.get("audio")));
        }
        trained = command("train", "--modalities", "text", "--set", "training.epochs=1", "--out", path(RUN));
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Outcome command(String name, String... more) {
        List<String> args = new ArrayList<>(List.of(name, "--corpus", "manifest:" + manifest, "--json"));
        args.addAll(List.of("--cache", path("cache")));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private static void assertSilent(Outcome outcome) {
        assertEquals(0, outcome.code(), outcome.err());
        assertFalse(outcome.err().contains(".wav"), outcome.err());
        assertFalse(outcome.err().contains("recording"), outcome.err());
        assertFalse(Files.exists(folder.resolve("cache")));
    }

    @Test
    void train_recordingsMissing_knowsUtterancesByTheirWords() {
        assertSilent(trained);
        assertEquals(0, trained.json().object("excluded").integer("count"));
        assertEquals(
                "words",
                Json.parseObject(folder.resolve(RUN).resolve("run.json"))
                        .object("run")
                        .object("split")
                        .text("hashes"));
    }

    @Test
    void train_recordingsMissingButHeard_namesTheTexts() {
        List<String> args = List.of("train", "--corpus", "manifest:" + manifest, "--out", path("heard"));
        Outcome heard = Outcome.of(Stream.concat(args.stream(), Stream.of("--cache", path("other-cache")))
                .toArray(String[]::new));
        assertEquals(2, heard.code());
        assertTrue(
                heard.err()
                        .contains("40 recordings, none of which can be used; corpus verify tells why; to train on the"
                                + " texts without them, give --modalities text"),
                heard.err());
    }

    @Test
    void evaluate_recordingsMissing_scoresAsTrainingDid() {
        Outcome scored = command("evaluate", "--model", path(RUN));
        assertSilent(scored);
        assertEquals(trained.json().object("test"), scored.json().object("scores"));
        assertEquals(0, scored.json().object("excluded").integer("count"));
    }

    @Test
    void evaluate_recordingsMissing_stillFindsWhatWasLearned() {
        Outcome all = command("evaluate", "--model", path(RUN), "--split", "all");
        assertEquals(2, all.code());
        assertTrue(all.err().contains("was trained on or chosen by "), all.err());
    }

    /// A model of a former version knows utterances by their sounds.
    @Test
    void evaluate_modelOfSoundsThatAreMissing_takesThemByTheirNames() throws IOException {
        Path old = Files.createDirectories(folder.resolve("old"));
        Path model = old.resolve("best.safetensors");
        try (EmotionModel ofWords = EmotionModel.load(folder.resolve(RUN).resolve("best.safetensors"))) {
            RunRecord record = Objects.requireNonNull(ofWords.record());
            ofWords.with(RecordJson.with(record, "split", record.split().with("hashes", "sound")), ofWords.rules())
                    .save(model);
        }
        Outcome scored = command("evaluate", "--model", model.toString());
        assertSilent(scored);
        assertEquals(trained.json().object("test"), scored.json().object("scores"));
        Outcome all = command("evaluate", "--model", model.toString(), "--split", "all");
        assertTrue(all.err().contains("was trained on or chosen by "), all.err());
    }
}
