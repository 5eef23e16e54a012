package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Utterance;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The options `--vectors`, `--init` and `--freeze` of `train`.
class StartCommandTest {

    private static final String TWO = "joy,fear";
    private static final String THREE = "joy,fear,anger";

    @TempDir
    static Path folder;

    private static Path base;

    @BeforeAll
    static void trainBase() {
        base = folder.resolve("base");
        Outcome trained = train(
                base,
                TWO,
                "--set",
                "features.stack=4",
                "--set",
                "network.audio.hidden=4",
                "--set",
                "network.audio.heads=1",
                "--set",
                "network.embedding=4",
                "--set",
                "network.text.heads=1");
        assertEquals(0, trained.code(), trained.err());
    }

    private static Outcome train(Path out, String labels, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--corpus",
                "synthetic:3",
                "--size",
                "64",
                "--cache",
                folder.resolve("cache").toString(),
                "--labels",
                labels,
                "--out",
                out.toString(),
                "--set",
                "training.epochs=1",
                "--json"));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private static float[] tensor(Path run, String name) {
        return SafeTensors.read(run.resolve("best.safetensors")).floats(name);
    }

    @Test
    void init_moreLabels_saysTheGainAndWhatIsNew() {
        Path out = folder.resolve("three");
        Outcome trained = train(out, THREE, "--init", base.toString());
        assertEquals(0, trained.code(), trained.err());
        JsonObject gain = trained.json().object("gain");
        assertEquals(List.of("anger"), gain.array("newClasses").texts());
        assertEquals(gain.number("gain"), gain.number("after") - gain.number("before"), 1e-12);
        assertEquals(
                trained.json().object("test").object("decision").number("unweightedAccuracy"),
                gain.number("after"),
                1e-12);
        assertTrue(gain.number("before") <= 2 / 3.0, "of the third class it knows nothing");
        assertTrue(trained.err().contains("starts from a model of joy, fear; new to it: anger"), trained.err());
    }

    @Test
    void init_frozenAudio_leavesItsEncoderAndTrainsItsHead() {
        Path out = folder.resolve("frozen");
        Outcome trained = train(out, TWO, "--init", base.toString(), "--freeze", "audio");
        assertEquals(0, trained.code(), trained.err());
        String encoder = encoderTensor(out, "audio.");
        assertEquals(List.of(), differing(tensor(base, encoder), tensor(out, encoder)), encoder);
        String word = encoderTensor(out, "text.");
        assertTrue(!differing(tensor(base, word), tensor(out, word)).isEmpty(), word);
    }

    /// Through two steps: the second model of the chain did not learn from the speaker, the first one did.
    @Test
    void init_testSpeakerThatAFormerModelLearnedFrom_isSaidAndMarked() {
        String speaker = trainedSpeaker();
        Path first = folder.resolve("leak1");
        Path second = folder.resolve("leak2");
        Outcome honest = train(folder.resolve("honest"), TWO, "--init", base.toString());
        assertEquals(List.of(), honest.json().array("dishonesty").texts());
        for (Path out : List.of(first, second)) {
            Path from = out.equals(first) ? base : first;
            Outcome trained = train(out, TWO, "--init", from.toString(), "--test-speakers", speaker);
            assertEquals(0, trained.code(), trained.err());
            JsonObject split = trained.json().object("split");
            int tested = split.integer("test");
            String warning = "its model has learned from " + tested + " of the " + tested + " test utterances";
            assertTrue(trained.err().contains(warning), trained.err());
            String line = trained.json().array("dishonesty").texts().getFirst();
            assertTrue(line.startsWith("NOT A TEST: ") && line.contains(" by " + tested + " utterances"), line);
            assertFalse(split.flag("speakerIndependent"));
            assertTrue(split.text("how").contains("KNOWS THE TEST SPEAKERS " + speaker), split.text("how"));

            Outcome refused = evaluate(out);
            assertEquals(2, refused.code());
            assertTrue(refused.err().contains("or one that it started from"), refused.err());
            Outcome scored = evaluate(out, "--allow-seen");
            assertEquals(tested, scored.json().integer("seenInTraining"));
            assertEquals(List.of(line), scored.json().array("dishonesty").texts());
        }
    }

    /// A speaker whom the base model learned from.
    private static String trainedSpeaker() {
        return new SyntheticCorpus(SyntheticSettings.defaults(3).withSize(64))
                .utterances().stream()
                        .filter(utterance -> "train".equals(utterance.split()) && TWO.contains(utterance.emotion()))
                        .map(Utterance::speaker)
                        .findFirst()
                        .orElseThrow();
    }

    /// The record's sentence is on its own test part: of other utterances it would be false, and of more than that
    /// part the count of all says it already.
    @Test
    void evaluate_modelThatStartedFromOneThatKnowsItsTestPart_countsWhatIsScored() throws IOException {
        Path leak = folder.resolve("leak");
        String speaker = trainedSpeaker();
        Outcome trained = train(leak, TWO, "--init", base.toString(), "--test-speakers", speaker);
        int tested = trained.json().object("split").integer("test");
        String notATest = "NOT A TEST: ";

        Outcome other = score(leak, "synthetic:4", "--split", "all");
        assertEquals(0, other.code(), other.err());
        assertFalse(other.out().contains(notATest), other.out());
        assertEquals(
                List.of(),
                score(leak, "synthetic:4", "--split", "all", "--json")
                        .json()
                        .array("dishonesty")
                        .texts());

        Path page = folder.resolve("leak-page");
        Outcome own = score(leak, "synthetic:3", "--allow-seen", "--out", page.toString());
        assertEquals(List.of(tested + " utterances of the test part"), counted(own.out(), notATest), own.out());
        String html = Files.readString(page.resolve("report.html"));
        assertEquals(html.indexOf(notATest), html.lastIndexOf(notATest));

        Outcome all = score(leak, "synthetic:3", "--allow-seen", "--split", "all");
        assertEquals(
                1, all.out().lines().filter(line -> line.startsWith(notATest)).count(), all.out());
        assertTrue(all.out().contains(" utterances were trained on or chosen by"), all.out());
    }

    /// The counts in the lines that begin so.
    private static List<String> counted(String out, String start) {
        return out.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.replaceFirst(".* by (\\d+ utterances of the test part).*", "$1"))
                .toList();
    }

    private static Outcome evaluate(Path model, String... more) {
        List<String> args = new ArrayList<>(List.of(more));
        args.add("--json");
        return score(model, "synthetic:3", args.toArray(new String[0]));
    }

    private static Outcome score(Path model, String corpus, String... more) {
        List<String> args = new ArrayList<>(
                List.of("evaluate", "--model", model.toString(), "--corpus", corpus, "--size", "64", "--labels", TWO));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private static String encoderTensor(Path run, String start) {
        return SafeTensors.read(run.resolve("best.safetensors")).names().stream()
                .filter(name -> name.startsWith(start) && !name.contains(".head."))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> differing(float[] a, float[] b) {
        List<Integer> where = new ArrayList<>();
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                where.add(i);
            }
        }
        return where;
    }

    @Test
    void vectors_file_givesItsSizeToTheEmbedding() throws IOException {
        Path file = folder.resolve("three.vec");
        Files.writeString(file, "the 0.1 0.2 0.3\na 0.3 0.2 0.1\n");
        Outcome trained = train(
                folder.resolve("vectors"),
                TWO,
                "--vectors",
                file.toString(),
                "--modalities",
                "text",
                "--set",
                "network.text.heads=1");
        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.err().contains("word vectors: 3 features each"), trained.err());
        assertTrue(trained.err().contains(" words are in " + file), trained.err());
    }

    @Test
    void badInput_eachInOneLine() throws IOException {
        Path empty = folder.resolve("empty.vec");
        Files.writeString(empty, "");
        refused("no such file", "--vectors", "nowhere.vec");
        refused("holds no word vectors", "--vectors", empty.toString());
        refused("no such file", "--init", "nowhere.safetensors");
        refused("leave it out", "--init", base.toString(), "--features", "kaldi");
        refused("give --init MODEL too", "--freeze", "audio");
        refused("must be one of [audio, text]", "--init", base.toString(), "--freeze", "video");
        refused("reads in another way", "--init", base.toString(), "--set", "network.audio.hidden=8");
        refused("does not read it", "--init", base.toString(), "--freeze", "text", "--modalities", "audio");
    }

    private static void refused(String reason, String... options) {
        Outcome outcome = train(folder.resolve("refused"), TWO, options);
        assertEquals(2, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains(reason), outcome.err());
        List<String> errors =
                outcome.err().lines().filter(line -> line.contains(reason)).toList();
        assertEquals(1, errors.size(), outcome.err());
        assertTrue(Files.notExists(folder.resolve("refused").resolve("best.safetensors")));
    }
}
