package dev.parallax.cli.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.cli.Main;
import dev.parallax.cli.Outcome;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `listen`, which a recording stands in for the microphone.
class ListenCommandTest {

    @TempDir
    static Path folder;

    private static String clip;

    @BeforeAll
    static void write() {
        float[] samples = new float[16000 * 7 / 4];
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * i * (120 + 30.0 * i / samples.length) / 16000;
            for (int partial = 1; partial <= 12; partial++) {
                samples[i] += (float) (0.2 * Math.sin(partial * phase) / partial);
            }
        }
        Path file = folder.resolve("clip.wav");
        WavWriter.FLOAT_32.write(file, new Audio(samples, 16000));
        clip = file.toString();
    }

    private static Outcome listen(String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("listen", "--fast", "--backend", "scalar"));
        words.addAll(List.of(more));
        return Outcome.of(words.toArray(String[]::new));
    }

    @Test
    void listen_json_endsWithTheDocumentOfPredict() {
        Outcome outcome = listen("--audio", clip, "--text", "so glad you came", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonObject> lines = outcome.out()
                .lines()
                .map(line -> Json.parseObject(line, "stdout"))
                .toList();
        assertEquals(
                List.of("answer", "answer", "answer", "final"),
                lines.stream().map(line -> line.text("type")).toList());
        assertEquals(1.75, lines.getLast().number("end"));
        assertEquals(
                Outcome.of("predict", "--audio", clip, "--text", "so glad you came", "--json")
                        .json(),
                lines.getLast().object("prediction"));
    }

    @Test
    void listen_noTerminal_printsALineAnAnswerAndTheLastAsPredict() {
        Outcome outcome = listen("--audio", clip, "--window", "1");
        List<String> lines = outcome.out().lines().toList();
        assertTrue(lines.get(0).startsWith("0.5 s  "), outcome.out());
        assertTrue(lines.get(2).matches("1\\.5 s  .*, by audio  audio [a-z]+ \\d\\.\\d\\d"), outcome.out());
        for (String line : lines.subList(0, 3)) { // what is said is what the number is of
            assertTrue(line.matches(".* s  (?:not sure; most likely )?([a-z]+), by audio  audio \\1 .*"), line);
        }
        assertEquals("the last window, 0.75 to 1.75 s:", lines.get(3));
        assertTrue(lines.getLast().startsWith("decision: "), outcome.out());
        assertTrue(outcome.err().contains("It cannot know what anyone feels."), outcome.err());
        assertTrue(outcome.err().contains("AI Act, Art. 5(1)(f)"), outcome.err());
    }

    @Test
    void listen_wrongOptions_areRefused() {
        assertEquals(
                "parallax: listen: --fast is for a recording; give it with --audio",
                listen().err().strip());
        assertEquals(
                "parallax: --window 60.0 must be from 0.5 to 30.0 seconds",
                listen("--audio", clip, "--window", "60").err().lines().toList().getLast());
        assertEquals(2, listen("--audio", clip, "--channel", "each").code());
        assertEquals(2, listen("--audio", "nowhere.wav").code());
    }

    private static boolean hasMicrophone() {
        for (Mixer.Info info : AudioSystem.getMixerInfo()) {
            if (AudioSystem.getMixer(info).isLineSupported(new Line.Info(TargetDataLine.class))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void listen_noMicrophone_saysSo() {
        assumeTrue(!hasMicrophone(), "this machine has a microphone");
        Outcome outcome = Outcome.of("listen");
        assertEquals(2, outcome.code());
        assertEquals(
                "parallax: listen: there is no microphone that can be heard; plug one in and allow programs to use it, or"
                        + " play a recording: --audio clip.wav\n",
                outcome.err());
    }

    /// In real time a minute is played; a signal ends it before.
    @Test
    void listen_untilASignal_givesTheLastAnswerAndReadsTypedWords() throws Exception {
        Path minute = folder.resolve("minute.wav");
        WavWriter.PCM_16.write(minute, new Audio(new float[60 * 16000], 16000));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "listen",
                        "--backend",
                        "scalar",
                        "--json",
                        "--audio",
                        minute.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            type(process, "so glad you came\n");
            JsonObject line = next(out);
            while (line.object("prediction").get("text") instanceof Json.Null) {
                line = next(out);
            }
            process.toHandle().destroy(); // SIGTERM, as Ctrl-C is SIGINT
            while (line.text("type").equals("answer")) {
                line = next(out);
            }
            assertEquals("final", line.text("type"));
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(143, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void type(Process process, String words) throws IOException {
        process.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private static JsonObject next(BufferedReader out) throws IOException {
        return Json.parseObject(String.valueOf(out.readLine()), "stdout");
    }
}
