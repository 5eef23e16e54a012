package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Golden;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Npy;
import dev.parallax.pretrained.GoldenFolders;
import dev.parallax.pretrained.checkpoint.TorchWriter;
import dev.parallax.pretrained.tokenizer.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `features --encoder` on folders of every kind, as their users have them: the states of the original programs.
class EncoderFoldersTest {

    private static final double TOLERANCE = 1e-4;
    private static final String TEXT = "I am so happy for you!";

    @TempDir
    private Path folder;

    private Path encoder() {
        return folder.resolve("encoder");
    }

    private Npy states(String... input) {
        Path out = folder.resolve("states.npy");
        Outcome outcome = outcome(out, input);
        assertEquals(0, outcome.code(), outcome.err());
        return Npy.read(out);
    }

    private Outcome outcome(Path out, String... input) {
        String[] command = {"features", "--encoder", encoder().toString(), "--out", out.toString()};
        String[] all = Arrays.copyOf(command, command.length + input.length);
        System.arraycopy(input, 0, all, command.length, input.length);
        return Outcome.of(all);
    }

    private String wave(float[] samples) {
        Path file = folder.resolve("clip.wav");
        WavWriter.PCM_16.write(file, new Audio(samples, 16_000));
        return file.toString();
    }

    private static float[] golden(int i) {
        return new Golden("pretrained/waves").floats("wave_" + i);
    }

    private static void assertText(String golden, Npy states) {
        float[] expected = new Golden("pretrained/" + golden).floats("hidden_0");
        assertArrayEquals(new int[] {4, expected.length / 4 / 32, 32}, states.shape());
        Golden.assertClose(golden, expected, states.values(), TOLERANCE);
    }

    @Test
    void bert_legacyWeightsAndVocabularyAlone_hasTheOriginalStates() throws IOException {
        GoldenFolders.copy(encoder(), "bert/config.json", "bert/pytorch_model.bin", "tokenizer/bert/vocab.txt");
        assertText("bert", states("--text", TEXT));
    }

    @Test
    void distilBert_safetensorsAndVocabulary_hasTheOriginalStates() throws IOException {
        GoldenFolders.copy(encoder(), "distilbert", "tokenizer/distilbert", "tokenizer/bert/vocab.txt");
        assertText("distilbert", states("--text", TEXT));
    }

    @Test
    void roberta_vocabularyAndMerges_hasTheOriginalStates() throws IOException {
        GoldenFolders.copy(encoder(), "roberta", "tokenizer/roberta/vocab.json", "tokenizer/roberta/merges.txt");
        assertText("roberta", states("--text", TEXT));
    }

    @Test
    void xlmRoberta_tokenizerJson_hasTheOriginalStates() throws IOException {
        GoldenFolders.copy(encoder(), "xlm-roberta");
        Path tokenizer = TokenizerFiles.write("xlm-roberta", folder, true).resolve("tokenizer.json");
        Files.move(tokenizer, encoder().resolve("tokenizer.json"));
        assertText("xlm-roberta", states("--text", TEXT));
    }

    @Test
    void sentenceTransformer_pooled_hasOneRow() throws IOException {
        GoldenFolders.copy(encoder(), "minilm", "tokenizer/bert", "tokenizer/minilm");
        Npy pooled = states("--text", TEXT, "--layer", "pooled");
        assertArrayEquals(new int[] {1, 32}, pooled.shape());
        float[] hidden = new Golden("pretrained/minilm").floats("hidden_0");
        float[] mean = new float[32];
        int from = hidden.length / 4 * 3; // the last of four layers
        for (int at = from; at < hidden.length; at++) {
            mean[at % 32] += hidden[at] / (hidden.length - from) * 32;
        }
        Golden.assertClose("mean", mean, pooled.values(), TOLERANCE);
    }

    /// The golden file has only the last states of the frames.
    @ParameterizedTest
    @CsvSource({"model.pt, false", "model.pt, true", "emotion2vec_base.pt, false", "emotion2vec_base.pt, true"})
    void emotion2vec_bothLayoutsOfWeights_hasTheOriginalStates(String name, boolean isLegacy) throws IOException {
        GoldenFolders.copy(encoder(), "emotion2vec/config.yaml");
        Path weights = GoldenFolders.golden("emotion2vec/model.pt");
        Files.write(encoder().resolve(name), isLegacy ? TorchWriter.legacyCopy(weights) : Files.readAllBytes(weights));
        Npy states = states("--audio", wave(golden(1)), "--layer", "5");
        assertArrayEquals(new int[] {30, 48}, states.shape());
        Golden.assertClose(name, new Golden("pretrained/emotion2vec").floats("frames_1"), states.values(), TOLERANCE);
    }

    @Test
    void hubert_binAlone_hasTheStatesOfItsWeights() throws IOException {
        GoldenFolders.copy(
                encoder(),
                "hubert-base/config.json",
                "hubert-base/preprocessor_config.json",
                "hubert-base/pytorch_model.bin");
        Npy states = states("--audio", wave(golden(1)));
        Golden.assertClose(
                "hubert", new Golden("pretrained/hubert-base").floats("hidden_1"), states.values(), TOLERANCE);
    }

    @Test
    void whisper_recordingOfOneSecond_hasItsOwnStatesAlone() throws IOException {
        GoldenFolders.copy(encoder(), "whisper-encoder");
        Npy states = states("--audio", wave(golden(1)));
        assertArrayEquals(new int[] {4, 31, 32}, states.shape());
        float[] all = new Golden("pretrained/whisper-encoder").floats("hidden_1");
        float[] expected = new float[4 * 31 * 32];
        for (int layer = 0; layer < 4; layer++) {
            System.arraycopy(all, layer * 150 * 32, expected, layer * 31 * 32, 31 * 32);
        }
        Golden.assertClose("whisper", expected, states.values(), TOLERANCE);
    }

    // ---- the shortest recording ----

    @ParameterizedTest
    @ValueSource(
            strings = {"wav2vec2-base", "wav2vec2-large", "hubert-base", "wavlm-base", "data2vec-audio", "emotion2vec"})
    void speech_400SamplesGiveAFrame_399AreRefused(String name) throws IOException {
        GoldenFolders.copy(encoder(), name);
        float[] samples = golden(0);
        assertEquals(400, samples.length);
        assertEquals(1, states("--audio", wave(samples), "--layer", "0").shape()[0]);
        Path out = folder.resolve("none.npy");
        Outcome refused = outcome(out, "--audio", wave(Arrays.copyOf(samples, 399)));
        assertEquals(2, refused.code());
        assertTrue(
                refused.err()
                        .contains("the recording has 399 samples at 16000 Hz, the encoder reads at least 400; give a"
                                + " longer one"),
                refused.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void whisper_recordingLongerThanItReads_isRefused() throws IOException {
        GoldenFolders.copy(encoder(), "whisper-encoder");
        assertEquals(2, states("--audio", wave(new float[400]), "--layer", "0").shape()[0]);
        Outcome refused = outcome(folder.resolve("none.npy"), "--audio", wave(new float[48_001]));
        assertEquals(2, refused.code());
        assertTrue(
                refused.err().contains("has 48001 samples at 16000 Hz, the encoder reads at most 48000; cut it"),
                refused.err());
    }
}
