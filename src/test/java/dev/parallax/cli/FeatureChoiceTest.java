package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.JsonObject;
import dev.parallax.setup.ModelPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `train` on recordings without `--features`: two kinds are tried, the validation part chooses.
class FeatureChoiceTest {

    @TempDir
    static Path folder;

    private static Path manifest;
    private static Path run;
    private static Outcome trained;

    @BeforeAll
    static void makeAndTrain() {
        manifest = Outcome.synthesized(folder.resolve("corpus"), 40);
        run = folder.resolve("run");
        trained = train(run);
        assertEquals(0, trained.code(), trained.err());
    }

    private static Outcome train(Path out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--corpus",
                "manifest:" + manifest,
                "--labels",
                "joy,fear",
                "--modalities",
                "audio",
                "--as-recorded",
                "--out",
                out.toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--set",
                "training.epochs=2",
                "--json"));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private static byte[] best(Path out) throws IOException {
        return Files.readAllBytes(out.resolve(ModelPath.BEST));
    }

    @Test
    void train_withoutFeatures_saysWhatTheValidationPartChose() {
        JsonObject features = trained.json().object("features");
        assertEquals(
                Set.of("functionals", "speech"),
                features.object("validation").fields().keySet());
        String kept = features.text("kept");
        assertEquals(
                trained.json().object("validation").object("decision").number("unweightedAccuracy"),
                features.object("validation").number(kept));
        assertTrue(trained.err().contains("features: functionals for a linear network, since"), trained.err());
    }

    @Test
    void train_withoutFeatures_scoresTheTestPartWithTheKeptModelAlone() throws IOException {
        String kept = trained.json().object("features").text("kept");
        String passed = kept.equals("speech") ? "functionals" : "speech";
        assertArrayEquals(best(run.resolve(kept)), best(run));
        assertTrue(Files.exists(run.resolve("run.json")));
        assertFalse(Files.exists(run.resolve(passed).resolve("run.json")));
    }

    @Test
    void train_keptFeaturesNamed_isTheSameModel() throws IOException {
        Path alone = folder.resolve("alone");
        String kept = trained.json().object("features").text("kept");
        Outcome outcome = train(alone, "--features", kept);
        assertEquals(0, outcome.code(), outcome.err());
        assertFalse(outcome.json().has("features"));
        assertArrayEquals(best(run), best(alone));
    }

    @Test
    void train_interruptedBeforeTheSecond_resumesToTheSameModel() throws IOException {
        Path out = folder.resolve("resumed");
        Path first = Files.createDirectories(out.resolve("functionals"));
        Files.copy(run.resolve("functionals").resolve("last.safetensors"), first.resolve("last.safetensors"));
        Outcome resumed = train(out, "--resume");
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(trained.json().object("features"), resumed.json().object("features"));
        assertArrayEquals(best(run), best(out));
    }

    @Test
    void train_settingsOfFrames_trainsOneAndSaysWhy() {
        Path out = folder.resolve("frames");
        Outcome outcome = train(out, "--set", "network.audio.hidden=4", "--set", "network.audio.heads=1");
        assertEquals(0, outcome.code(), outcome.err());
        assertFalse(Files.exists(out.resolve("speech")));
        assertTrue(outcome.err().contains("as the options ask for settings of frames"), outcome.err());
    }

    @Test
    void train_nothingChooses_trainsTheExpectedOne() {
        Path out = folder.resolve("all");
        Outcome outcome = train(out, "--set", "training.chosenOn=nothing");
        assertEquals(0, outcome.code(), outcome.err());
        assertFalse(outcome.json().has("features"));
        assertFalse(Files.exists(out.resolve("functionals")));
    }
}
