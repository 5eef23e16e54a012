package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.nn.Parameter;
import dev.parallax.text.Vocabulary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A model as one `.safetensors` file: a tensor for each parameter, the vocabulary as UTF-8 with offsets, and one
/// metadata entry `parallax`, a versioned JSON document with everything else. Other tools read the same file.
public final class ModelFile {

    private static final int FORMAT = 1;
    private static final String KEY = "parallax";
    private static final String LEVEL = "level"; // there for dialogues only
    private static final String DIALOGUE = "dialogue";
    private static final String WORDS = "text.vocabulary.utf8";
    private static final String WORD_OFFSETS = "text.vocabulary.offsets";

    private ModelFile() {}

    /// The file of a model, to which a checkpoint may add what it needs.
    public static SafeTensors.Builder builder(Model model) {
        JsonObject document = Json.object()
                .with("format", FORMAT)
                .with("config", model.configuration())
                .with("temperatures", model.temperatures().toJson());
        if (model instanceof DialogueModel) {
            document = document.with(LEVEL, DIALOGUE);
        }
        RunRecord record = model.record();
        document = document.with("run", record == null ? new Json.Null() : record.toJson());
        SafeTensors.Builder file = new SafeTensors.Builder().metadata(KEY, document.toText());
        for (Parameter parameter : model.parameters().all()) {
            float[] values = model.parameters().value(parameter).toArray();
            file.floats(parameter.name(), parameter.shape().toArray(), values);
        }
        Vocabulary vocabulary = model instanceof EmotionModel emotions ? emotions.vocabulary() : null;
        if (vocabulary != null) {
            byte[] words = vocabulary.utf8();
            int[] offsets = vocabulary.offsets();
            file.bytes(WORDS, new int[] {words.length}, words);
            file.ints(WORD_OFFSETS, new int[] {offsets.length}, offsets);
        }
        return file;
    }

    /// The model of a file that was read.
    ///
    /// @param where what the file is called, for messages
    public static Model of(SafeTensors file, String where, Backend backend) {
        String text = file.metadata().get(KEY);
        if (text == null) {
            throw new BadInputException(where + ": a safetensors file, but not a Parallax model (its metadata has no \""
                    + KEY + "\"); give a file that `train` wrote");
        }
        JsonObject document = Json.parseObject(text, where + " (" + KEY + ")");
        if (document.integer("format") != FORMAT) {
            throw new BadInputException(where + ": model format " + document.integer("format") + ", this version reads "
                    + FORMAT + "; use the version of Parallax that wrote it");
        }
        Temperatures temperatures = Temperatures.fromJson(document.object("temperatures"));
        RunRecord record = document.get("run") instanceof Json.Null ? null : RunRecord.fromJson(document.object("run"));
        JsonObject config = document.object("config");
        Model model = document.has(LEVEL)
                ? new DialogueModel(DialogueConfig.fromJson(config), backend, temperatures, record)
                : new EmotionModel(
                        ModelConfig.fromJson(config), vocabulary(file, where), backend, temperatures, record);
        fill(model, file, where);
        return model;
    }

    private static @Nullable Vocabulary vocabulary(SafeTensors file, String where) {
        return file.contains(WORDS) ? Vocabulary.parse(file.bytes(WORDS), file.ints(WORD_OFFSETS), where) : null;
    }

    private static void fill(Model model, SafeTensors file, String where) {
        model.parameters().initialize(model.backend(), 0);
        for (Parameter parameter : model.parameters().all()) {
            int[] expected = parameter.shape().toArray();
            int[] found = file.shape(parameter.name());
            if (!Arrays.equals(expected, found)) {
                throw new BadInputException(where + ": " + parameter.name() + " has shape " + Arrays.toString(found)
                        + ", its configuration asks for " + Arrays.toString(expected) + "; the file is damaged");
            }
            float[] values = file.floats(parameter.name());
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new BadInputException(
                            where + ": " + parameter.name() + " holds " + value + "; the file is damaged");
                }
            }
            model.backend().upload(values, model.parameters().value(parameter).buffer());
        }
    }
}
