package dev.parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.audit.attribution.Explanation;
import dev.parallax.audit.attribution.ShapleyValues;
import dev.parallax.audit.attribution.ViewAttribution;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Starter;
import dev.parallax.trace.Step;
import dev.parallax.trace.TraceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The numbers of docs/audit.md, and its lines of Python.
class AuditChapterTest {

    private static final Path CHAPTER = Path.of("docs", "audit.md");

    @TempDir
    Path folder;

    @Test
    void chapter_byHand_hasTheNumbersOfTheStarter() throws IOException {
        String chapter = Files.readString(CHAPTER);
        try (EmotionModel starter = Starter.load(new ScalarBackend())) {
            UtteranceAudit audit = UtteranceAudit.of(starter, List.of(), "so happy");
            List<Step> steps = audit.trace().steps();
            double[] z = steps.get(13).values();
            double temperature = steps.get(14).values()[0];
            double[] p = steps.get(15).values();
            double sum = 0;
            for (int c = 0; c < z.length; c++) {
                sum += Math.exp(z[c] / temperature);
                String row = String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %.3f | %.3f | %.3f |",
                        starter.labels().names().get(c),
                        z[c],
                        z[c] / temperature,
                        Math.exp(z[c] / temperature),
                        p[c]);
                assertTrue(chapter.contains(row), row);
            }
            String sentence = String.format(Locale.ROOT, "T is %.4f, the sum of the powers is %.3f:", temperature, sum);
            assertTrue(chapter.contains(sentence), sentence);
            String least = String.format(Locale.ROOT, "%.4f", steps.get(16).values()[2]);
            assertTrue(chapter.contains("It is above " + least), least);
            assertTrue(audit.prediction().decision().sure());
        }
    }

    @Test
    void chapter_inPython_computesTheStepsAgain() throws IOException, InterruptedException {
        assumeTrue(exitCode("python3", "-c", "import numpy") == 0, "python3 has no numpy here");
        String chapter = Files.readString(CHAPTER);
        int from = chapter.indexOf("```python\n") + "```python\n".length();
        Path script = folder.resolve("walk.py");
        Files.writeString(script, chapter.substring(from, chapter.indexOf("```", from)));
        Path model = folder.resolve("starter.safetensors");
        try (EmotionModel starter = Starter.load(new ScalarBackend())) {
            starter.save(model);
            TraceFile.write(
                    folder,
                    Json.object(),
                    UtteranceAudit.of(starter, List.of(), "so happy").trace());
        }
        Process python = new ProcessBuilder("python3", script.toString(), model.toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), said);
        String[] lines = said.strip().split("\n");
        assertEquals(2, lines.length, said);
        for (String line : lines) {
            double difference = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            assertTrue(difference < 1e-5, said);
        }
    }

    /// The words' worth, the gap, and the game of two players.
    @Test
    void chapter_whatAnAnswerHangsOn_hasTheNumbersOfTheStarter() throws IOException {
        String chapter = Files.readString(CHAPTER);
        try (EmotionModel starter = Starter.load(new ScalarBackend())) {
            UtteranceAudit audit = UtteranceAudit.of(starter, List.of(), "so happy");
            ViewAttribution found = Explanation.of(starter, audit, false).decided();
            double so = found.words().get(0);
            double happy = found.words().get(1);
            double difference = found.logit() - found.baseline();
            for (String line : List.of(
                    String.format(
                            Locale.ROOT,
                            "Its logit is z(x) = %.3f, as in the table above, and z(b) = %.3f.",
                            found.logit(),
                            found.baseline()),
                    String.format(Locale.ROOT, "| so | %.3f |", so),
                    String.format(Locale.ROOT, "| happy | %.3f |", happy),
                    String.format(Locale.ROOT, "which is %.3f together; z(x) - z(b) is %.3f.", so + happy, difference),
                    String.format(
                            Locale.ROOT,
                            "The gap is %.3f / %.3f = %.2f %%.",
                            so + happy - difference,
                            difference,
                            100 * found.gap()))) {
                assertTrue(chapter.contains(line), line);
            }
        }
        ShapleyValues game = ShapleyValues.of(0.843, 0.821, 0.911, 0.25);
        assertTrue(chapter.contains("v(both) = 0.843, v(audio) = 0.821, v(text) = 0.911\nand v(neither) = 0.250"));
        String shares = String.format(
                Locale.ROOT,
                "φ_audio is ½ (0.571 - 0.068) = %.4f and φ_text is ½ (0.661 + 0.022) = %.4f.",
                game.ofAudio(),
                game.ofText());
        assertTrue(chapter.contains(shares), shares);
    }

    private static int exitCode(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
