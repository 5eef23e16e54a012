package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.RunRecord;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `evaluate` prints about a model, and which utterances it refuses to score.
class EvaluateCommandTest {

    private static final List<String> BY_RULES = List.of("manifest: made by rules, not spoken");

    @TempDir
    static Path folder;

    private static TrainedRun made;

    @BeforeAll
    static void makeAndTrain() {
        made = TrainedRun.in(folder);
    }

    /// The last utterance is noise with a sentence: its audio is doubtful, its text is not.
    @Test
    void evaluate_everyUtterance_isDecidedAsPredictDecides() {
        Csv synthesized = Csv.read(made.corpus().resolve("manifest.csv"));
        List<List<String>> rows = new ArrayList<>();
        for (Csv.Row row : synthesized.rows()) {
            if (Set.of("joy", "fear").contains(row.get("emotion"))) {
                rows.add(List.of(row.get("id"), row.get("audio"), row.get("text"), row.get("emotion")));
            }
        }
        WavWriter.PCM_16.write(made.corpus().resolve("wav").resolve("noise.wav"), noise());
        rows.add(List.of("noise", "wav/noise.wav", rows.getFirst().get(2), "joy"));
        Path table = made.corpus().resolve("asked.csv");
        Csv.write(table, List.of("id", "audio", "text", "emotion"), rows);
        Path page = folder.resolve("scored");
        Outcome scored = made.evaluate(
                "manifest:" + table, "--split", "all", "--allow-seen", "--out", page.toString(), "--json");
        assertEquals(0, scored.code(), scored.err());
        Outcome asked = Outcome.of("predict", "--model", made.run().toString(), "--manifest", table.toString());
        assertEquals(0, asked.code(), asked.err());
        List<List<String>> said = asked.out()
                .lines()
                .map(line -> Json.parseObject(line, "line"))
                .map(EvaluateCommandTest::decision)
                .toList();
        List<List<String>> counted = Csv.read(page.resolve("figures").resolve("answers.csv")).rows().stream()
                .map(row -> List.of(
                        row.get("id"),
                        row.get("decision"),
                        row.get("decidedBy"),
                        row.get("sure"),
                        row.get("doubtful"),
                        row.get("probability")))
                .toList();
        assertEquals(said, counted);
        assertEquals("text", counted.getLast().get(2), "the noise is doubtful");
        assertTrue(scored.json().integer("decidedAlone") >= 1);
        JsonObject decision = scored.json().object("scores").object("decision").object("selective");
        long sure = counted.stream().filter(row -> row.get(3).equals("true")).count();
        assertEquals((double) sure / rows.size(), decision.number("sure"), 1e-12);
    }

    @Test
    void evaluate_corpusThatTheModelDoesNotKnow_namesSplitAll() {
        Path table = made.corpus().resolve("other.csv");
        List<List<String>> rows = List.of(List.of("x1", "so glad", "joy"), List.of("x2", "so afraid", "fear"));
        Csv.write(table, List.of("id", "text", "emotion"), rows);
        Outcome unknown = made.evaluate("manifest:" + table);
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("is in this corpus; give the corpora that it was trained on"), unknown.err());
        assertTrue(unknown.err().contains("or --split all to score a new corpus as a whole"), unknown.err());
        Outcome two = made.evaluate(made.manifest(), "--labels", "joy,fear", "--corpus", "manifest:" + table);
        assertEquals(2, two.code());
        assertTrue(
                two.err().contains("by its name, since of several corpora names have the corpus before them"),
                two.err());
        assertTrue(two.err().contains("and the others by themselves with --split all"), two.err());
    }

    @Test
    void evaluate_corporaInAnotherOrder_saysTheOrder() {
        Path table = made.corpus().resolve("another.csv");
        List<List<String>> rows = IntStream.range(0, 40)
                .mapToObj(i -> List.of("y" + i, "so glad " + i, i % 2 == 0 ? "joy" : "fear", "s" + i % 8))
                .toList();
        Csv.write(table, List.of("id", "text", "emotion", "speaker"), rows);
        String other = "manifest:" + table;
        Path run = made.run().resolveSibling("ordered");
        trained(run, List.of("--corpus", made.manifest(), "--corpus", other, "--labels", "joy,fear"));
        List<String> args = List.of("--corpus", other, "--corpus", made.manifest(), "--labels", "joy,fear");
        Outcome refused = Outcome.of(
                Stream.concat(Stream.of("evaluate", "--model", run.toString(), "--cache", made.cache()), args.stream())
                        .toArray(String[]::new));
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("in another order"), refused.err());
        assertTrue(refused.err().contains("manifest1, manifest2; give them in that order"), refused.err());
    }

    @Test
    void evaluate_corpusThatHasSomeOfThePart_namesSplitAll() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(made.corpus().resolve("manifest.csv")));
        String tested = lines.stream()
                .filter(line -> line.contains("test") && line.contains("joy"))
                .findFirst()
                .orElseThrow();
        lines.remove(tested);
        Path table = Files.write(made.corpus().resolve("some.csv"), lines);
        Outcome refused = made.evaluate("manifest:" + table, "--labels", "joy,fear");
        assertEquals(2, refused.code());
        assertTrue(
                refused.err().contains("1 of the 6 test utterances of the model is not in the corpus"), refused.err());
        assertTrue(refused.err().contains("or --split all to score a new corpus as a whole"), refused.err());
    }

    @Test
    void evaluate_spokenCorpus_isSaidToBeSyntheticOnThePage() throws IOException {
        Path spoken = Files.createDirectories(made.corpus().resolveSibling("spoken"));
        Files.writeString(spoken.resolve("corpus.json"), "{\"speech\": \"synthetic speech: read aloud\"}");
        Path table = spoken.resolve("manifest.csv");
        List<List<String>> rows = List.of(List.of("x1", "so glad", "joy"), List.of("x2", "so afraid", "fear"));
        Csv.write(table, List.of("id", "text", "emotion"), rows);
        Path page = made.corpus().resolveSibling("spoken-page");
        Outcome outcome = made.evaluate("manifest:" + table, "--split", "all", "--out", page.toString());
        assertEquals(0, outcome.code(), outcome.err());
        String html = Files.readString(page.resolve("report.html"));
        assertTrue(html.contains("synthetic speech: read aloud"));
        assertFalse(html.contains("<td>-</td>"), "no answer is sure, so none is right: a dash as everywhere");
        String model = "the model was trained on speech that no person spoke: manifest: made by rules, not spoken";
        assertTrue(outcome.out().contains(model), outcome.out());
        JsonObject json =
                made.evaluate("manifest:" + table, "--split", "all", "--json").json();
        assertEquals(
                List.of("manifest: synthetic speech: read aloud"),
                json.array("syntheticSpeech").texts());
        assertEquals(BY_RULES, json.array("syntheticSpeechInTraining").texts());
    }

    @Test
    void train_onSpeechThatNoPersonSpoke_isRecorded_alsoOfTheModelItStartsFrom() throws IOException {
        assertEquals(BY_RULES, speech(made.run()));
        Path unmarked = Files.createDirectories(made.corpus().resolveSibling("unmarked"));
        List<String> columns = List.of("id", "audio", "text", "emotion", "speaker", "split");
        Csv marked = Csv.read(made.corpus().resolve("manifest.csv"));
        Csv.write(
                unmarked.resolve("manifest.csv"),
                columns,
                marked.rows().stream()
                        .map(row -> columns.stream().map(row::get).toList())
                        .toList());
        copyRecordings(made.corpus().resolve("wav"), unmarked.resolve("wav"));
        List<String> args = List.of("--corpus", "manifest:" + unmarked.resolve("manifest.csv"), "--labels", "joy,fear");
        Path plain = made.run().resolveSibling("plain");
        assertEquals(List.of(), trained(plain, args).array("syntheticSpeech").texts());
        assertEquals(List.of(), speech(plain));
        Path on = made.run().resolveSibling("on");
        trained(on, args, "--init", made.run().toString());
        assertEquals(BY_RULES, speech(on));
    }

    private static void copyRecordings(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static JsonObject trained(Path out, List<String> some, String... more) {
        List<String> args = new ArrayList<>(List.of("train", "--out", out.toString(), "--cache", made.cache()));
        args.addAll(List.of("--json", "--as-recorded", "--set", "training.epochs=1"));
        args.addAll(some);
        args.addAll(List.of(more));
        Outcome outcome = Outcome.of(args.toArray(new String[0]));
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.json();
    }

    private static List<String> speech(Path run) {
        return RunRecord.fromJson(Json.parseObject(run.resolve("run.json")).object("run"))
                .syntheticSpeech();
    }

    /// Id, decision, the view that decided, whether it is sure, whether it is doubtful, its probability.
    private static List<String> decision(JsonObject said) {
        JsonObject answer = said.object(said.text("decidedBy"));
        double[] probabilities = answer.array("probabilities").numbers();
        return List.of(
                said.text("id"),
                said.text("decision"),
                said.text("decidedBy"),
                Boolean.toString(said.flag("sure")),
                Boolean.toString(answer.flag("doubtful")),
                Double.toString(Arrays.stream(probabilities).max().orElseThrow()));
    }

    private static Audio noise() {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        float[] samples = new float[32_000];
        for (int t = 0; t < samples.length; t++) {
            samples[t] = (float) (0.1 * (random.nextDouble() - 0.5));
        }
        return new Audio(samples, 16_000);
    }

    /// Speakers with the name of a training speaker are reported, and training recordings that the new corpus
    /// lacks.
    @Test
    void evaluate_newRecordingsOfKnownSpeakers_areSaidToBeTheirs() {
        Set<String> speakers = new TreeSet<>();
        for (Csv.Row row : Csv.read(made.corpus().resolve("manifest.csv")).rows()) {
            speakers.add(row.get("speaker"));
        }
        WavWriter.PCM_16.write(made.corpus().resolve("wav").resolve("noise.wav"), noise());
        List<List<String>> rows = new ArrayList<>();
        speakers.forEach(speaker ->
                rows.add(List.of("new-" + speaker, "wav/noise.wav", speaker.toUpperCase(Locale.ROOT), "joy")));
        Path table = made.corpus().resolve("new.csv");
        Csv.write(table, List.of("id", "audio", "speaker", "emotion"), rows);
        Outcome outcome = made.evaluate("manifest:" + table, "--split", "all", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<String> known = outcome.json().array("speakersInTraining").texts();
        assertTrue(!known.isEmpty() && known.size() < speakers.size(), outcome.out());
        assertTrue(outcome.json().integer("originalsNotHere") > 0, outcome.out());
        String said = made.evaluate("manifest:" + table, "--split", "all").out();
        assertTrue(said.contains("speakers of these names: " + String.join(", ", known)), said);
        assertTrue(said.contains("by their exact samples alone"), said);
    }

    @Test
    void evaluate_outThatHoldsSomething_isRefused() {
        Outcome refused = made.evaluate(made.manifest(), "--out", made.run().toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("holds something already"), refused.err());
    }

    @Test
    void evaluate_outThatIsAFile_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("no-folder"), "x");
        Outcome refused = made.evaluate(made.manifest(), "--out", file.toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("evaluate: --out " + file + " is a file; give a folder"), refused.err());
    }

    /// Before anything is scored: the corpus is not even looked for.
    @Test
    void evaluate_outThatCannotBeWritten_isRefusedFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "x");
        Path out = file.resolve("page");
        Outcome refused = made.evaluate("manifest:nowhere.csv", "--out", out.toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains(out.toString()), refused.err());
        assertFalse(refused.err().contains("nowhere"), refused.err());
    }

    /// Only where two perspectives are read can one leave the decision to the other.
    @Test
    void evaluate_page_saysHowTheDecisionIsFound() throws IOException {
        String other = "leaves it to the other one";
        Path both = folder.resolve("page-both");
        Outcome outcome = made.evaluate(made.manifest(), "--labels", "joy,fear", "--out", both.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(Files.readString(both.resolve("report.html")).contains(other));
        Path run = folder.resolve("heard");
        assertEquals(0, made.train(run, "--modalities", "audio").code());
        Path page = folder.resolve("page-heard");
        List<String> args = new ArrayList<>(List.of("evaluate", "--model", run.toString(), "--labels", "joy,fear"));
        args.addAll(List.of("--corpus", made.manifest(), "--cache", made.cache(), "--out", page.toString()));
        outcome = Outcome.of(args.toArray(new String[0]));
        assertEquals(0, outcome.code(), outcome.err());
        String html = Files.readString(page.resolve("report.html"));
        assertTrue(html.contains("The decision is the answer of the audio, which is all that this model reads."), html);
        assertFalse(html.contains(other), html);
    }

    @Test
    void evaluate_testPart_repeatsTheScoresOfTraining() {
        Outcome outcome = made.evaluate(made.manifest(), "--labels", "joy,fear", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(0, outcome.json().integer("seenInTraining"));
        assertEquals(made.trained().json().object("test"), outcome.json().object("scores"));
    }

    @Test
    void evaluate_trainingPart_isRefusedOrLabelled() {
        Outcome refused = made.evaluate(made.manifest(), "--labels", "joy,fear", "--split", "train");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--allow-seen"), refused.err());
        Outcome allowed = made.evaluate(made.manifest(), "--labels", "joy,fear", "--split", "train", "--allow-seen");
        assertEquals(0, allowed.code(), allowed.err());
        assertTrue(allowed.out().startsWith("NOT A TEST"), allowed.out());
    }

    @Test
    void evaluate_otherLabels_asksForTheMap() {
        Outcome outcome = made.evaluate(made.manifest());
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--labels"), outcome.err());
    }
}
