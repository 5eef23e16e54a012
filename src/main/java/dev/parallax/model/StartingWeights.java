package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.backend.Buffer;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.text.Vocabulary;
import dev.parallax.text.WordVectors;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What training starts from, where that is not random numbers alone: pretrained word vectors, or a trained model
/// whose encoders and vocabulary it takes over. In the heads, the rows of classes that both models have are taken
/// over; others start at random.
///
/// @param vectors a file of word vectors ([WordVectors]), or null
/// @param model   the trained model, or null
/// @param frozen  modalities whose encoder stays as it is; only its head is trained
public record StartingWeights(
        @Nullable Path vectors, @Nullable EmotionModel model, Set<Modality> frozen) {

    /// Random numbers.
    public static final StartingWeights RANDOM = new StartingWeights(null, null, Set.of());

    private static final String EMBEDDING = "text.embedding.weight";

    public StartingWeights {
        frozen = Set.copyOf(frozen);
        if (!frozen.isEmpty() && model == null) {
            throw new BadInputException("‹freeze›: an encoder of random numbers would stay one; give ‹init MODEL› too");
        }
        if (vectors != null && model != null) {
            throw new BadInputException("‹init›: the model has word vectors of its own; leave ‹vectors› out");
        }
    }

    /// Gives a new model these weights.
    ///
    /// @param made  has the configuration of [#model] but for its labels, if there is one
    /// @param notes receives notes for the user, one line each
    void apply(EmotionModel made, Consumer<String> notes) {
        if (vectors != null) {
            readVectors(vectors, made, notes);
        }
        if (model != null) {
            takeOver(model, made, notes);
        }
        freeze(made, frozen);
    }

    /// Fixes the encoders of some modalities of a model, but not their heads.
    public static void freeze(EmotionModel model, Set<Modality> modalities) {
        for (Modality modality : modalities) {
            String encoder = modality.word() + ".";
            model.parameters().fix(name -> name.startsWith(encoder) && !name.startsWith(encoder + "head."));
        }
    }

    /// A model with the starting values of some parameters in place of its own; the others are copies.
    ///
    /// @param which of its parameters, by their names
    /// @param seed  of the starting values
    /// @return to be closed
    public static EmotionModel again(EmotionModel model, Predicate<String> which, long seed) {
        EmotionModel other = new EmotionModel(
                model.config(),
                model.encoders(),
                model.vocabulary(),
                model.scaling(),
                model.backend(),
                model.rules(),
                model.record());
        other.startAnew(model, which, seed);
        return other;
    }

    /// The same of a model of dialogues, without a first stage.
    public static DialogueModel again(DialogueModel model, Predicate<String> which, long seed) {
        DialogueModel other = new DialogueModel(
                model.config(), model.scaling(), null, model.backend(), model.rules(), model.record());
        other.startAnew(model, which, seed);
        return other;
    }

    private static void readVectors(Path file, EmotionModel made, Consumer<String> notes) {
        Vocabulary vocabulary = made.vocabulary();
        if (vocabulary == null) {
            throw new BadInputException("‹vectors›: this model reads no text; leave ‹vectors› out");
        }
        WordVectors vectors = WordVectors.read(file, vocabulary, made.config().subwords(), notes);
        Parameters parameters = made.parameters();
        Parameter embedding = find(parameters, EMBEDDING);
        int features = Objects.requireNonNull(embedding).shape().columns();
        int pieced = 0;
        for (int id = 1; id < vocabulary.size(); id++) {
            float[] vector = vectors.word(vocabulary.word(id));
            if (vector == null) {
                vector = meanOfPieces(vectors, made.config().subwords().of(vocabulary.word(id)), features);
                pieced += vector == null ? 0 : 1;
            }
            upload(made, embedding, id, vector);
        }
        for (int bucket = 0; bucket < made.config().subwords().buckets(); bucket++) {
            upload(made, embedding, vocabulary.size() + bucket, vectors.piece(bucket));
        }
        notes.accept("word vectors: " + vectors.found() + " of " + (vocabulary.size() - 1) + " words are in " + file
                + (pieced > 0 ? ", " + pieced + " more start from pieces of such words" : "") + "; "
                + (vocabulary.size() - 1 - vectors.found() - pieced) + " start from random numbers");
    }

    private static float @Nullable [] meanOfPieces(WordVectors vectors, int[] pieces, int features) {
        float[] mean = new float[features];
        int count = 0;
        for (int piece : pieces) {
            float[] vector = vectors.piece(piece);
            if (vector != null) {
                count++;
                for (int i = 0; i < features; i++) {
                    mean[i] += (vector[i] - mean[i]) / count;
                }
            }
        }
        return count == 0 ? null : mean;
    }

    private static void upload(EmotionModel made, Parameter parameter, int row, float @Nullable [] values) {
        if (values != null) {
            int columns = parameter.shape().columns();
            Buffer all = made.parameters().value(parameter).buffer();
            made.backend().upload(values, all.slice(row * columns, columns));
        }
    }

    private static void takeOver(EmotionModel from, EmotionModel made, Consumer<String> notes) {
        requireAlike(from, made);
        boolean sameFusion = from.labels().equals(made.labels())
                && from.network().fusion().equals(made.network().fusion());
        for (Parameter parameter : made.parameters().all()) {
            Parameter source = find(from.parameters(), parameter.name());
            if (source == null || (!sameFusion && parameter.name().startsWith("fusion."))) {
                continue;
            }
            float[] values = from.parameters().value(source).toArray();
            if (parameter.name().contains(".head.")) {
                takeOverClasses(from, values, made, parameter);
            } else {
                made.backend().upload(values, made.parameters().value(parameter).buffer());
            }
        }
        String anew = made.labels().names().stream()
                .filter(label -> !from.labels().contains(label))
                .collect(Collectors.joining(", "));
        notes.accept("starts from a model of " + String.join(", ", from.labels().names())
                + (anew.isEmpty() ? "" : "; new to it: " + anew));
    }

    private static void takeOverClasses(EmotionModel from, float[] values, EmotionModel made, Parameter parameter) {
        int columns = parameter.shape().count() / made.labels().size();
        for (String label : made.labels().names()) {
            if (from.labels().contains(label)) {
                int start = from.labels().index(label, "init") * columns;
                Buffer all = made.parameters().value(parameter).buffer();
                made.backend()
                        .upload(
                                Arrays.copyOfRange(values, start, start + columns),
                                all.slice(made.labels().index(label, "init") * columns, columns));
            }
        }
    }

    /// Refuses a model that reads in another way than the one it is to start from.
    private static void requireAlike(EmotionModel from, EmotionModel made) {
        ModelConfig theirs = from.config();
        ModelConfig ours = made.config();
        boolean alike = theirs.features().equals(ours.features())
                && theirs.tokenizer().equals(ours.tokenizer())
                && theirs.subwords().equals(ours.subwords());
        for (Parameter parameter : made.parameters().all()) {
            boolean ofEncoder =
                    !parameter.name().startsWith("fusion.") && !parameter.name().contains(".head.");
            Parameter source = find(from.parameters(), parameter.name());
            alike &= source == null ? !ofEncoder : !ofEncoder || source.shape().equals(parameter.shape());
        }
        if (!alike) {
            throw new BadInputException("init: the model that training starts from reads in another way (features,"
                    + " tokenizer, subwords or sizes of the network); leave those settings as they are in it");
        }
    }

    private static @Nullable Parameter find(Parameters parameters, String name) {
        return parameters.all().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// A description for records: hashes, no paths.
    public JsonObject toJson() {
        return Json.object()
                .with("vectors", vectors == null ? new Json.Null() : new Json.Text(SafeFiles.sha256(vectors)))
                .with("model", model == null ? new Json.Null() : new Json.Text(hash(model)))
                .with("frozen", frozen.stream().sorted().map(Modality::word).toList());
    }

    /// Of what the model answers: its configuration and its weights.
    private static String hash(EmotionModel model) {
        Parameters parameters = model.parameters();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * parameters.size());
        FloatBuffer values = bytes.asFloatBuffer();
        parameters
                .all()
                .forEach(parameter -> values.put(parameters.value(parameter).toArray()));
        return SafeFiles.sha256(model.configuration().toText().getBytes(StandardCharsets.UTF_8), bytes.array());
    }
}
