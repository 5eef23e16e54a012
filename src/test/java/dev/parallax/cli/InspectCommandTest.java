package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelFile;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.answer.AnswerRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `inspect` says of a model, and what `predict --json` says of the model that it asked.
class InspectCommandTest {

    @TempDir
    static Path folder;

    private static TrainedRun made;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
    }

    private static Path file() {
        return made.run().resolve("best.safetensors");
    }

    @Test
    void inspect_run_saysWhatTheRecordHolds() {
        JsonObject json = Outcome.of("inspect", made.run().toString(), "--json").json();
        assertEquals(List.of("joy", "fear"), json.array("labels").texts());
        assertEquals(SafeFiles.sha256(file()), json.object("file").text("sha256"));
        EmotionModel model = EmotionModel.load(file());
        assertEquals(model.size(), json.object("weights").whole("values"));
        JsonObject run = json.object("run");
        JsonObject parts = run.object("split").object("parts");
        assertEquals(Objects.requireNonNull(model.record()).dataHash(), run.text("dataHash"));
        assertTrue(parts.integer("train") > parts.integer("val") && parts.integer("val") > 0, parts.toText());
        assertTrue(!run.object("split").has("train"), "ids are left out");
        List<String> warnings = json.array("warnings").texts();
        assertEquals(
                "it was trained on speech that no person spoke: manifest: made by rules, not spoken",
                warnings.getFirst());
        assertTrue(warnings.contains("no answer of audio is ever called sure"), warnings.toString());
    }

    @Test
    void inspect_run_isAPage() {
        Outcome outcome = Outcome.of("inspect", made.run().toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("perspective loss, alpha 1.0, beta 1.0"), outcome.out());
        assertTrue(outcome.out().contains("started from new weights"), outcome.out());
    }

    @Test
    void inspect_starter_isAPageOfTwoScreens() {
        Outcome outcome = Outcome.of("inspect", "starter");
        assertEquals(0, outcome.code(), outcome.err());
        for (String words : List.of(
                "anger, happiness, neutral, sadness",
                "emodb, licence: CC0",
                "goemotions, licence: Apache-2.0",
                "text.gru",
                "0.830", // temperature of the audio
                "prior_text",
                "test audio",
                "11927 words")) {
            assertTrue(outcome.out().contains(words), words + " in " + outcome.out());
        }
        assertTrue(outcome.out().lines().count() < 80, outcome.out());
        assertTrue(outcome.err().contains("demonstration"), outcome.err());
    }

    @Test
    void inspect_withoutRecord_saysSo() {
        EmotionModel model = EmotionModel.load(file());
        JsonObject document = Json.parseObject(
                Objects.requireNonNull(SafeTensors.read(file()).metadata().get("parallax")), "document");
        SafeTensors stored = SafeTensors.read(file());
        SafeTensors.Builder bare = new SafeTensors.Builder()
                .metadata("parallax", document.with("run", new Json.Null()).toText());
        for (String name : stored.names()) {
            switch (stored.dtype(name)) {
                case "F32" -> bare.floats(name, stored.shape(name), stored.floats(name));
                case "I32" -> bare.ints(name, stored.shape(name), stored.ints(name));
                default -> bare.bytes(name, stored.shape(name), stored.bytes(name));
            }
        }
        Path other = folder.resolve("bare.safetensors");
        bare.write(other);
        Outcome outcome = Outcome.of("inspect", other.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("it has no record of a training"), outcome.err());
        assertTrue(outcome.out().contains("none: the file does not say how it was trained"), outcome.out());
        assertEquals(
                model.size(),
                Outcome.of("inspect", other.toString(), "--json")
                        .json()
                        .object("weights")
                        .whole("values"));
    }

    @Test
    void hashes_ofOtherRules_differInTheFileAlone() {
        EmotionModel model = EmotionModel.load(file());
        SafeTensors same = SafeTensors.parse(ModelFile.builder(model).toBytes(), "same");
        assertEquals(ModelHashes.of(SafeTensors.read(file())), ModelHashes.of(same));
        EmotionModel other = model.with(Objects.requireNonNull(model.record()), AnswerRules.PLAIN);
        ModelHashes changed =
                ModelHashes.of(SafeTensors.parse(ModelFile.builder(other).toBytes(), "other"));
        assertEquals(ModelHashes.of(same).weights(), changed.weights());
        assertNotEquals(ModelHashes.of(same).file(), changed.file());
    }

    @Test
    void predict_json_hasTheHashesThatInspectPrints() {
        JsonObject json = made.predict("--text", "What a day.", "--json").json();
        JsonObject inspected =
                Outcome.of("inspect", made.run().toString(), "--json").json();
        assertEquals(inspected.object("weights").text("sha256"), json.text("weightsHash"));
        assertEquals(inspected.object("file").text("sha256"), json.text("modelHash"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nowhere.safetensors | no such file", "pom.xml | safetensors", "src | best.safetensors"})
    void inspect_whatIsNoModel_isOneLine(String model, String says) throws IOException {
        assertTrue(Files.exists(Path.of("pom.xml")));
        Outcome outcome = Outcome.of("inspect", model);
        assertEquals(2, outcome.code());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(says), outcome.err());
    }
}
