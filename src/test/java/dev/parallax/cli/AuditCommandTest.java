package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.file.WavWriter;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command `audit`, with the starter.
class AuditCommandTest {

    @TempDir
    Path folder;

    private Path clip;
    private Path out;

    @BeforeEach
    void write() {
        clip = folder.resolve("clip.wav");
        out = folder.resolve("out");
        SyntheticCorpus corpus =
                new SyntheticCorpus(SyntheticSettings.defaults(1).withSize(40));
        WavWriter.PCM_16.write(
                clip,
                Objects.requireNonNull(corpus.utterances().getFirst().audio()).read());
    }

    private Outcome audit(String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "audit";
        System.arraycopy(more, 0, all, 1, more.length);
        return Outcome.of(all);
    }

    private Outcome written() {
        return audit("--audio", clip.toString(), "--text", "so glad you came", "--out", out.toString(), "--json");
    }

    /// The page has the answer that predict gives, every step, and the trace holds.
    @Test
    void run_recordingAndText_writesPageAndTraceOfTheAnswer() throws IOException {
        Outcome outcome = written();
        assertEquals(0, outcome.code(), outcome.err());
        JsonObject result = Json.parseObject(outcome.out(), "out");
        assertTrue(result.flag("holds"));
        JsonObject trace = Json.parseObject(out.resolve("trace.json"));
        Outcome predicted = Outcome.of("predict", "--audio", clip.toString(), "--text", "so glad you came", "--json");
        JsonObject prediction = Json.parseObject(predicted.out(), "predict");
        assertEquals(prediction.text("decision"), answers(trace).getFirst().text("decision"));
        String page = Files.readString(out.resolve("report.html"));
        for (JsonObject step : trace.array("steps").objects()) {
            assertTrue(page.contains("id=\"" + step.text("name") + "\""), step.text("name"));
            for (JsonObject source : step.array("in").objects()) {
                String value = source.text("value");
                assertTrue(
                        page.contains(value.startsWith("parameter.") ? value.substring(10) : "href=\"#" + value + "\""),
                        value);
            }
        }
        assertTrue(page.contains("The fused logits are a sum, class by class"));
        assertTrue(page.indexOf(">Why<") < page.indexOf(">Every step<"), "why comes first");
        JsonObject attribution = Json.parseObject(out.resolve("attribution.json"));
        assertEquals(attribution.toText(), result.object("attribution").toText());
        assertEquals(prediction.text("decision"), attribution.text("label"));
        for (JsonObject view : attribution.array("attributions").objects()) {
            assertTrue(view.flag("complete"), view::toText);
        }
        assertFalse(page.contains("Sanity check"), "that takes longer");
        assertFalse(page.contains("src=\"http"), "it needs no network");
    }

    private static List<JsonObject> answers(JsonObject trace) {
        return trace.object("of").array("utterances").objects().stream()
                .map(utterance -> utterance.object("prediction"))
                .toList();
    }

    @Test
    void run_replayOfAnAlteredTrace_is1AndNamesTheStep() throws IOException {
        assertEquals(0, written().code());
        assertEquals(0, audit("--replay", out.toString()).code());
        Path steps = out.resolve("trace.json");
        Files.writeString(steps, Files.readString(steps).replace("\"HTK\"", "\"SLANEY\""));
        Outcome altered = audit("--replay", out.toString());
        assertEquals(1, altered.code());
        assertTrue(altered.out().contains("step.0002 (bands): settings is"), altered.out());
    }

    /// With the option the attribution is checked, and the console says so.
    @Test
    void run_checkAttribution_hasSanityCheckAndDeletionCurves() throws IOException {
        Outcome outcome = audit(
                "--audio",
                clip.toString(),
                "--text",
                "so glad you came",
                "--check-attribution",
                "--out",
                out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("why:      "), outcome.out());
        assertTrue(outcome.out().contains("checked:  rank correlation with a model of random weights"), outcome.out());
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("Sanity check"));
        assertTrue(page.contains("while words are taken away"));
        assertTrue(Files.exists(out.resolve("figures").resolve("deletion-words.csv")));
        Outcome two = audit("--replay", out.toString(), "--check-attribution");
        assertEquals(2, two.code());
    }

    @Test
    void run_wrongUsage_isOneLineAndLosesNothing() throws IOException {
        assertEquals(0, audit("--text", "so glad", "--out", out.toString()).code());
        byte[] page = Files.readAllBytes(out.resolve("report.html"));
        String[][] wrong = {
            {"audit: give --audio, --text or both", "--out", "x"},
            {"--out is missing", "--text", "so glad"},
            {"holds something already", "--text", "so glad", "--out", out.toString()},
            {"--replay checks what was written", "--replay", out.toString(), "--text", "so glad"},
            {"holds no trace; give a folder", "--replay", folder.resolve("none").toString()},
            {"is a file; give a folder", "--text", "so glad", "--out", clip.toString()},
            {"give them with --manifest", "--text", "so glad", "--root", folder.toString(), "--out", out.toString()},
            {"holds no word", "--text", "?!", "--out", folder.resolve("y").toString()},
        };
        for (String[] line : wrong) {
            String[] arguments = new String[line.length - 1];
            System.arraycopy(line, 1, arguments, 0, arguments.length);
            Outcome outcome = audit(arguments);
            assertEquals(2, outcome.code(), line[0]);
            assertTrue(outcome.err().contains(line[0]), outcome.err());
        }
        assertEquals(page.length, Files.readAllBytes(out.resolve("report.html")).length);
        assertFalse(Files.exists(folder.resolve("y")), "nothing is written of what has no answer");
    }

    @Test
    void audit_gradients_areThoseOfTheLoss() {
        Outcome outcome = audit("--gradients", "--corpus", "synthetic:1", "--labels", "anger,happiness=joy,sadness");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("gradients: they are those of the loss"), outcome.out());
        assertTrue(outcome.out().contains("text.embedding.weight"), outcome.out());
        assertTrue(outcome.out().contains("nothing is masked or hidden under these settings"), outcome.out());
        assertTrue(outcome.out().contains("record: loss perspective, optimizer adamw, schedule cosine"));
        assertTrue(outcome.out().contains("the parameters are those of the formulas"), outcome.out());
        Outcome both = audit("--gradients", "--text", "so happy", "--corpus", "synthetic:1");
        assertEquals(2, both.code());
        assertTrue(both.err().contains("leave --text out"), both.err());
        assertEquals(2, audit("--gradients").code(), "without a corpus");
        assertEquals(2, audit("--text", "so happy", "--corpus", "synthetic:1").code());
    }
}
