package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dialogues of recordings and sentences: a first stage makes their vectors, and the one file of the model holds
/// both.
class RecordedDialoguesTest {

    private static final int TURNS = 4; // of a dialogue
    private static final List<String> SMALL = List.of(
            "training.epochs=2",
            "network.audio.hidden=4",
            "network.audio.heads=2",
            "network.text.hidden=4",
            "network.text.heads=2",
            "first.training.epochs=2",
            "first.network.audio.hidden=3",
            "first.network.audio.heads=1",
            "first.network.embedding=5",
            "first.network.text.heads=1");

    @TempDir
    static Path folder;

    private static Path manifest;
    private static Outcome trained;

    @BeforeAll
    static void makeAndTrain() {
        Path corpus = folder.resolve("corpus");
        Outcome made = Outcome.of("corpus", "synthesize", "--size", "48", "--seed", "3", "--out", corpus.toString());
        assertEquals(0, made.code(), made.err());
        manifest = withDialogues(corpus, "manifest.csv", "dialogues.csv", Map.of());
        trained = train(manifest, "run", "--threads", "2");
        assertEquals(0, trained.code(), trained.err());
    }

    /// A manifest with dialogues of four utterances of one part each.
    ///
    /// @param renamed new names of some emotions of the test part
    private static Path withDialogues(Path corpus, String from, String to, Map<String, String> renamed) {
        Csv csv = Csv.read(corpus.resolve(from));
        List<List<String>> rows = new ArrayList<>();
        Map<String, Integer> ofPart = new HashMap<>();
        for (Csv.Row row : csv.rows()) {
            String part = row.get("split");
            int number = ofPart.merge(part, 1, Integer::sum) - 1;
            rows.add(csv.header().stream()
                    .map(column -> switch (column) {
                        case "dialogue" -> part + number / TURNS;
                        case "turn" -> Integer.toString(number % TURNS);
                        case "emotion" ->
                            part.equals("test")
                                    ? renamed.getOrDefault(row.get(column), row.get(column))
                                    : row.get(column);
                        default -> row.get(column);
                    })
                    .toList());
        }
        Csv.write(corpus.resolve(to), csv.header(), rows);
        return corpus.resolve(to);
    }

    private static Outcome train(Path from, String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--level",
                "dialogue",
                "--corpus",
                "manifest:" + from,
                "--out",
                folder.resolve(out).toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--json"));
        for (String setting : SMALL) {
            args.addAll(List.of("--set", setting));
        }
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    private static String run(String name) {
        return folder.resolve(name).toString();
    }

    private static SafeTensors model(String name) {
        return SafeTensors.read(folder.resolve(name).resolve("best.safetensors"));
    }

    @Test
    void train_augmented_variesTheFirstStageAlone() {
        Outcome outcome = train(
                manifest,
                "augmented",
                "--set",
                "augmentation.copies=1",
                "--set",
                "augmentation.gain.probability=0.5",
                "--set",
                "augmentation.specAugment.probability=0.5");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(
                outcome.err().contains(" recordings, each with 1 varied copy, masks drawn anew in each epoch"),
                outcome.err());
        JsonObject training = Json.parseObject(folder.resolve("augmented").resolve("run.json"))
                .object("run")
                .object("training");
        assertFalse(training.has("augmentation"));
        JsonObject first = training.object("first").object("training");
        assertEquals(1, first.object("augmentation").integer("copies"));
    }

    @Test
    void train_oneFile_holdsBothStages() {
        SafeTensors file = model("run");
        assertTrue(file.contains("first.audio.lstm.weightIh.0"));
        assertTrue(file.contains("text.vocabulary.utf8"));
        assertArrayEquals(new int[] {8, 5}, shapeOfColumns(file, "text.projection.weight"));
        assertTrue(trained.err().contains("first stage: epoch   1"), trained.err());
        assertFalse(trained.json().flag("causal"));
    }

    /// The number of features of the audio states, both directions together, and the number of columns of a weight
    /// matrix.
    private static int[] shapeOfColumns(SafeTensors file, String name) {
        return new int[] {file.shape("audio.gru.weightHh.0")[1] * 2, file.shape(name)[1]};
    }

    @Test
    void train_anyNumberOfThreads_sameFile() throws IOException {
        assertEquals(0, train(manifest, "one", "--threads", "1").code());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("run/best.safetensors")),
                Files.readAllBytes(folder.resolve("one/best.safetensors")));
    }

    /// Neither stage is trained on the test part: other labels there give the same weights.
    @Test
    void train_otherTestLabels_sameWeights() {
        Path other = withDialogues(
                folder.resolve("corpus"), "manifest.csv", "other.csv", Map.of("joy", "fear", "fear", "joy"));
        assertEquals(0, train(other, "other").code());
        SafeTensors expected = model("run");
        SafeTensors found = model("other");
        int compared = 0;
        for (String name : List.of("first.audio.lstm.weightIh.0", "first.text.head.weight", "audio.head.weight")) {
            assertArrayEquals(expected.floats(name), found.floats(name), name);
            compared++;
        }
        assertEquals(3, compared);
    }

    @Test
    void evaluate_testPart_isWhatTrainingScoredAndPredictTells() {
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
        assertEquals(trained.json().object("test"), scored.json().object("scores"));

        Outcome told = Outcome.of("predict", "--model", run("run"), "--manifest", manifest.toString());
        assertEquals(0, told.code(), told.err());
        List<String> lines = told.out().lines().toList();
        List<Csv.Row> rows = Csv.read(manifest).rows();
        assertEquals(rows.size(), lines.size());
        int right = 0;
        int tested = 0;
        int sure = 0;
        for (int i = 0; i < rows.size(); i++) {
            JsonObject answer = Json.parseObject(lines.get(i), "line " + i);
            assertEquals(rows.get(i).get("id"), answer.text("id"));
            if (rows.get(i).get("split").equals("test")) {
                tested++;
                sure += answer.flag("sure") ? 1 : 0;
                right += answer.text("decision").equals(rows.get(i).get("emotion")) ? 1 : 0;
            }
        }
        JsonObject decision = scored.json().object("scores").object("decision");
        assertEquals(decision.number("weightedAccuracy"), right / (double) tested, 1e-12);
        assertEquals(decision.object("selective").number("sure"), sure / (double) tested, 1e-12);
    }

    @Test
    void evaluate_recordingsMissing_leavesTheirUtterancesOutAndSaysSo() throws IOException {
        List<Csv.Row> tested = Csv.read(manifest).rows().stream()
                .filter(row -> row.get("split").equals("test"))
                .toList();
        Path other = folder.resolve("torn");
        Files.createDirectories(other.resolve("wav"));
        for (Csv.Row row : Csv.read(manifest).rows()) {
            if (!row.get("id").equals(tested.getFirst().get("id"))) {
                Files.copy(folder.resolve("corpus").resolve(row.get("audio")), other.resolve(row.get("audio")));
            }
        }
        Outcome scored = Outcome.of(
                "evaluate",
                "--model",
                run("run"),
                "--corpus",
                "manifest:" + Files.copy(manifest, other.resolve("dialogues.csv")),
                "--cache",
                run("cache"),
                "--json");
        assertEquals(0, scored.code(), scored.err());
        assertEquals(tested.size() - 1, scored.json().integer("utterances"));
        assertTrue(scored.err().contains("left out: " + tested.getFirst().get("id") + ": "), scored.err());
        assertEquals(
                List.of(tested.getFirst().get("id")),
                scored.json().object("excluded").array("unread").texts());
    }

    /// Under a condition, the vectors of all turns are made again, and neighbours stay in their dialogues.
    @Test
    void evaluate_robustness_isOfWholeDialogues() {
        Outcome scored = Outcome.of(
                "evaluate",
                "--model",
                run("run"),
                "--corpus",
                "manifest:" + manifest,
                "--cache",
                run("cache"),
                "--robustness",
                "--groups",
                "dialogue",
                "--json");
        assertEquals(0, scored.code(), scored.err());
        JsonObject json = scored.json();
        List<JsonObject> rows = json.object("robustness").array("conditions").objects();
        assertEquals(22, rows.size());
        for (JsonObject row : rows) {
            assertEquals(json.integer("utterances"), row.integer("utterances"), row.text("name"));
        }
        JsonObject clean = rows.getFirst().object("unweightedAccuracy");
        assertEquals(
                json.object("scores").object("decision").number("unweightedAccuracy"), clean.number("estimate"), 1e-12);
        assertTrue(
                rows.stream()
                        .anyMatch(row -> row.number("sure") != rows.getFirst().number("sure")
                                || row.object("difference").number("estimate") != 0),
                "conditions change answers");
    }

    @Test
    void predict_oneUtterance_isADialogueOfItsOwn() {
        Outcome told = Outcome.of("predict", "--model", run("run"), "--text", "what a lovely day", "--json");
        assertEquals(0, told.code(), told.err());
        assertTrue(told.json().get("fused") instanceof Json.Null);
        assertEquals(told.json().object("text").text("label"), told.json().text("decision"));
    }

    /// A talk whose turns are those of a dialogue is answered as the dialogue, each turn with those around it.
    @Test
    void predict_transcript_isOneDialogue() throws IOException {
        List<Csv.Row> turns = Csv.read(manifest).rows().stream()
                .filter(row -> row.get("dialogue").equals("test0"))
                .toList();
        List<Audio> clips = turns.stream()
                .map(row -> AudioFile.read(folder.resolve("corpus").resolve(row.get("audio"))))
                .toList();
        int rate = clips.getFirst().sampleRate();
        int second = rate;
        float[] samples = new float
                [clips.stream().mapToInt(clip -> clip.samples().length + second).sum()];
        StringBuilder ctm = new StringBuilder();
        int at = 0;
        for (int i = 0; i < clips.size(); i++) {
            float[] clip = clips.get(i).samples();
            System.arraycopy(clip, 0, samples, at, clip.length);
            String[] words = turns.get(i).get("text").split(" ");
            for (int w = 0; w < words.length; w++) { // the first and the last word say where the turn begins and ends
                double start = (double) (at + (long) clip.length * w / words.length) / rate;
                double end = (double) (at + (long) clip.length * (w + 1) / words.length) / rate;
                String speaker = turns.get(i).get("speaker");
                ctm.append(String.format(
                        Locale.ROOT, "talk 1 %.7f %.7f %s 1 lex %s%n", start, end - start, words[w], speaker));
            }
            at += clip.length + second;
        }
        Path talk = folder.resolve("dialogue.wav");
        WavWriter.PCM_16.write(talk, new Audio(samples, rate));
        Path words = Files.writeString(folder.resolve("dialogue.ctm"), ctm);
        List<JsonObject> told = Outcome.of(
                        "predict",
                        "--model",
                        run("run"),
                        "--audio",
                        talk.toString(),
                        "--transcript",
                        words.toString(),
                        "--backend",
                        "scalar",
                        "--json")
                .json()
                .array("turns")
                .objects();
        List<JsonObject> rows = Outcome.of(
                        "predict", "--model", run("run"), "--manifest", manifest.toString(), "--backend", "scalar")
                .out()
                .lines()
                .map(line -> Json.parseObject(line, "predict"))
                .toList();
        assertEquals(turns.size(), told.size());
        for (int i = 0; i < turns.size(); i++) {
            String id = turns.get(i).get("id");
            JsonObject row = rows.stream()
                    .filter(each -> each.text("id").equals(id))
                    .findFirst()
                    .orElseThrow();
            assertEquals(turns.get(i).get("text"), told.get(i).text("sentence"));
            for (String field : List.of("fused", "audio", "text", "decision")) {
                assertEquals(row.get(field), told.get(i).get(field), id + " " + field);
            }
        }
    }

    @Test
    void predict_manifestWithoutDialogues_isRefused() {
        Path lines = folder.resolve("lines.csv");
        Csv.write(lines, List.of("id", "text"), List.of(List.of("a", "what a lovely day")));
        Outcome told = Outcome.of("predict", "--model", run("run"), "--manifest", lines.toString());
        assertEquals(2, told.code());
        assertTrue(told.err().contains("there is no column \"dialogue\""), told.err());
    }

    /// The loss of the first stage is a setting, and as empty with one modality as that of the whole.
    @Test
    void train_firstStageOfOneModality_refusesLossesBetweenTwo() {
        for (String loss : List.of("modulated", "alone-first", "modality-dropout")) {
            Outcome outcome = train(manifest, loss, "--modalities", "text", "--set", "first.training.loss=" + loss);
            assertEquals(2, outcome.code(), loss);
            assertTrue(
                    outcome.err()
                            .contains("first.training.loss=" + loss
                                    + " is between audio and text, and only text is read; take"
                                    + " first.training.loss=fused, which for one is the same"),
                    outcome.err());
            assertFalse(Files.exists(folder.resolve(loss)), loss);
        }
    }

    @Test
    void train_corpusWithoutDialogues_isRefused() {
        Outcome outcome = train(folder.resolve("corpus/manifest.csv"), "none");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--level dialogue: no utterance says which dialogue it is from"));
    }

    @Test
    void train_causalAndToldWhoSpeaks_isKeptInTheModel() {
        Outcome outcome = train(manifest, "causal", "--causal", "--speakers");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.json().flag("causal"));
        Outcome scored = Outcome.of(
                "evaluate",
                "--model",
                run("causal"),
                "--corpus",
                "manifest:" + manifest,
                "--cache",
                run("cache"),
                "--json");
        assertEquals(outcome.json().object("test"), scored.json().object("scores"));
        assertTrue(scored.json().flag("causal"));
    }

    /// The first stage of a fold and seed is trained once, kept, and shared; a study that lost cells goes on with
    /// it.
    @Test
    void study_recordedDialogues_shareTheirFirstStage() throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "study",
                "--level",
                "dialogue",
                "--corpus",
                "manifest:" + manifest,
                "--fusions",
                "late-add,transformer",
                "--losses",
                "perspective",
                "--seeds",
                "1",
                "--cache",
                run("cache"),
                "--json",
                "--out",
                run("study")));
        for (String setting : SMALL) {
            args.addAll(List.of("--set", setting));
        }
        Outcome whole = Outcome.of(args.toArray(new String[0]));
        assertEquals(0, whole.code(), whole.err());
        assertTrue(Files.exists(folder.resolve("study/first/fold0.seed0.safetensors")));
        byte[] results = Files.readAllBytes(folder.resolve("study/results.json"));
        Files.delete(folder.resolve("study/cells/transformer.perspective.fold0.seed0.json"));
        Outcome again = Outcome.of(args.toArray(new String[0]));
        assertEquals(0, again.code(), again.err());
        assertFalse(again.err().contains("first stage: fold0"), again.err());
        assertArrayEquals(results, Files.readAllBytes(folder.resolve("study/results.json")));
        List<String> names = whole.json().array("rows").objects().stream()
                .map(row -> row.text("strategy"))
                .toList();
        assertTrue(names.containsAll(List.of("linear, audio", "linear, text", "transformer")), names.toString());
    }

    @Test
    void train_presetPaperCode_isMarkedInEveryReport() throws IOException {
        Outcome outcome = train(manifest, "code", "--preset", "paper-code", "--set", "training.epochs=1");
        assertEquals(0, outcome.code(), outcome.err());
        String line = outcome.json().array("dishonesty").texts().getFirst();
        assertTrue(line.startsWith("DISHONEST: the test part chose the epoch"), line);
        assertTrue(outcome.json().object("validation").fields().isEmpty());
        assertTrue(Files.readString(folder.resolve("code/report.html")).contains(line));
        Outcome scored = Outcome.of(
                "evaluate",
                "--model",
                run("code"),
                "--corpus",
                "manifest:" + manifest,
                "--cache",
                run("cache"),
                "--json");
        assertEquals(List.of(line), scored.json().array("dishonesty").texts());
    }

    private static Outcome audit(String... more) {
        List<String> args = new ArrayList<>(List.of("audit", "--model", run("run")));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    /// The answers are those of predict, the page has every step, and the trace holds until it is altered.
    @Test
    void audit_dialogueOfAManifest_hasTheAnswersOfPredictAndATraceThatHolds() throws IOException {
        Path out = folder.resolve("audit");
        Outcome outcome =
                audit("--manifest", manifest.toString(), "--dialogue", "test0", "--out", out.toString(), "--json");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.json().flag("holds"));
        Map<String, JsonObject> predicted = new HashMap<>();
        Outcome.of("predict", "--model", run("run"), "--manifest", manifest.toString())
                .out()
                .lines()
                .map(line -> Json.parseObject(line, "predict"))
                .forEach(answer -> predicted.put(answer.text("id"), answer));
        JsonObject trace = Json.parseObject(out.resolve("trace.json"));
        List<JsonObject> turns = trace.object("of").array("utterances").objects();
        assertEquals(TURNS, turns.size());
        for (JsonObject turn : turns) {
            JsonObject answer = Objects.requireNonNull(predicted.get(turn.text("id")));
            for (Map.Entry<String, Json> field :
                    turn.object("prediction").fields().entrySet()) {
                assertEquals(answer.get(field.getKey()), field.getValue(), turn.text("id") + " " + field.getKey());
            }
        }
        String page = Files.readString(out.resolve("report.html"));
        for (JsonObject step : trace.array("steps").objects()) {
            assertTrue(page.contains("id=\"" + step.text("name") + "\""), step.text("name"));
        }
        assertTrue(page.indexOf(">The dialogue<") < page.indexOf(">What each turn owes to the others<"));
        assertTrue(page.contains("without 4"));
        int first = page.indexOf("aria-label=\"Stages\"");
        String stages = page.substring(first, page.indexOf("aria-label=\"Steps of this turn", first));
        assertTrue(stages.contains("stacked"), stages);
        assertFalse(stages.contains("mean of rows"), "that is of the network");
        assertFalse(page.contains("src=\"http"), "it needs no network");
        JsonObject attribution = Json.parseObject(out.resolve("attribution.json"));
        assertEquals(TURNS, attribution.array("turns").objects().size());
        assertEquals(attribution, outcome.json().object("attribution"));
        for (JsonObject turn : attribution.array("turns").objects()) {
            assertTrue(turn.object("vectors").flag("complete"), turn::toText);
            assertTrue(turn.object("input").flag("complete"), turn::toText);
            assertEquals(turn.text("decision"), turn.text("label"));
        }
        assertFalse(page.contains("Sanity check"), "that takes longer");
        assertTrue(page.contains("What each turn adds to the logit of each decision"));
        assertTrue(Files.exists(out.resolve("figures").resolve("turn1-attribution1.csv")));

        assertEquals(0, audit("--replay", out.toString()).code());
        Path steps = out.resolve("trace.json");
        Files.writeString(steps, Files.readString(steps).replaceFirst("\"turn\": 1", "\"turn\": 2"));
        Outcome altered = audit("--replay", out.toString());
        assertEquals(1, altered.code(), altered.out());
        assertTrue(altered.out().contains("fault:    "), altered.out());
    }

    /// With the option the attribution of turns is checked, and console and page say so.
    @Test
    void audit_checkAttribution_hasSanityCheckAndDeletionOfTurns() throws IOException {
        Path out = folder.resolve("checked");
        Outcome outcome = audit(
                "--manifest",
                manifest.toString(),
                "--dialogue",
                "test0",
                "--check-attribution",
                "--out",
                out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("the turn itself adds "), outcome.out());
        assertTrue(outcome.out().contains("checked:  turns add up to the logit"), outcome.out());
        assertTrue(outcome.out().contains("checked:  rank correlation with a model of random weights"), outcome.out());
        assertTrue(outcome.out().contains("checked:  area while turns are taken away"), outcome.out());
        assertTrue(Files.readString(out.resolve("report.html")).contains("Sanity check"));
        assertTrue(Files.exists(out.resolve("figures").resolve("deletion-turns.csv")));
        assertTrue(Json.parseObject(out.resolve("attribution.json")).has("checks"));
    }

    /// Of four dialogues of four turns, on the vectors of the first stage, which stays as it is.
    @Test
    void audit_gradientsOfDialogues_hold() {
        Outcome outcome = audit("--gradients", "--corpus", "manifest:" + manifest, "--json");
        assertEquals(0, outcome.code(), outcome.err());
        JsonObject result = outcome.json();
        assertTrue(result.flag("holds"));
        List<JsonObject> steps = result.array("steps").objects();
        assertEquals(2, steps.size(), "as many as the epochs of its settings");
        for (JsonObject step : steps) {
            assertEquals(16, step.integer("batch"));
            assertEquals(16, step.object("terms").integer("fused"));
            List<String> names = step.object("gradient").array("parameters").objects().stream()
                    .map(parameter -> parameter.text("name"))
                    .toList();
            assertTrue(names.contains("audio.head.weight"), names.toString());
            assertFalse(names.stream().anyMatch(name -> name.startsWith("first.")), names.toString());
        }
        Outcome none = audit("--gradients", "--corpus", "manifest:" + manifest, "--labels", "x=anger,y=joy");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("no dialogue of the corpus has one of the model's labels"), none.err());
    }

    @Test
    void audit_wrongUsage_isOneLineAndWritesNothing() {
        Path lines = folder.resolve("alone.csv");
        Csv.write(lines, List.of("id", "text"), List.of(List.of("a", "what a lovely day")));
        Path unnamed = folder.resolve("unnamed.csv");
        Csv.write(unnamed, List.of("id", "text", "dialogue"), List.of(List.of("a", "what a lovely day", "")));
        Path empty = folder.resolve("empty.csv");
        Csv.write(empty, List.of("id", "text", "dialogue"), List.of(List.of("a", "", "d")));
        String all = manifest.toString();
        String out = run("refused");
        String[][] wrong = {
            {"there is no column \"dialogue\"", "--manifest", lines.toString(), "--out", out},
            {"no row says which dialogue", "--manifest", unnamed.toString(), "--out", out},
            {"empty.csv line 2: the text is empty", "--manifest", empty.toString(), "--out", out},
            {"has no dialogue \"test9\", only ", "--manifest", all, "--dialogue", "test9", "--out", out},
            {"dialogues (", "--manifest", all, "--out", out},
            {"choose one with --dialogue ID", "--manifest", all, "--out", out},
            {"is a model of dialogues; give the turns of one: --manifest CSV", "--text", "so glad", "--out", out},
            {"give --audio, --text or both, or --manifest alone", "--manifest", all, "--text", "x", "--out", out},
            {"give them with --manifest", "--text", "so glad", "--dialogue", "test0", "--out", out},
            {"--replay checks what was written", "--check-attribution", "--replay", out},
            {"--replay checks what was written", "--manifest", all, "--replay", out},
        };
        for (String[] line : wrong) {
            Outcome outcome = audit(Arrays.copyOfRange(line, 1, line.length));
            assertEquals(2, outcome.code(), line[0]);
            assertTrue(outcome.err().contains(line[0]), outcome.err());
            assertEquals(
                    1,
                    outcome.err().lines().filter(text -> text.contains(line[0])).count());
        }
        Outcome utterances = Outcome.of("audit", "--manifest", all, "--out", out);
        assertEquals(2, utterances.code());
        assertTrue(utterances.err().contains("is a model of utterances, each by itself"), utterances.err());
        assertFalse(Files.exists(folder.resolve("refused")));
    }
}
