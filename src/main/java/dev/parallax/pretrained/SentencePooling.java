package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.Choice;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.pretrained.SentenceModules.Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// How the states of the last layer become one row, which stands for the whole text or recording: by each mode a row
/// of the states' width; these side by side; and of length 1 if it `normalizes`, y = x / max(|x|, 1e-12).
/// shapes: states [rows, width] -> [modes · width].
/// Source: Reimers and Gurevych, "Sentence-BERT", 2019; the order of the modes is that of the library.
///
/// @param modes      in their order, at least one
/// @param normalizes whether the row has length 1
/// @param width      of the states that the folder says it pools, or 0 where it says nothing
public record SentencePooling(List<Mode> modes, boolean normalizes, int width) {

    /// The mean over all rows, those of added tokens included.
    public static final SentencePooling MEAN = new SentencePooling(List.of(Mode.MEAN), false, 0);

    private static final double SHORTEST = 1e-12;
    private static final List<String> MODULES = List.of("Transformer", "Pooling", "Normalize");
    private static final List<String> UNSUPPORTED = List.of("weightedmean_tokens", "lasttoken");

    /// A row of the states' width.
    public enum Mode implements Choice {
        /// The first row, that of `[CLS]`.
        CLS("cls_token"),
        /// The largest value of each column.
        MAX("max_tokens"),
        /// The mean of each column.
        MEAN("mean_tokens"),
        /// The sum of each column, divided by sqrt(rows).
        MEAN_SQRT_LEN("mean_sqrt_len_tokens");

        private final String key;

        Mode(String key) {
            this.key = key;
        }

        private double[] row(float[] states, int rows, int width) {
            double[] row = new double[width];
            for (int c = 0; c < width; c++) {
                row[c] = states[c];
            }
            for (int r = 1; r < rows && this != CLS; r++) {
                for (int c = 0; c < width; c++) {
                    float value = states[r * width + c];
                    row[c] = this == MAX ? Math.max(row[c], value) : row[c] + value;
                }
            }
            double divisor = this == MEAN ? rows : this == MEAN_SQRT_LEN ? Math.sqrt(rows) : 1;
            return Arrays.stream(row).map(value -> value / divisor).toArray();
        }
    }

    public SentencePooling {
        modes = List.copyOf(modes);
        if (modes.isEmpty()) {
            throw new BadInputException("pooling: no mode");
        }
    }

    /// That of a folder: [#MEAN] where there is no `modules.json`.
    ///
    /// @throws BadInputException if the folder asks for what is not supported
    public static SentencePooling of(Path folder) {
        if (!SentenceModules.isThere(folder)) {
            return MEAN;
        }
        requireNoPrompt(folder.resolve("config_sentence_transformers.json"));
        List<Module> modules = SentenceModules.of(folder);
        for (int i = 0; i < modules.size(); i++) {
            Module module = modules.get(i);
            if (!MODULES.contains(module.kind())) {
                throw new BadInputException(
                        module.where() + ": a module " + module.kind() + " is not supported, only " + MODULES);
            }
            if (!module.kind().equals(MODULES.get(Math.min(i, 2)))) {
                throw new BadInputException(module.where() + ": " + module.kind() + " is not expected as module "
                        + (i + 1) + "; supported are " + MODULES + " in this order");
            }
        }
        if (modules.size() < 2) {
            throw new BadInputException(
                    modules.getFirst().where() + ": no Pooling follows; supported are " + MODULES + " in this order");
        }
        return read(modules.get(1).folder().resolve("config.json"), modules.size() > 2);
    }

    /// A text that is put before each sentence unless somebody says otherwise would be missing.
    private static void requireNoPrompt(Path file) {
        if (Files.exists(file)) {
            JsonObject json = Json.parseObject(file);
            if (json.has("default_prompt_name")) {
                throw new BadInputException(json.where("default_prompt_name") + ": " + json.text("default_prompt_name")
                        + " is not supported: no text is put before a sentence");
            }
        }
    }

    private static SentencePooling read(Path file, boolean normalizes) {
        JsonObject json = Json.parseObject(file);
        for (String key : UNSUPPORTED) {
            if (isOn(json, key, false)) {
                throw new BadInputException(json.where("pooling_mode_" + key) + ": is not supported, only "
                        + Arrays.stream(Mode.values()).map(mode -> mode.key).toList());
            }
        }
        List<Mode> modes = Arrays.stream(Mode.values())
                .filter(mode -> isOn(json, mode.key, mode == Mode.MEAN))
                .toList();
        if (json.has("pooling_mode")) {
            modes = List.of(Choice.of(
                    json.text("pooling_mode").replaceFirst("_tokens?$", ""), Mode.class, json.where("pooling_mode")));
        }
        if (modes.isEmpty()) {
            throw new BadInputException(json.where() + ": no mode of pooling is on");
        }
        int width = json.has("word_embedding_dimension") ? json.integer("word_embedding_dimension") : 0;
        return new SentencePooling(modes, normalizes, width);
    }

    private static boolean isOn(JsonObject json, String key, boolean otherwise) {
        String name = "pooling_mode_" + key;
        return json.has(name) ? json.flag(name) : otherwise;
    }

    /// The row for the last layer of these states.
    ///
    /// @throws BadInputException if they have another width than the folder says
    public float[] row(FrozenStates states) {
        int columns = states.width();
        if (width != 0 && width != columns) {
            throw new BadInputException("\"word_embedding_dimension\" is " + width + ", the encoder's states have "
                    + columns + " columns; take both from the same model");
        }
        double[] row = modes.stream()
                .flatMapToDouble(mode -> Arrays.stream(mode.row(states.layers().getLast(), states.rows(), columns)))
                .toArray();
        double length = Math.sqrt(Arrays.stream(row).map(value -> value * value).sum());
        double divisor = normalizes ? Math.max(length, SHORTEST) : 1;
        float[] out = new float[row.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (row[i] / divisor);
        }
        return out;
    }
}
