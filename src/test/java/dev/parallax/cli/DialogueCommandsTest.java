package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.DialogueFolder;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands on dialogues, from a folder of vectors to the scores of a model.
class DialogueCommandsTest {

    @TempDir
    static Path folder;

    private static String corpus;
    private static Path run;
    private static Outcome trained;

    @BeforeAll
    static void makeAndTrain() {
        corpus = "features:" + DialogueFolder.write(folder.resolve("corpus"), 30, 6, 12);
        run = folder.resolve("run");
        trained = train(corpus, run, "--level", "dialogue");
        assertEquals(0, trained.code(), trained.err());
    }

    private static Outcome train(String from, Path out, String... more) {
        List<String> args = new ArrayList<>(List.of("train", "--corpus", from, "--out", out.toString(), "--json"));
        for (String setting : List.of(
                "training.epochs=2",
                "network.audio.hidden=4",
                "network.audio.heads=2",
                "network.text.hidden=4",
                "network.text.heads=2")) {
            args.add("--set");
            args.add(setting);
        }
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    @Test
    void train_onVectors_namesTheirSizesAndWhatIsMissing() {
        assertTrue(trained.err().contains(" numbers of the audio, "), trained.err());
        assertFalse(trained.err().contains("recordings that are learned from"), trained.err());
        Outcome alone = train(corpus, folder.resolve("alone"), "--level", "dialogue", "--modalities", "audio");
        assertTrue(alone.err().contains(" numbers of the audio, the text is not read"), alone.err());
    }

    @Test
    void evaluate_testPart_isWhatTrainingScored() throws IOException {
        Path page = run.resolveSibling("page");
        Outcome outcome = Outcome.of(
                "evaluate", "--model", run.toString(), "--corpus", corpus, "--json", "--out", page.toString());
        assertEquals(0, outcome.code(), outcome.err());
        String html = Files.readString(page.resolve("report.html"));
        assertTrue(html.contains("or that of the one perspective that an utterance has."), "no doubts about vectors");
        JsonObject scored = trained.json().object("test");
        assertEquals(scored, outcome.json().object("scores"));
        assertTrue(scored.object("audio").flag("taught"));
        assertTrue(Files.exists(run.resolve("report.html")));
    }

    @Test
    void evaluate_robustnessOfVectors_isRefused() {
        Outcome outcome = Outcome.of("evaluate", "--model", run.toString(), "--corpus", corpus, "--robustness");
        assertEquals(2, outcome.code());
        assertTrue(
                outcome.err()
                        .contains(
                                "--robustness: the utterances are known by their vectors alone, which cannot be heard under"
                                        + " other conditions; give their recordings or sentences"),
                outcome.err());
    }

    @Test
    void evaluate_trainingPart_isRefused() {
        Outcome outcome =
                Outcome.of("evaluate", "--model", run.toString(), "--corpus", corpus, "--split", "train", "--json");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--allow-seen"), outcome.err());
    }

    @Test
    void audit_gradientsOfGivenVectors_holdOnVectorsAlone() {
        Outcome outcome = Outcome.of("audit", "--gradients", "--model", run.toString(), "--corpus", corpus);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("the parameters are those of the formulas"), outcome.out());
        Outcome recordings = Outcome.of("audit", "--gradients", "--model", run.toString(), "--corpus", "synthetic:1");
        assertEquals(2, recordings.code());
        assertTrue(recordings.err().contains("no utterance says which dialogue it is from"), recordings.err());
    }

    @Test
    void predict_modelOfDialogues_saysWhatItIsFor() {
        Outcome outcome = Outcome.of("predict", "--model", run.toString(), "--text", "hello");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("answers vectors that another model made"), outcome.err());
    }

    @Test
    void train_levelThatDoesNotFit_isRefused() {
        Path out = folder.resolve("none");
        Outcome utterances = train(corpus, out);
        assertEquals(2, utterances.code());
        assertTrue(utterances.err().contains("--level utterance: utterance u0 is known by its vectors"));
        Outcome dialogues = train("synthetic:1", out, "--level", "dialogue");
        assertEquals(2, dialogues.code());
        assertTrue(dialogues.err().contains("no utterance says which dialogue it is from"), dialogues.err());
    }

    @Test
    void train_foldOfSessions_testsOneSession() {
        Path out = folder.resolve("fold");
        Outcome outcome = train(corpus, out, "--level", "dialogue", "--protocol", "sessions/2", "--seed", "3");
        assertEquals(0, outcome.code(), outcome.err());
        JsonObject split = outcome.json().object("split");
        String how = "sessions, fold 2 of 30, seed 3: test sessions [s10+s11], validation sessions [";
        assertTrue(split.text("how").startsWith(how), split.text("how"));
        assertTrue(split.flag("speakerIndependent"));
        assertEquals(0, split.integer("excluded"));
    }

    @Test
    void train_speakersThatCutADialogue_isRefused() {
        Outcome outcome = train(corpus, folder.resolve("none"), "--level", "dialogue", "--test-speakers", "s00");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("would be in two parts"), outcome.err());
    }
}
