package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.variation.Augmentation;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.data.Labels;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.RunRecord;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.EncoderInputs;
import dev.parallax.pretrained.encoder.EncoderKind;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.RecordedRequest;
import dev.parallax.setup.request.Setting;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.train.EpochResult;
import dev.parallax.train.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every record that is read from JSON refuses misspelt fields, missing fields and values of another kind, and says
/// where; fields that former versions left out may be missing.
class RecordsAsJsonTest {

    private static final int RECORDS = 15;

    /// @param name     of the record
    /// @param json     a document of it
    /// @param again    reads it and writes it again
    /// @param optional the fields that may be missing
    /// @param opaque   those that are kept as they are
    record Form(
            String name,
            JsonObject json,
            Function<JsonObject, JsonObject> again,
            Set<String> optional,
            Set<String> opaque) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Labels LABELS = Labels.of("anger", "joy");
    private static final Set<String> ACTIVATIONS = Set.of("audio.activation", "text.activation");
    private static final Set<String> LATER_STAGES =
            Set.of("speech", "cepstra.first", "prosody", "smoothing", "functionals");

    static List<Form> forms() {
        FeatureConfig features = FeatureConfig.preset("is09");
        ModelConfig model = new ModelConfig(
                LABELS, features, Tokenizer.standard(), Subwords.NONE, NetworkConfig.STANDARD, true, 15);
        EncoderInputs encoders = new EncoderInputs(
                new EncoderInput(EncoderKind.SPEECH, "wavlm", "ab", null, 8, List.of(0, 2)),
                new EncoderInput(EncoderKind.TEXT, "minilm", "cd", "apache-2.0", 4, List.of(3), 2, 8, List.of("ask")));
        DialogueConfig dialogue = new DialogueConfig(LABELS, NetworkConfig.DIALOGUE, 3, 4, false);
        EpochResult epoch =
                new EpochResult(1, 1e-3, 2, Double.NaN, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, "ab");
        RunRecord run = new RunRecord(
                "1",
                2,
                "scalar",
                List.of("emodb"),
                "00",
                Json.object(),
                Json.object(),
                Json.object()
                        .with("epochs", 2)
                        .with("bestEpoch", 1)
                        .with("validation", Json.object())
                        .with("test", Json.object()),
                List.of(Json.object().with("b", 2)),
                3,
                List.of("synthetic: made by rules"),
                Json.object().with("level", "utterance"),
                List.of("ab", "cd"));
        List<Split.Member> members = List.of(new Split.Member("a|b", "0123456789abcdef"));
        Split split =
                new Split("drawn", true, Split.Hashing.SOUND, members, List.of(), List.of(), List.of(), List.of("03"));
        TrainingConfig training = TrainingConfig.STANDARD.withAugmentation(AugmentationSettings.ROOMS);
        Augmentation steps = AugmentationSettings.ROOMS_AND_MASKS.steps();
        return List.of(
                form(
                        "FeatureConfig",
                        features.toJson(),
                        json -> FeatureConfig.fromJson(json).toJson(),
                        LATER_STAGES),
                form(
                        "Augmentation",
                        steps.toJson(),
                        json -> Augmentation.fromJson(json).toJson(),
                        Set.of("room", "music", "silence")),
                form(
                        "AugmentationSettings",
                        AugmentationSettings.ROOMS.toJson(),
                        json -> AugmentationSettings.fromJson(json).toJson(),
                        Set.of("seed", "room", "music", "silence")),
                form(
                        "Tokenizer",
                        Tokenizer.standard().toJson(),
                        json -> Tokenizer.fromJson(json).toJson(),
                        Set.of()),
                form(
                        "Subwords",
                        Subwords.NONE.toJson(),
                        json -> Subwords.fromJson(json).toJson(),
                        Set.of()),
                form(
                        "Vocabulary.Limits",
                        Vocabulary.Limits.standard().toJson(),
                        json -> Vocabulary.Limits.fromJson(json).toJson(),
                        Set.of()),
                form(
                        "NetworkConfig",
                        NetworkConfig.STANDARD.toJson(),
                        json -> NetworkConfig.fromJson(json).toJson(),
                        ACTIVATIONS),
                form(
                        "ModelConfig",
                        model.toJson(),
                        json -> ModelConfig.fromJson(json).toJson(),
                        union(within("features", LATER_STAGES), within("network", ACTIVATIONS))),
                form(
                        "EncoderInputs",
                        encoders.toJson(),
                        json -> EncoderInputs.fromJson(json).toJson(),
                        Set.of(
                                "audio.trainedFrom",
                                "audio.rank",
                                "audio.terms",
                                "text.trainedFrom",
                                "text.rank",
                                "text.terms")),
                form(
                        "DialogueConfig",
                        dialogue.toJson(),
                        json -> DialogueConfig.fromJson(json).toJson(),
                        within("network", ACTIVATIONS)),
                new Form(
                        "RunRecord",
                        run.toJson(),
                        json -> RunRecord.fromJson(json).toJson(),
                        Set.of("startedFrom", "testSeen", "syntheticSpeech", "request", "epochWeights"),
                        Set.of("training", "split", "scores", "request")),
                new Form(
                        "RecordedRequest",
                        request(),
                        json -> RecordedRequest.fromJson(json).toJson(),
                        Set.of(),
                        Set.of("file")),
                form("Split", split.toJson(), json -> Split.fromJson(json).toJson(), Set.of("hashes", "speakers")),
                form(
                        "TrainingConfig",
                        training.toJson(),
                        json -> TrainingConfig.fromJson(json).toJson(),
                        Set.of(
                                "encoderShare",
                                "chosenBy",
                                "averaging",
                                "modulation",
                                "aloneShare",
                                "modalityDropout",
                                "augmentation",
                                "augmentation.seed",
                                "augmentation.room",
                                "augmentation.music",
                                "augmentation.silence")),
                form(
                        "EpochResult",
                        epoch.toJson(),
                        json -> EpochResult.fromJson(Json.object().with("all", Json.array(List.of(json))), "all")
                                .getFirst()
                                .toJson(),
                        Set.copyOf(epoch.toJson().without("epoch").fields().keySet())));
    }

    /// With a value in every field.
    private static JsonObject request() {
        return new RecordedRequest(
                        List.of("emodb"),
                        "4",
                        100,
                        0.5,
                        List.of("duplicate"),
                        Level.UTTERANCE,
                        List.of(Modality.AUDIO),
                        "speech",
                        "paper",
                        Json.object().with("training", Json.object().with("epochs", 2)),
                        List.of(new Setting("training.epochs", "3")),
                        1L,
                        "late-add",
                        Loss.FUSED,
                        true,
                        true,
                        true,
                        true,
                        List.of("03"),
                        List.of("08"),
                        "sessions",
                        2L,
                        true,
                        true,
                        List.of(Modality.TEXT),
                        true)
                .toJson();
    }

    private static Form form(
            String name, JsonObject json, Function<JsonObject, JsonObject> again, Set<String> optional) {
        return new Form(name, json, again, optional, Set.of());
    }

    private static Set<String> within(String group, Set<String> fields) {
        return fields.stream().map(field -> group + "." + field).collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }

    @Test
    void forms_areAll() {
        assertEquals(RECORDS, forms().size());
    }

    /// One field of one record.
    record Field(Form form, List<String> path) {

        String name() {
            return path.getLast();
        }

        String where() {
            return "x.json: " + String.join(".", path);
        }

        /// The record's document, read with this field under another name and with another value, or without
        /// it.
        JsonObject read(String name, Json... value) {
            JsonObject changed = changed(form.json, path, name, value);
            return form.again.apply(Json.parseObject(changed.toText(), "x.json"));
        }

        private static JsonObject changed(JsonObject json, List<String> path, String name, Json... value) {
            JsonObject others = json.without(path.getFirst());
            if (path.size() > 1) {
                JsonObject inner = json.object(path.getFirst());
                return others.with(path.getFirst(), changed(inner, path.subList(1, path.size()), name, value));
            }
            return value.length == 0 ? others : others.with(name, value[0]);
        }

        Json value() {
            JsonObject json = form.json;
            for (String group : path.subList(0, path.size() - 1)) {
                json = json.object(group);
            }
            return json.fields().getOrDefault(name(), Json.object());
        }
    }

    private static Stream<Field> fields(Form form) {
        return fields(form, form.json, List.of());
    }

    private static Stream<Field> fields(Form form, JsonObject json, List<String> path) {
        return json.fields().entrySet().stream().flatMap(entry -> {
            List<String> inner = new ArrayList<>(path);
            inner.add(entry.getKey());
            Stream<Field> itself = Stream.of(new Field(form, inner));
            return entry.getValue() instanceof JsonObject object && !form.opaque.contains(entry.getKey())
                    ? Stream.concat(itself, fields(form, object, inner))
                    : itself;
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_written_isTheSame(Form form) {
        assertEquals(form.json.toText(), form.again.apply(form.json).toText());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_misspelt_isRefusedAndTheNearestNamed(Form form) {
        fields(form).forEach(field -> {
            String refusal = Refusal.of(() -> field.read(field.name() + "s", field.value()));
            assertTrue(refusal.startsWith(field.where() + "s: unknown field"), refusal);
            String hint = refusal.substring(refusal.indexOf("; did you mean "));
            assertTrue(hint.contains('"' + field.name() + '"'), refusal);
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_missing_isRefusedUnlessItMayBe(Form form) {
        fields(form).forEach(field -> {
            if (form.optional.contains(String.join(".", field.path))) {
                field.read(field.name());
            } else {
                String refusal = Refusal.of(() -> field.read(field.name()));
                assertTrue(refusal.startsWith(field.where() + ": is missing, expected "), refusal);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_ofAnotherKind_isRefused(Form form) {
        fields(form).forEach(field -> {
            Json other = field.value() instanceof JsonArray ? new Json.Flag(true) : Json.array("x");
            String refusal = Refusal.of(() -> field.read(field.name(), other));
            assertTrue(refusal.startsWith(field.where() + ": expected "), refusal);
        });
    }
}
