package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `train` prints, writes and refuses.
class TrainCommandTest {

    @TempDir
    static Path folder;

    private static TrainedRun made;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
    }

    @Test
    void train_json_saysWhatCameOfIt() {
        JsonObject json = made.trained().json();
        assertEquals(List.of("joy", "fear"), json.array("labels").texts());
        assertEquals(1, json.integer("epochs"));
        assertTrue(json.object("split").flag("speakerIndependent"));
        assertEquals(
                Set.of("decision", "fused", "audio", "text"),
                json.object("test").fields().keySet());
        assertTrue(json.object("test").object("fused").flag("taught"));
    }

    @Test
    void train_out_getsEveryFile() {
        for (String file : List.of("best.safetensors", "last.safetensors", "run.json", "metrics.csv", "report.html")) {
            assertTrue(Files.exists(made.run().resolve(file)), file);
        }
    }

    @Test
    void train_folderInUse_isRefusedUnlessResumed() {
        assertEquals(2, made.train(made.run()).code());
    }

    @Test
    void train_resumedAtItsEnd_givesTheSameScores() throws IOException {
        Path copy = folder.resolve("resumed");
        Files.createDirectories(copy);
        Files.copy(made.run().resolve("last.safetensors"), copy.resolve("last.safetensors"));
        Outcome resumed = made.train(copy, "--resume");
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(made.trained().json().object("test"), resumed.json().object("test"));
        assertFalse(resumed.err().contains("starts anew"), resumed.err());
    }

    @Test
    void train_resumeWhereNothingIs_saysThatItStarts() {
        Outcome started = made.train(folder.resolve("nothing"), "--resume");
        assertEquals(0, started.code(), started.err());
        assertTrue(started.err().contains("there is no run in " + folder.resolve("nothing")), started.err());
    }

    @Test
    void train_nothingChooses_keepsTheLastEpoch() throws IOException {
        Outcome outcome = chosenOn("nothing");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("the last is kept: nothing chose"), outcome.out());
        assertFalse(outcome.out().contains("best epoch"), outcome.out());
        String page = Files.readString(folder.resolve("chosen-nothing/report.html"));
        assertTrue(page.contains("Nothing chose among the 1 epoch"), page);
        Outcome json = chosenOn("nothing", "--json");
        assertEquals(1, json.json().integer("epochs"));
        assertFalse(json.json().has("bestEpoch"), json.out());
        JsonObject scores = Json.parseObject(folder.resolve("chosen-nothing--json/run.json"))
                .object("run")
                .object("scores");
        assertFalse(scores.has("bestEpoch"), scores.toText());
    }

    @Test
    void train_testPartChooses_saysTheBestEpoch() {
        Outcome outcome = chosenOn("test");
        assertTrue(outcome.out().contains("best epoch 1"), outcome.out());
        assertEquals(1, chosenOn("test", "--json").json().integer("bestEpoch"));
    }

    private static Outcome chosenOn(String choice, String... more) {
        Path out = folder.resolve("chosen-" + choice + String.join("", more));
        List<String> args = new ArrayList<>(List.of("train", "--corpus", made.manifest(), "--modalities", "text"));
        args.addAll(List.of("--out", out.toString(), "--set", "training.chosenOn=" + choice));
        args.addAll(List.of("--set", "training.epochs=1"));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    @Test
    void train_singleLossOfAudio_tellsPerspectivesApart() {
        Outcome outcome = made.train(folder.resolve("audio"), "--modalities", "audio", "--loss", "fused");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(
                Set.of("decision", "audio"),
                outcome.json().object("test").fields().keySet());
        assertTrue(outcome.json().object("test").object("audio").flag("taught"));
    }

    @Test
    void train_foldOfProtocol_mustBeNamed() {
        Outcome outcome = made.train(folder.resolve("fold"), "--protocol", "folds-3");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("folds-3/1 to folds-3/3"), outcome.err());
    }

    @Test
    void train_oneWrongSetting_isNamedAlone() {
        Outcome outcome =
                Outcome.of("train", "--corpus", made.manifest(), "--set", "training.epochs=-1", "--out", "none");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("epochs is -1, must be at least 1"), outcome.err());
        assertFalse(outcome.err().contains("patience"), outcome.err());
    }

    /// The hint can be typed as it stands.
    @Test
    void train_folderWithBlanks_isQuotedInTheHint() {
        Path out = folder.resolve("with blanks");
        List<String> args = new ArrayList<>(List.of("train", "--corpus", made.manifest(), "--modalities", "text"));
        args.addAll(List.of("--out", out.toString(), "--set", "training.epochs=1"));
        Outcome outcome = Outcome.of(args.toArray(new String[0]));
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("bin/parallax predict --model '" + out + "' --text WORDS"), outcome.out());
    }

    /// From the labels, before the recordings, which are not there.
    @Test
    void train_oneClass_isRefusedBeforeAnythingIsRead() throws IOException {
        Path table = Files.writeString(folder.resolve("one.csv"), "audio,emotion\na.wav,joy\nb.wav,joy\n");
        Outcome outcome = Outcome.of("train", "--corpus", "manifest:" + table, "--out", "none");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("labels: joy is the only class"), outcome.err());
        assertTrue(outcome.err().contains("name more of them in --labels"), outcome.err());
    }

    /// What the terminal says of small parts, the page says too.
    @Test
    void train_partsThatLackClasses_areSaidOnThePage() throws IOException {
        String rows = "a b,joy,train\nb c,joy,train\nc d,fear,train\nd e,fear,train\na c,joy,val\na d,joy,test\n";
        Path table = Files.writeString(folder.resolve("small.csv"), "text,emotion,split\n" + rows);
        Path out = folder.resolve("small");
        Outcome outcome = Outcome.of(
                "train", "--corpus", "manifest:" + table, "--out", out.toString(), "--set", "training.epochs=1");
        assertEquals(0, outcome.code(), outcome.err());
        String page = Files.readString(out.resolve("report.html"));
        for (String line : List.of(
                "the test part has 1 of 6 utterances and 1 of 2 classes",
                "the val part has no fear: the epoch is chosen without them",
                "the test part has no fear: the scores say nothing about them")) {
            assertTrue(outcome.err().contains(line) && page.contains(line), line);
        }
        assertTrue(outcome.out().lines().anyMatch(line -> line.matches("fear +0 +- +- +- .*")), outcome.out());
        assertTrue(outcome.out().contains("means over the classes that occur"), outcome.out());
    }

    @Test
    void train_resumeFromADamagedFile_saysWhatToDo() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("damaged"));
        byte[] whole = Files.readAllBytes(made.run().resolve("last.safetensors"));
        Files.write(copy.resolve("last.safetensors"), Arrays.copyOf(whole, whole.length / 2));
        Outcome resumed = made.train(copy, "--resume");
        assertEquals(2, resumed.code());
        assertTrue(
                resumed.err()
                        .contains("last.safetensors: is damaged, so the run cannot go on from it; delete it, and"
                                + " --resume begins the run anew, or train into another folder"),
                resumed.err());
    }

    @Test
    void train_labelsAlike_areToldOnce() throws IOException {
        Path table = Files.writeString(folder.resolve("alike.csv"), "text,emotion\na,joy\nb,Joy\nc,fear\n");
        Outcome outcome = Outcome.of(
                "train",
                "--corpus",
                "manifest:" + table,
                "--out",
                folder.resolve("alike").toString());
        assertEquals(2, outcome.err().split("look alike", -1).length, outcome.err());
    }
}
