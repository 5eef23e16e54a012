package dev.parallax.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Golden;
import dev.parallax.Refusal;
import dev.parallax.backend.scalar.ScalarBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Folders of sentence-transformers: one row for a sentence, by formula from golden states.
class SentencePoolingTest {

    private static final String SENTENCE = "I am so happy for you!";
    private static final int WIDTH = 32;
    private static final double TOLERANCE = 5e-5;

    @TempDir
    private Path folder;

    /// The states of the last layer, [tokens, width].
    private final float[] states = lastStates();

    private static float[] lastStates() {
        float[] all = new Golden("pretrained/minilm").floats("hidden_0");
        return Arrays.copyOfRange(all, all.length / 4 * 3, all.length); // of four layers
    }

    @BeforeEach
    void copyEncoder() throws IOException {
        GoldenFolders.copy(folder, "minilm", "tokenizer/bert", "tokenizer/minilm");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private void writeModules(String... kinds) throws IOException {
        List<String> modules = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            String path = i == 0 ? "" : i + "_" + kinds[i];
            modules.add("{\"idx\": " + i + ", \"name\": \"" + i + "\", \"path\": \"" + path
                    + "\", \"type\": \"sentence_transformers.models." + kinds[i] + "\"}");
        }
        write("modules.json", modules.toString());
    }

    private float[] row() {
        FrozenStates all = FrozenStates.ofText(folder, SENTENCE, new ScalarBackend(), warning -> {
            throw new AssertionError(warning);
        });
        FrozenStates pooled = all.pooled(SentencePooling.of(folder));
        assertEquals(1, pooled.rows());
        assertEquals(pooled.width(), pooled.together().length);
        return pooled.together();
    }

    private double[] expected(String mode) {
        double[] row = new double[WIDTH];
        int rows = states.length / WIDTH;
        for (int c = 0; c < WIDTH; c++) {
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int r = 0; r < rows; r++) {
                sum += states[r * WIDTH + c];
                most = Math.max(most, states[r * WIDTH + c]);
            }
            row[c] = switch (mode) {
                case "cls_token" -> states[c];
                case "max_tokens" -> most;
                case "mean_tokens" -> sum / rows;
                default -> sum / Math.sqrt(rows);
            };
        }
        return row;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void row_ofFolderWithoutModules_isTheMean() {
        Golden.assertClose("mean", floats(expected("mean_tokens")), row(), TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"cls_token, cls", "max_tokens, max", "mean_tokens, mean", "mean_sqrt_len_tokens, mean_sqrt_len_tokens"})
    void row_ofEachMode_isThatOfTheFormula(String mode, String today) throws IOException {
        writeModules("Transformer", "Pooling");
        String others = mode.equals("mean_tokens") ? "" : "\"pooling_mode_mean_tokens\": false, ";
        write(
                "1_Pooling/config.json",
                "{\"word_embedding_dimension\": 32, " + others + "\"pooling_mode_" + mode + "\": true}");
        Golden.assertClose(mode, floats(expected(mode)), row(), TOLERANCE);
        write("1_Pooling/config.json", "{\"pooling_mode\": \"" + today + "\"}");
        Golden.assertClose(mode, floats(expected(mode)), row(), TOLERANCE);
    }

    @Test
    void row_ofSeveralModesAndNormalize_hasThemSideBySideAndLengthOne() throws IOException {
        writeModules("Transformer", "Pooling", "Normalize");
        write(
                "1_Pooling/config.json",
                "{\"pooling_mode_mean_sqrt_len_tokens\": true, \"pooling_mode_max_tokens\": true, \"pooling_mode_cls_token\": true}");
        double[] all = new double[4 * WIDTH];
        List<String> modes = List.of("cls_token", "max_tokens", "mean_tokens", "mean_sqrt_len_tokens");
        for (int i = 0; i < modes.size(); i++) {
            System.arraycopy(expected(modes.get(i)), 0, all, i * WIDTH, WIDTH);
        }
        double length = Math.sqrt(Arrays.stream(all).map(value -> value * value).sum());
        Golden.assertClose(
                "row", floats(Arrays.stream(all).map(value -> value / length).toArray()), row(), TOLERANCE);
    }

    @Test
    void row_ofEncoderInAFolderBelow_isTheSame() throws IOException {
        float[] mean = row();
        Path below = folder.resolve("0_Transformer");
        GoldenFolders.copy(below, "minilm", "tokenizer/bert", "tokenizer/minilm");
        Files.delete(folder.resolve("config.json"));
        Files.delete(folder.resolve("model.safetensors"));
        write("modules.json", """
                [{"path": "0_Transformer", "type": "sentence_transformers.models.Transformer"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""");
        write("1_Pooling/config.json", "{}");
        Golden.assertClose("row", mean, row(), 0);
    }

    @Test
    void ofText_longerThanMaxSeqLength_isCutWithAWarning() {
        List<String> warnings = new ArrayList<>();
        FrozenStates cut = FrozenStates.ofText(folder, "sad ".repeat(30), new ScalarBackend(), warnings::add);
        assertEquals(24, cut.rows()); // sentence_bert_config.json
        assertEquals(List.of("the text has 32 tokens, the encoder reads 24: the rest is left out"), warnings);
    }

    @Test
    void ofText_longerThanThePositions_isCutWithAWarning() throws IOException {
        Files.delete(folder.resolve("sentence_bert_config.json"));
        Files.delete(folder.resolve("tokenizer_config.json"));
        List<String> warnings = new ArrayList<>();
        FrozenStates cut = FrozenStates.ofText(folder, "sad ".repeat(300), new ScalarBackend(), warnings::add);
        assertEquals(64, cut.rows()); // max_position_embeddings
        assertEquals(List.of("the text has 302 tokens, the encoder reads 64: the rest is left out"), warnings);
    }

    // ---- what is refused ----

    private void assertRefused(String message) {
        String refusal = Refusal.of(() -> SentencePooling.of(folder).row(new FrozenStates(List.of(states), 9, WIDTH)))
                .replace(folder.toString(), "DIR")
                .replace('\\', '/');
        assertEquals(message, refusal);
    }

    @Test
    void of_modulesThatAreNotSupported_namesThem() throws IOException {
        writeModules("Transformer", "Pooling", "Dense");
        assertRefused("DIR/modules.json: [2].type: a module Dense is not supported, only [Transformer, Pooling,"
                + " Normalize]");
        writeModules("Transformer", "Normalize", "Pooling");
        assertRefused("DIR/modules.json: [1].type: Normalize is not expected as module 2; supported are [Transformer,"
                + " Pooling, Normalize] in this order");
        writeModules("Transformer");
        assertRefused("DIR/modules.json: [0].type: no Pooling follows; supported are [Transformer, Pooling, Normalize]"
                + " in this order");
        writeModules("WordEmbeddings", "Pooling");
        assertRefused("DIR/modules.json: the first module must be a Transformer");
        write("modules.json", "{}");
        assertRefused("DIR/modules.json: expected an array of modules");
    }

    @Test
    void of_pathOutOfTheFolder_isRefused() throws IOException {
        write("modules.json", "[{\"path\": \"../other\", \"type\": \"sentence_transformers.models.Transformer\"}]");
        assertRefused("DIR/modules.json: [0].path: leads out of the folder");
        write("modules.json", "[{\"path\": \"a\\u0000b\", \"type\": \"sentence_transformers.models.Transformer\"}]");
        assertRefused("DIR/modules.json: [0].path: is no path");
    }

    @Test
    void of_poolingThatIsNotSupported_namesIt() throws IOException {
        writeModules("Transformer", "Pooling");
        write("1_Pooling/config.json", "{\"pooling_mode_lasttoken\": true}");
        assertRefused(
                "DIR/1_Pooling/config.json: pooling_mode_lasttoken: is not supported, only [cls_token, max_tokens,"
                        + " mean_tokens, mean_sqrt_len_tokens]");
        write("1_Pooling/config.json", "{\"pooling_mode\": \"lasttoken\"}");
        assertRefused("DIR/1_Pooling/config.json: pooling_mode \"lasttoken\" is not one of [cls, max, mean,"
                + " mean_sqrt_len]");
        write("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": false}");
        assertRefused("DIR/1_Pooling/config.json: no mode of pooling is on");
        write("1_Pooling/config.json", "{\"word_embedding_dimension\": 384}");
        assertRefused("\"word_embedding_dimension\" is 384, the encoder's states have 32 columns; take both from the"
                + " same model");
        write("config_sentence_transformers.json", "{\"default_prompt_name\": \"query\"}");
        assertRefused(
                "DIR/config_sentence_transformers.json: default_prompt_name: query is not supported: no text is put"
                        + " before a sentence");
    }
}
