package dev.parallax.cli.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.cli.Outcome;
import dev.parallax.corpus.DialogueFolder;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Studies from the command line, at both levels.
class StudyCommandTest {

    @TempDir
    Path folder;

    private Outcome study(String name, String... more) {
        List<String> args =
                new ArrayList<>(List.of("study", "--out", folder.resolve(name).toString(), "--seeds", "1", "--json"));
        replace(args, more);
        return Outcome.of(args.toArray(new String[0]));
    }

    /// Adds options in the place of those of the same name, which may be given once.
    private static void replace(List<String> args, String... more) {
        for (String word : more) {
            int former = args.indexOf(word);
            if (former >= 0
                    && word.startsWith("--")
                    && !List.of("--set", "--tune", "--corpus").contains(word)) {
                args.subList(former, former + 2).clear();
            }
        }
        args.addAll(Arrays.asList(more));
    }

    private Outcome made(String name, String... more) {
        return study(name, small(more));
    }

    /// A small study of the embedded corpus.
    private static String[] small(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--corpus",
                "synthetic:5",
                "--size",
                "80",
                "--fusions",
                "late-add,early-add",
                "--set",
                "training.epochs=2",
                "--set",
                "network.audio.hidden=4",
                "--set",
                "network.embedding=4"));
        replace(args, more);
        return args.toArray(new String[0]);
    }

    private Outcome dialogues(String name, String corpus, String... more) {
        List<String> args = new ArrayList<>(List.of("--level", "dialogue", "--corpus", corpus));
        for (String setting : List.of(
                "training.epochs=2",
                "network.audio.hidden=4",
                "network.audio.heads=2",
                "network.text.hidden=4",
                "network.text.heads=2",
                "network.fusionWidth=8")) {
            args.addAll(List.of("--set", setting));
        }
        args.addAll(Arrays.asList(more));
        return study(name, args.toArray(new String[0]));
    }

    private static double number(Csv.Row row, String column) {
        return Double.parseDouble(row.get(column));
    }

    /// Asserts that the command on the page for a cell trains the same model as the cell had.
    private void assertRepeats(String study, String cell) throws IOException {
        String page = Files.readString(folder.resolve(study).resolve("report.html"));
        Matcher command = Pattern.compile("bin/parallax (train [^<]*--out runs/" + Pattern.quote(cell) + ")")
                .matcher(page);
        assertTrue(command.find(), "no command of " + cell);
        String words = command.group(1).replace("&quot;", "\"").replaceFirst("--out runs/", "--out " + folder + "/");
        List<String> args = new ArrayList<>(List.of(words.split(" ")));
        args.add("--json");
        Outcome again = Outcome.of(args.toArray(new String[0]));
        assertEquals(0, again.code(), again.err());
        Csv results = Csv.read(folder.resolve(study).resolve("results.csv"));
        Csv.Row row = results.rows().stream()
                .filter(one -> cell.equals(one.get("strategy") + "." + one.get("loss") + ".fold"
                        + (Integer.parseInt(one.get("fold")) - 1) + ".seed" + 0))
                .findFirst()
                .orElseThrow();
        JsonObject scores = again.json().object("test").object("decision");
        assertEquals(number(row, "testUnweightedAccuracy"), scores.number("unweightedAccuracy"), 1e-12);
        assertEquals(number(row, "bestEpoch"), again.json().integer("bestEpoch"));
    }

    @Test
    void study_commandsOfItsCells_trainTheSameModels() throws IOException {
        Outcome outcome = made("study", "--folds", "speakers-3", "--seed", "4");
        assertEquals(0, outcome.code(), outcome.err());
        assertRepeats("study", "late-add.perspective.fold1.seed0");
        assertRepeats("study", "early-add.fused.fold2.seed0");
        assertRepeats("study", "audio.fused.fold1.seed0");
    }

    @Test
    void study_augmented_variesWhatIsHeardAndRepeats() throws IOException {
        Outcome outcome =
                made("augmented", "--set", "augmentation.copies=1", "--set", "augmentation.gain.probability=0.5");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains(" recordings, each with 1 varied copy"), outcome.err());
        assertRepeats("augmented", "late-add.perspective.fold0.seed0");
        assertRepeats("augmented", "text.fused.fold0.seed0");
    }

    /// Well-formed, loads nothing from elsewhere, and every link leads to an existing file.
    @Test
    void study_page_holdsTogether() throws Exception {
        assertEquals(0, made("page").code());
        Path page = folder.resolve("page/report.html");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
        NodeList links = document.getElementsByTagName("a");
        Set<String> files = new HashSet<>();
        for (int i = 0; i < links.getLength(); i++) {
            String target = ((Element) links.item(i)).getAttribute("href");
            assertTrue(target.startsWith("#") || Files.isRegularFile(page.resolveSibling(target)), target);
            files.add(target);
        }
        for (String data : List.of("confusions", "curves", "intervals", "planes", "reliability", "speakers")) {
            assertTrue(files.contains("figures/" + data + ".csv"), data + " among " + files);
        }
        assertEquals(12, document.getElementsByTagName("section").getLength(), "the ceilings are known here");
        assertEquals(0, document.getElementsByTagName("link").getLength());
        String text = document.getDocumentElement().getTextContent();
        assertTrue(text.contains("least p possible") && text.contains("difference shown"));
        assertTrue(text.contains("Utterances excluded: 0 of 80"));
        assertTrue(text.contains("The embedded corpus is not speech"));
        assertTrue(text.contains("synthetic: made by rules, not spoken"));
        for (String several : List.of("over the seeds", "folds and seeds", "All seeds", "all folds", "First fold")) {
            assertFalse(text.contains(several), several + ", where there is one seed and one fold");
        }
        assertTrue(text.contains("Unweighted accuracy of one model, of a single seed, with each loss"));
        String cells = text.replaceAll("\\s+", "");
        assertTrue(cells.contains("strategylossbothrightaudioalone"), "the loss of those who decide");
        assertTrue(cells.contains("late-addperspective"), "as in the other tables");
        assertFalse(text.contains("NOT SPEAKER-INDEPENDENT"), "its speakers are kept apart");
    }

    /// With five speakers no difference can be significant, and with synergy, strategies that only add have a
    /// lower ceiling.
    @Test
    void study_synergy_holdsEachAgainstItsCeiling() throws IOException {
        Outcome outcome = made("synergy", "--synergy", "0.5");
        assertEquals(0, outcome.code(), outcome.err());
        JsonObject ceilings = outcome.json().object("ceilings");
        assertEquals(0.85, ceilings.number("additive"), 1e-9);
        List<String> adding = ceilings.array("checks").objects().stream()
                .filter(check -> check.flag("onlyAdds"))
                .map(check -> check.text("strategy") + " " + check.text("loss"))
                .toList();
        assertEquals(
                List.of(
                        "late-add fused",
                        "late-add perspective",
                        "decision-mean -",
                        "decision-product -",
                        "decision-stack -"),
                adding);
        String page = Files.readString(folder.resolve("synergy/report.html"));
        assertTrue(page.contains("passes what adding can reach"));
        assertTrue(page.contains("and none could be: "), "so few test speakers show nothing");
    }

    @Test
    void study_nothingChose_namesNoBestEpoch() throws IOException {
        Outcome outcome = made("last", "--fusions", "audio", "--losses", "fused", "--set", "training.chosenOn=nothing");
        assertEquals(0, outcome.code(), outcome.err());
        for (Csv.Row row : Csv.read(folder.resolve("last/results.csv")).rows()) {
            assertEquals("2", row.get("epochs"));
            assertEquals("", row.get("bestEpoch"));
        }
        String page = Files.readString(folder.resolve("last/report.html"));
        assertTrue(page.contains("Nothing chose an epoch: the last is kept"));
        assertTrue(page.contains(">2</td><td class=\"number\" data-value=\"-Infinity\">–</td>"), "a dash");
        assertTrue(page.contains("val 0, ") && page.contains("NO validation part, it is trained on"), "the fold");
        for (String untrue : List.of("after temperature scaling", "logistic regression", "validation part alone")) {
            assertFalse(page.contains(untrue), untrue);
        }
    }

    /// Without a validation part nothing would choose among settings.
    @Test
    void study_tunedWithNothingToChoose_isRefused() {
        Outcome outcome =
                made("untuned", "--tune", "training.learningRate=0.001,0.01", "--set", "training.chosenOn=nothing");
        assertEquals(2, outcome.code());
        assertTrue(
                outcome.err()
                        .contains("training.chosenOn=nothing leaves no validation part to choose among the settings"
                                + " of --tune; name what chooses with --tune-by"),
                outcome.err());
    }

    @Test
    void study_ofOnePerspective_doesNotSpeakOfFusionsAndTexts() throws IOException {
        Outcome alone = Outcome.of(
                "study",
                "--corpus",
                "synthetic:5",
                "--size",
                "80",
                "--modalities",
                "audio",
                "--features",
                "functionals",
                "--seeds",
                "1",
                "--set",
                "training.epochs=1",
                "--out",
                folder.resolve("alone").toString());
        assertEquals(0, alone.code(), alone.err());
        assertTrue(alone.err().contains("study: perspectives alone, 1 fold, 1 seed: 1 cell"), alone.err());
        assertFalse(alone.out().contains("late-add"), alone.out());
        assertFalse(alone.out().contains("transcripts"), alone.out());
        String page = Files.readString(folder.resolve("alone/report.html"));
        for (String other :
                List.of("late-add", "less ", "p, corrected", "text alone says", "decision-*", " 0 comparisons")) {
            assertFalse(page.contains(other), other);
        }
    }

    @Test
    void study_anyThreads_sameResults() throws IOException {
        Outcome one = made("one", "--threads", "1");
        assertEquals(0, one.code());
        assertEquals(
                List.of("synthetic: made by rules, not spoken"),
                one.json().array("syntheticSpeech").texts());
        assertEquals(0, made("two", "--threads", "2").code());
        for (String file : List.of("results.json", "results.csv")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one").resolve(file)),
                    Files.readAllBytes(folder.resolve("two").resolve(file)),
                    file);
        }
    }

    @Test
    void study_groups_haveTheirSizesOnTheTerminal() throws IOException {
        StringBuilder table = new StringBuilder("id,half\n");
        for (int i = 0; i < 80; i++) {
            table.append(String.format(Locale.ROOT, "synthetic-%05d,%s%n", i, i % 4 == 0 ? "few" : "many"));
        }
        Path file = Files.writeString(folder.resolve("halves.csv"), table);
        String[] asked = small("--groups", file + ":half", "--losses", "fused");
        Outcome json = study("groups", asked);
        assertEquals(0, json.code(), json.err());
        List<String> heads = json.json().array("groups").objects().getFirst().array("rows").objects().stream()
                .map(row -> row.text("group") + " (" + row.integer("utterances") + ")")
                .distinct()
                .toList();
        assertEquals(2, heads.size(), heads.toString());
        String header = terminal("groups", asked)
                .lines()
                .filter(line -> line.startsWith("UA by half"))
                .findFirst()
                .orElseThrow();
        heads.forEach(head -> assertTrue(header.contains(head), header));
    }

    @Test
    void study_speakersNotKeptApart_saysSoAboveTheScores() throws IOException {
        String[] asked = small("--folds", "random", "--fusions", "late-add", "--losses", "fused");
        Outcome json = study("random", asked);
        assertEquals(0, json.code(), json.err());
        assertFalse(json.json().flag("speakerIndependent"));
        assertEquals(List.of(), json.json().array("dishonesty").texts());
        String banner = "NOT SPEAKER-INDEPENDENT: the same speakers may be in several parts, or are not known.";
        String page = Files.readString(folder.resolve("random/report.html"));
        assertTrue(page.indexOf(banner) > 0 && page.indexOf(banner) < page.indexOf("<section"), "a notice at the top");
        String out = terminal("random", asked);
        assertTrue(out.startsWith(banner), out);
        assertFalse(out.contains("Test more speakers"), out);
    }

    /// A class that is not tested has no recall, so it takes nothing from those who name one class.
    @Test
    void study_classesThatAreNotTested_doNotLowerTheLevelOfOneClass() {
        Path corpus = folder.resolve("corpus");
        Csv table = Csv.read(Outcome.synthesized(corpus, 60));
        List<List<String>> lines = new ArrayList<>();
        for (Csv.Row row : table.rows()) {
            boolean moved =
                    row.get("split").equals("test") && !List.of("anger", "joy").contains(row.get("emotion"));
            lines.add(table.header().stream()
                    .map(column -> moved && column.equals("split") ? "train" : row.get(column))
                    .toList());
        }
        Path manifest = corpus.resolve("two.csv");
        Csv.write(manifest, table.header(), lines);
        String out = terminal(
                "two",
                "--corpus",
                "manifest:" + manifest,
                "--modalities",
                "audio",
                "--features",
                "functionals",
                "--baselines",
                "majority",
                "--set",
                "training.epochs=1");
        assertTrue(out.contains("0.500  always one class"), out);
    }

    /// With linear perspectives of so few values no width makes these strategies as small.
    @Test
    void study_strategiesThatCannotShrink_saySoEverywhere() throws IOException {
        String[] asked = small(
                "--features",
                "functionals",
                "--fusions",
                "late-add,middle-lowrank",
                "--losses",
                "fused",
                "--baselines",
                "none",
                "--set",
                "training.epochs=1");
        Outcome json = study("sizes", asked);
        assertEquals(0, json.code(), json.err());
        JsonObject lowrank = json.json().array("rows").objects().stream()
                .filter(row -> row.text("strategy").equals("middle-lowrank"))
                .findFirst()
                .orElseThrow();
        double excess = lowrank.number("sizeExcess");
        assertTrue(excess > 0.5, "excess " + excess);
        String said = String.format(
                Locale.ROOT,
                "NOT OF EQUAL SIZE, whatever the width: middle-lowrank %+.1f %% learned values.",
                100 * excess);
        String page = Files.readString(folder.resolve("sizes/report.html"));
        assertTrue(page.contains(said), said);
        assertTrue(page.contains(">size less late-add<"), "its column");
        String narrow =
                " CLASSES, in features: middle-lowrank 1. What these lose may be width and not what they compute;"
                        + " --sizes as-set keeps the widths.";
        assertTrue(page.contains(narrow), narrow);
        String out = terminal("sizes", asked);
        assertTrue(out.contains(said) && out.contains("size less late-add"), out);
        assertFalse(out.contains("late-add +0.0 %,"), "an equal one is not named");
    }

    /// What a finished study says without `--json`.
    private String terminal(String name, String... asked) {
        List<String> again = new ArrayList<>(List.of("study", "--seeds", "1"));
        again.addAll(List.of("--out", folder.resolve(name).toString()));
        again.addAll(List.of(asked));
        return Outcome.of(again.toArray(new String[0])).out();
    }

    @Test
    void study_tuned_keepsWhatTheValidationPartPrefers() {
        Outcome outcome =
                made("tuned", "--tune", "training.learningRate=0.00001,0.01", "--tune", "network.fusionWidth=8,16");
        assertEquals(0, outcome.code(), outcome.err());
        Csv results = Csv.read(folder.resolve("tuned/results.csv"));
        Set<String> kept =
                results.rows().stream().map(row -> row.get("variant")).collect(Collectors.toSet());
        for (String variant : kept) {
            assertTrue(
                    variant.matches("training.learningRate=[0-9.]+ network.fusionWidth=\\d+"), variant + " of " + kept);
        }
        assertTrue(kept.stream().anyMatch(variant -> variant.contains("=0.01 ")), "nothing learns at 0.00001: " + kept);
    }

    @Test
    void study_dialoguesOfVectors_everyStrategyAndAllTables() throws IOException {
        String corpus = "features:" + DialogueFolder.write(folder.resolve("corpus"), 40, 6, 12);
        Outcome outcome = dialogues("vectors", corpus, "--fusions", "all", "--losses", "perspective");
        assertEquals(0, outcome.code(), outcome.err());
        List<String> names = outcome.json().array("rows").objects().stream()
                .map(row -> row.text("strategy"))
                .toList();
        assertEquals(3 + 2 + Fusions.names().size() + 3, names.size(), names.toString());
        assertTrue(names.contains("linear, audio vectors"), names.toString());
        assertFalse(outcome.json().flag("causal"));
        assertRepeats("vectors", "aligned.perspective.fold0.seed0");
    }

    @Test
    void study_dialoguesInFolds_testsEachUtteranceOnce() {
        String corpus = "features:" + DialogueFolder.write(folder.resolve("corpus"), 40, 6, 12);
        Outcome outcome = dialogues("folds", corpus, "--fusions", "late-add", "--folds", "dialogues-3", "--causal");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.json().flag("causal"));
        long labelled = Csv.read(folder.resolve("corpus/utterances.csv")).rows().stream()
                .filter(row -> !row.get("emotion").isEmpty())
                .count();
        for (JsonObject row : outcome.json().array("rows").objects()) {
            assertEquals(labelled, row.integer("utterances"), row.text("strategy"));
        }
    }

    @Test
    void study_presetPaperCode_isMarkedAndHasNoStack() throws IOException {
        String corpus = "features:" + DialogueFolder.write(folder.resolve("corpus"), 40, 6, 12);
        Outcome outcome =
                dialogues("code", corpus, "--fusions", "late-add", "--losses", "fused", "--preset", "paper-code");
        assertEquals(0, outcome.code(), outcome.err());
        String line = outcome.json().array("dishonesty").texts().getFirst();
        assertTrue(line.startsWith("DISHONEST"), line);
        assertTrue(Files.readString(folder.resolve("code/report.html")).contains(line));
        List<String> names = outcome.json().array("rows").objects().stream()
                .map(row -> row.text("strategy"))
                .toList();
        assertTrue(names.contains("decision-mean") && !names.contains("decision-stack"), names.toString());
    }

    @Test
    void study_wrongNames_areRefusedWithThoseThatThereAre() {
        Outcome fusion = made("none", "--fusions", "late-ad");
        assertEquals(2, fusion.code());
        assertTrue(fusion.err().contains("did you mean \"late-add\""), fusion.err());
        Outcome loss = made("none", "--fusions", "decision-mean,audio", "--losses", "perspective");
        assertEquals(2, loss.code());
        assertTrue(loss.err().contains("one perspective by itself has but one loss"), loss.err());
        Outcome seeds = made("none", "--seeds", "3,4");
        assertEquals(2, seeds.code());
        assertTrue(
                seeds.err().contains("it is the number of repetitions, not a list of seeds; write --seeds 2 --seed 3"),
                seeds.err());
        Outcome tune = made("none", "--tune", "tokenizer.numbers=true,false");
        assertEquals(2, tune.code());
        assertTrue(tune.err().contains("only features and settings of network and training can be tried"), tune.err());
        Outcome folds = made("none", "--folds", "sesions");
        assertEquals(2, folds.code());
        assertTrue(folds.err().contains("did you mean \"sessions\"?"), folds.err());
        assertTrue(folds.err().contains("--folds: \"sesions\" is not one of"), folds.err());
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void study_innerRotation_choosesWithoutTheTestPart() {
        Path corpus = folder.resolve("corpus");
        Path manifest = Outcome.synthesized(corpus, 60);
        JsonObject honest = rotated("honest", manifest);
        Csv table = Csv.read(manifest);
        List<List<String>> lines = new ArrayList<>();
        for (Csv.Row row : table.rows()) {
            boolean lie = row.get("split").equals("test");
            lines.add(table.header().stream()
                    .map(column -> !lie || !column.equals("emotion")
                            ? row.get(column)
                            : row.get(column).equals("anger") ? "joy" : "anger")
                    .toList());
        }
        Csv.write(corpus.resolve("lies.csv"), table.header(), lines);
        JsonObject lying = rotated("lying", corpus.resolve("lies.csv"));
        JsonObject tried = honest.array("tried").objects().getFirst();
        assertEquals(
                List.of("features=functionals", "features=prosody"),
                tried.array("scores").objects().stream()
                        .map(score -> score.text("variant"))
                        .toList());
        assertEquals(honest.get("tried"), lying.get("tried"));
        assertEquals(
                List.of("most frequent class", "linear, audio", "audio"),
                honest.array("rows").objects().stream()
                        .map(row -> row.text("strategy"))
                        .toList());
        assertNotEquals(honest.get("rows"), lying.get("rows"));
    }

    /// A silent recording takes part in no fold, and every fold records it.
    @Test
    void study_leftOut_isRecordedInEveryFold() throws IOException {
        Path corpus = folder.resolve("corpus");
        Csv.Row first = Csv.read(Outcome.synthesized(corpus, 60)).rows().getFirst();
        WavWriter.PCM_16.write(corpus.resolve(first.get("audio")), new Audio(new float[16000], 16000));
        Outcome outcome = study(
                "left",
                "--corpus",
                "manifest:" + corpus.resolve("manifest.csv"),
                "--cache",
                folder.resolve("cache").toString(),
                "--leave-out",
                "silent",
                "--folds",
                "speakers-2",
                "--fusions",
                "late-add",
                "--losses",
                "fused",
                "--set",
                "training.epochs=1",
                "--set",
                "network.audio.hidden=4",
                "--set",
                "network.audio.heads=1");
        assertEquals(0, outcome.code(), outcome.err());
        for (String fold : List.of("fold0", "fold1")) {
            JsonObject cell = Json.parseObject(folder.resolve("left/cells/late-add.fused." + fold + ".seed0.json"));
            String how = cell.object("record").object("split").text("how");
            assertTrue(how.endsWith("; 1 left out on request, whose recordings have faults"), how);
        }
        String page = Files.readString(folder.resolve("left/report.html"));
        assertFalse(page.contains("In no part, since"), "nothing was left out for that");
    }

    private JsonObject rotated(String name, Path manifest) {
        Outcome outcome = study(
                name,
                "--corpus",
                "manifest:" + manifest,
                "--labels",
                "joy,anger",
                "--modalities",
                "audio",
                "--cache",
                folder.resolve("cache").toString(),
                "--tune",
                "features=functionals,prosody",
                "--tune-by",
                "speakers-2",
                "--set",
                "training.epochs=2",
                "--set",
                "network.audio.hidden=4");
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.json();
    }
}
