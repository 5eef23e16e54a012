package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TinyEncoders;
import dev.parallax.io.JsonObject;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.checkpoint.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands with pretrained encoders: from folders to a model, to scores and answers.
class EncoderCommandsTest {

    private static final List<String> SMALL = List.of(
            "--set",
            "training.epochs=1",
            "--set",
            "network.audio.projection=8",
            "--set",
            "network.text.projection=8",
            "--threads",
            "2");

    private static final String HUBERT = "hubert, layers 0 to 3 of width 32, frozen, licence cc-by-nc-4.0";
    private static final String NO_COMMERCE = "the encoder hubert: its licence, cc-by-nc-4.0, forbids commercial use";

    @TempDir
    static Path folder;

    private static Path bert;
    private static Path hubert;
    private static Path manifest;
    private static Outcome trained;

    @BeforeAll
    static void train() throws IOException {
        bert = TinyEncoders.bert(folder.resolve("bert"));
        hubert = TinyEncoders.copy("hubert-base", folder.resolve("hubert"));
        Files.writeString(hubert.resolve("README.md"), "---\nlicense: cc-by-nc-4.0\n---\n");
        manifest = Outcome.synthesized(folder.resolve("corpus"), 48);
        trained = train("run", "--audio-encoder", hubert.toString(), "--text-encoder", bert.toString());
        assertEquals(0, trained.code(), trained.err());
    }

    private static Outcome train(String out, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "train",
                "--corpus",
                "manifest:" + manifest,
                "--out",
                folder.resolve(out).toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--json"));
        all.addAll(SMALL);
        all.addAll(List.of(more));
        return Outcome.of(all.toArray(new String[0]));
    }

    private static String run(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void train_encoders_areInTheResultAndOnThePage() throws IOException {
        List<JsonObject> encoders = trained.json().array("encoders").objects();
        assertEquals(
                List.of("hubert", "bert"),
                encoders.stream().map(each -> each.text("name")).toList());
        assertEquals(4, encoders.getFirst().array("shares").numbers().length);
        String page = Files.readString(folder.resolve("run").resolve("report.html"));
        assertTrue(page.contains("text encoder"), page);
        assertTrue(page.contains("bert, layers 0 to 3 of width 32, frozen, licence not named in its folder"), page);
        assertTrue(page.contains(HUBERT), page);
        assertTrue(trained.err().contains("the encoder bert: no file of its folder names a licence"), trained.err());
        assertTrue(trained.err().contains(NO_COMMERCE), trained.err());
    }

    /// Whoever gets the model gets what its encoders' folders said of their licences.
    @Test
    void cardAndInspect_nameEncodersTheirLicencesAndWarn() throws IOException {
        Outcome card = Outcome.of("card", run("run"), "--out", run("card"));
        assertEquals(0, card.code(), card.err());
        String text = Files.readString(folder.resolve("card").resolve("README.md"));
        assertTrue(text.contains("> **Note:** " + NO_COMMERCE), text);
        assertTrue(text.contains("the audio with a pretrained encoder, which is not in the file: " + HUBERT), text);
        Outcome inspect = Outcome.of("inspect", run("run"));
        assertTrue(inspect.out().contains("encoder      of audio: " + HUBERT), inspect.out());
        assertTrue(inspect.err().contains(NO_COMMERCE), inspect.err());
    }

    @Test
    void pages_ofAnswersAndScores_nameTheEncoders() throws IOException {
        Path talk =
                Files.writeString(folder.resolve("talk.srt"), "1\n00:00:00,000 --> 00:00:01,000\nso glad you came\n");
        List<List<String>> commands = List.of(
                List.of("evaluate", "--corpus", "manifest:" + manifest, "--cache", run("cache")),
                List.of("audit", "--text", "so glad"),
                List.of("predict", "--transcript", talk.toString()));
        for (List<String> command : commands) {
            String out = run("page-" + command.getFirst());
            List<String> all = new ArrayList<>(command);
            all.addAll(List.of("--model", run("run"), "--out", out));
            Outcome outcome = Outcome.of(all.toArray(new String[0]));
            assertEquals(0, outcome.code(), outcome.err());
            String page = Files.readString(Path.of(out, "report.html"));
            assertTrue(page.contains(HUBERT), command.getFirst());
        }
    }

    @Test
    void predict_textAloneAndManifest_readWithTheEncoders() {
        Outcome words = Outcome.of("predict", "--model", run("run"), "--text", "so glad you came", "--json");
        assertEquals(0, words.code(), words.err());
        assertTrue(words.json().has("text"), words.out());
        Outcome all = Outcome.of("predict", "--model", run("run"), "--manifest", manifest.toString());
        assertEquals(0, all.code(), all.err());
        assertEquals(48, all.out().lines().count());
    }

    /// What is given and not read is said, and no answer is given in its place.
    @Test
    void predict_encoderOfAModelThatReadsWithNone_isRefused() {
        Outcome starter = Outcome.of("predict", "--text", "so glad", "--text-encoder", bert.toString());
        assertEquals(2, starter.code(), starter.out());
        assertTrue(
                starter.err()
                        .contains("--text-encoder " + bert
                                + ": the model starter reads no text with a pretrained encoder; leave it out"),
                starter.err());
        Outcome other = train("words", "--text-encoder", bert.toString(), "--modalities", "text");
        assertEquals(0, other.code(), other.err());
        Outcome heard = Outcome.of(
                "predict", "--model", run("words"), "--text", "so glad", "--audio-encoder", hubert.toString());
        assertEquals(2, heard.code(), heard.out());
        assertTrue(heard.err().contains("reads no audio with a pretrained encoder"), heard.err());
    }

    @Test
    void evaluate_testPart_isWhatTrainingScored() {
        Outcome scored = Outcome.of(
                "evaluate",
                "--model",
                run("run"),
                "--corpus",
                "manifest:" + manifest,
                "--cache",
                run("cache"),
                "--json");
        assertEquals(0, scored.code(), scored.err());
        assertEquals(
                trained.json().object("test").toText(),
                scored.json().object("scores").toText());
    }

    /// A run that goes on is as one that never stopped.
    @Test
    void train_resumed_isTheSameModel() throws IOException {
        Outcome two = train("two", "--text-encoder", bert.toString(), "--set", "training.epochs=2");
        assertEquals(0, two.code(), two.err());
        Outcome again = train("two", "--text-encoder", bert.toString(), "--set", "training.epochs=2", "--resume");
        assertEquals(0, again.code(), again.err());
        assertEquals(
                two.json().object("test").toText(), again.json().object("test").toText());
    }

    @Test
    void commands_nameThatNoEncoderHas_isLookedForInTheCache() {
        Outcome predict =
                Outcome.of("predict", "--model", run("run"), "--text", "so glad", "--text-encoder", "no-such-encoder");
        assertTrue(predict.err().contains("no-such-encoder: no such folder, and none of that name in "), predict.err());
        Outcome features =
                Outcome.of("features", "--encoder", "no-such-encoder", "--text", "a", "--out", run("none") + ".npy");
        assertTrue(
                features.err().contains("no-such-encoder: no such folder, and none of that name in "), features.err());
    }

    /// With its encoders in the folder of the run, a model needs nothing else.
    @Test
    void train_carried_modelAnswersWithoutTheFolders() throws IOException {
        Path small = folder.resolve("small");
        Outcome halved = Outcome.of("encoder", "bf16", bert.toString(), "--out", small.toString());
        assertEquals(0, halved.code(), halved.err());
        try (Checkpoint checkpoint = Checkpoint.open(small)) {
            assertEquals(ElementType.BF16, checkpoint.type(checkpoint.names().getFirst()));
        }
        Outcome carried = train("carried", "--text-encoder", small.toString(), "--carry-encoders");
        assertEquals(0, carried.code(), carried.err());
        delete(small);
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(folder.resolve("carried"), elsewhere);
        Outcome answer = Outcome.of("predict", "--model", elsewhere.toString(), "--text", "so glad", "--json");
        assertEquals(0, answer.code(), answer.err());
        delete(elsewhere.resolve("text-encoder"));
        Outcome absent = Outcome.of("predict", "--model", elsewhere.toString(), "--text", "so glad");
        assertEquals(2, absent.code());
        assertTrue(
                absent.err().contains("which is not on this machine; give its folder: --text-encoder DIR"),
                absent.err());
        Outcome other = Outcome.of(
                "predict", "--model", elsewhere.toString(), "--text", "so glad", "--text-encoder", bert.toString());
        assertTrue(other.err().contains("not the encoder of this model"), other.err());
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> inside = Files.walk(path)) {
            for (Path each : inside.toList().reversed()) {
                Files.delete(each);
            }
        }
    }

    /// The command that trains a cell again names the encoders that its model reads with.
    @Test
    void study_bothEncoders_comparesStrategies() throws IOException {
        Outcome study = Outcome.of(
                "study",
                "--corpus",
                "manifest:" + manifest,
                "--out",
                run("study"),
                "--cache",
                run("cache"),
                "--fusions",
                "late-add,middle-concat",
                "--losses",
                "fused",
                "--audio-encoder",
                hubert.toString(),
                "--text-encoder",
                bert.toString(),
                "--set",
                "training.epochs=1",
                "--set",
                "network.audio.projection=8",
                "--set",
                "network.text.projection=8",
                "--json");
        assertEquals(0, study.code(), study.err());
        assertTrue(study.out().contains("middle-concat"), study.out());
        String page = Files.readString(folder.resolve("study").resolve("report.html"));
        assertTrue(page.contains("audio: " + HUBERT), page);
        List<String> commands = page.lines()
                .filter(line -> line.contains("bin/parallax train"))
                .flatMap(line -> Stream.of(line.split("(?=bin/parallax train)")))
                .filter(line -> line.startsWith("bin/parallax train"))
                .toList();
        assertFalse(commands.isEmpty(), page);
        for (String command : commands) {
            boolean heard = !command.contains("--modalities text");
            boolean read = !command.contains("--modalities audio");
            assertEquals(heard, command.contains("--audio-encoder " + hubert), command);
            assertEquals(read, command.contains("--text-encoder " + bert), command);
        }
    }
}
