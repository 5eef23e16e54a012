package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.VectorScaling;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.io.SafeTensorsHeader;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.domain.TrainingDomain;
import dev.parallax.nn.Parameter;
import dev.parallax.pretrained.EncoderInputs;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.text.Vocabulary;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model as one `.safetensors` file: a tensor for each parameter, the vocabulary as UTF-8 with offsets, and one
/// metadata entry `parallax`, a versioned JSON document with everything else. Other tools read the same file.
public final class ModelFile {

    private static final int FORMAT = 1;
    private static final String KEY = "parallax";
    private static final String LEVEL = "level"; // there for dialogues only
    static final String DIALOGUE = "dialogue";
    static final String FIRST = "first"; // what makes the vectors of a model of dialogues
    static final String ANSWERS = "answers";

    /// What the names of parameters of a first stage begin with.
    public static final String FIRST_PREFIX = FIRST + ".";

    private static final String WORDS = "text.vocabulary.utf8";
    static final String WORD_OFFSETS = "text.vocabulary.offsets";

    private static final String OF_FEATURES = "audio"; // what the names of its scaling begin with
    private static final String OF_AUDIO_VECTORS = "vectors.audio";
    private static final String OF_TEXT_VECTORS = "vectors.text";
    private static final String MEAN = ".scaling.mean";
    private static final String DEVIATION = ".scaling.deviation";

    private ModelFile() {}

    /// The pretrained encoders that a model file's model reads with; only its head is read.
    ///
    /// @return none also for what is no model
    public static EncoderInputs encoders(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            String document = SafeTensorsHeader.parse(SafeFiles.map(file, arena), file.toString())
                    .metadata()
                    .get(KEY);
            JsonObject json = Json.parseObject(document == null ? "{}" : document, file.toString());
            JsonObject reader = json.has(FIRST) ? json.object(FIRST) : json;
            JsonObject config = reader.has("config") ? reader.object("config") : Json.object();
            return config.has("encoders") ? EncoderInputs.fromJson(config.object("encoders")) : EncoderInputs.NONE;
        } catch (BadInputException e) {
            return EncoderInputs.NONE; // who loads it is told what is wrong
        }
    }

    /// The file of a model, to which a checkpoint may add what it needs.
    public static SafeTensors.Builder builder(Model model) {
        JsonObject document = Json.object()
                .with("format", FORMAT)
                .with("config", model.configuration())
                .with(ANSWERS, model.rules().toJson());
        EmotionModel first = model instanceof DialogueModel dialogues ? dialogues.first() : null;
        if (model instanceof DialogueModel) {
            document = document.with(LEVEL, DIALOGUE);
        }
        if (first != null) {
            document = document.with(
                    FIRST,
                    Json.object()
                            .with("config", first.configuration())
                            .with(ANSWERS, first.rules().toJson()));
        }
        RunRecord record = model.record();
        document = document.with("run", record == null ? new Json.Null() : record.toJson());
        SafeTensors.Builder file = new SafeTensors.Builder().checked().metadata(KEY, document.toText());
        parameters(model, "", file::floats);
        model.rules().domain().addTensors(file, "");
        if (first != null) {
            first.rules().domain().addTensors(file, FIRST_PREFIX);
            parameters(first, FIRST_PREFIX, file::floats);
        }
        EmotionModel reader = model instanceof EmotionModel emotions ? emotions : first;
        addScaling(file, OF_FEATURES, reader == null ? null : reader.scaling());
        if (model instanceof DialogueModel dialogues) {
            addScaling(file, OF_AUDIO_VECTORS, dialogues.scaling().audio());
            addScaling(file, OF_TEXT_VECTORS, dialogues.scaling().text());
        }
        Vocabulary vocabulary = reader == null ? null : reader.vocabulary();
        if (vocabulary != null) {
            byte[] words = vocabulary.utf8();
            int[] offsets = vocabulary.offsets();
            file.bytes(WORDS, new int[] {words.length}, words);
            file.ints(WORD_OFFSETS, new int[] {offsets.length}, offsets);
        }
        return file;
    }

    private static void addScaling(SafeTensors.Builder file, String of, @Nullable FeatureScaling scaling) {
        if (scaling != null) {
            file.floats(of + MEAN, new int[] {scaling.columns()}, scaling.mean());
            file.floats(of + DEVIATION, new int[] {scaling.columns()}, scaling.deviation());
        }
    }

    /// Takes a parameter by its name in the file.
    @FunctionalInterface
    interface EachParameter {
        void take(String name, int[] shape, float[] values);
    }

    /// Every parameter that a model's file carries, those of its first stage included.
    static void parameters(Model model, EachParameter each) {
        parameters(model, "", each);
        EmotionModel first = model instanceof DialogueModel dialogues ? dialogues.first() : null;
        if (first != null) {
            parameters(first, FIRST_PREFIX, each);
        }
    }

    private static void parameters(Model model, String prefix, EachParameter each) {
        for (Parameter parameter : carried(model)) {
            float[] values = model.parameters().value(parameter).toArray();
            each.take(prefix + parameter.name(), parameter.shape().toArray(), values);
        }
    }

    /// The parameters that a file carries: all but those of a pretrained encoder that stay as they are.
    private static List<Parameter> carried(Model model) {
        return model.parameters().all().stream()
                .filter(parameter -> !model.parameters().isFixed(parameter) || !Network.isOfEncoder(parameter.name()))
                .toList();
    }

    /// The model of a file that was read.
    ///
    /// @param where what the file is called, for messages
    public static Model of(SafeTensors file, String where, Backend backend) {
        return of(
                file,
                where,
                backend,
                inputs -> FrozenEncoders.find(inputs, FrozenEncoders.Places.UNKNOWN, null, backend));
    }

    /// The same.
    ///
    /// @param encoders finds the pretrained encoders that the model reads with
    static Model of(SafeTensors file, String where, Backend backend, Function<EncoderInputs, FrozenEncoders> encoders) {
        JsonObject document = document(file, where);
        AnswerRules rules = AnswerRules.read(document.object(ANSWERS), file, "");
        RunRecord record = record(document);
        JsonObject config = document.object("config");
        if (!isOfDialogues(document)) {
            ModelConfig its = ModelConfig.fromJson(config);
            EmotionModel model = new EmotionModel(
                    its,
                    encoders.apply(its.encoders()),
                    vocabulary(file, where),
                    scaling(file, OF_FEATURES, where),
                    backend,
                    rules,
                    record);
            fill(model, file, "", where);
            return model;
        }
        EmotionModel first = document.has(FIRST) ? first(document.object(FIRST), file, where, backend, encoders) : null;
        VectorScaling scaling =
                new VectorScaling(scaling(file, OF_AUDIO_VECTORS, where), scaling(file, OF_TEXT_VECTORS, where));
        DialogueModel model =
                new DialogueModel(DialogueConfig.fromJson(config), scaling, first, backend, rules, record);
        fill(model, file, "", where);
        return model;
    }

    /// Whether the document is that of a model of dialogues.
    static boolean isOfDialogues(JsonObject document) {
        return document.has(LEVEL);
    }

    /// The record of training in a document, or null where it has none.
    static @Nullable RunRecord record(JsonObject document) {
        return document.get("run") instanceof Json.Null ? null : RunRecord.fromJson(document.object("run"));
    }

    /// The configuration of what reads recordings and sentences, or null where vectors are given.
    static @Nullable ModelConfig reader(JsonObject document) {
        JsonObject reader = document.has(FIRST) ? document.object(FIRST) : document;
        return isOfDialogues(document) && !document.has(FIRST) ? null : ModelConfig.fromJson(reader.object("config"));
    }

    /// Whether a tensor of a model file is a parameter of its network: neither its vocabulary, nor the scaling of its
    /// features, nor what its training data was like, nor the state of a training that a checkpoint keeps.
    public static boolean isWeight(String tensor) {
        String own = tensor.startsWith(FIRST_PREFIX) ? tensor.substring(FIRST_PREFIX.length()) : tensor;
        return !tensor.equals(WORDS)
                && !tensor.equals(WORD_OFFSETS)
                && !tensor.endsWith(MEAN)
                && !tensor.endsWith(DEVIATION)
                && !own.startsWith(TrainingDomain.TENSORS)
                && !tensor.startsWith("training.");
    }

    /// The JSON document of a model file, checked to be one of this format.
    ///
    /// @param where what the file is called, for messages
    public static JsonObject document(SafeTensors file, String where) {
        String text = file.metadata().get(KEY);
        if (text == null) {
            throw new BadInputException(where + ": a safetensors file, but not a Parallax model (its metadata has no \""
                    + KEY + "\"); give a file that `train` wrote");
        }
        for (String key : file.metadata().keySet()) {
            if (!key.startsWith(KEY) && !key.equals(SafeTensors.CHECKSUM)) {
                throw new BadInputException(where + ": its metadata has \"" + key
                        + "\", which no Parallax model has; the file is damaged, or another program's");
            }
        }
        JsonObject document = Json.parseObject(text, where + " (" + KEY + ")");
        if (document.integer("format") != FORMAT) {
            throw new BadInputException(where + ": model format " + document.integer("format") + ", this version reads "
                    + FORMAT + "; use the version of Parallax that wrote it");
        }
        document.allowOnly(List.of("format", LEVEL, "config", FIRST, ANSWERS, "run"));
        return document;
    }

    private static EmotionModel first(
            JsonObject document,
            SafeTensors file,
            String where,
            Backend backend,
            Function<EncoderInputs, FrozenEncoders> encoders) {
        document.allowOnly(List.of("config", ANSWERS));
        boolean ruled = document.has(ANSWERS); // models of before did not keep them
        ModelConfig config = ModelConfig.fromJson(document.object("config"));
        EmotionModel model = new EmotionModel(
                config,
                encoders.apply(config.encoders()),
                vocabulary(file, where),
                scaling(file, OF_FEATURES, where),
                backend,
                ruled ? AnswerRules.read(document.object(ANSWERS), file, FIRST_PREFIX) : AnswerRules.PLAIN,
                null);
        fill(model, file, FIRST_PREFIX, where);
        return model;
    }

    private static @Nullable Vocabulary vocabulary(SafeTensors file, String where) {
        return file.contains(WORDS) ? Vocabulary.parse(file.bytes(WORDS), file.ints(WORD_OFFSETS), where) : null;
    }

    private static @Nullable FeatureScaling scaling(SafeTensors file, String of, String where) {
        if (!file.contains(of + MEAN)) {
            return null;
        }
        float[] mean = file.floats(of + MEAN);
        float[] deviation = file.floats(of + DEVIATION);
        boolean sound = mean.length == deviation.length;
        for (int i = 0; sound && i < mean.length; i++) {
            sound = Float.isFinite(mean[i]) && Float.isFinite(deviation[i]) && deviation[i] >= 0;
        }
        if (!sound) {
            throw new BadInputException(
                    where + ": " + of + MEAN + " and " + of + DEVIATION + " are no scaling; the file is damaged");
        }
        return new FeatureScaling(mean, deviation);
    }

    private static void fill(Model model, SafeTensors file, String prefix, String where) {
        checkShapes(model, file, prefix, where);
        model.parameters().allocate(model.backend());
        if (model instanceof EmotionModel emotions) {
            emotions.fillEncoders();
        }
        for (Parameter parameter : carried(model)) {
            String name = prefix + parameter.name();
            float[] values = file.floats(name);
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new BadInputException(where + ": " + name + " holds " + value + "; the file is damaged");
                }
            }
            model.backend().upload(values, model.parameters().value(parameter).buffer());
        }
    }

    /// Before anything is allocated: a configuration may ask for more than there is memory.
    private static void checkShapes(Model model, SafeTensors file, String prefix, String where) {
        for (Parameter parameter : carried(model)) {
            String name = prefix + parameter.name();
            int[] expected = parameter.shape().toArray();
            int[] found = file.shape(name);
            if (!Arrays.equals(expected, found)) {
                throw new BadInputException(where + ": " + name + " has shape " + Arrays.toString(found)
                        + ", its configuration asks for " + Arrays.toString(expected) + "; the file is damaged");
            }
        }
    }
}
