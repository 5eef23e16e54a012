package dev.parallax.model;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.data.Labels;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.EncoderInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model file says of itself. It is read from the file alone: no network is built, no backend is used, and a
/// pretrained encoder that the model reads with need not be on this machine.
///
/// @param format              version of the file's format
/// @param level               `utterance` or `dialogue`
/// @param labels              the classes, in the order of the logits
/// @param network             the network
/// @param perspectivesTrained whether each perspective had a loss term of its own
/// @param reader              what reads recordings and sentences; null where a model of dialogues is given vectors
/// @param rules               how logits become answers
/// @param vocabulary          words that have a row of the embedding, the unknown one included; 0 without a text reader
/// @param parts               the parameters, by part of the network
/// @param hashes              of the file and of the weights
/// @param bytes               length of the file
/// @param record              of the training, or null
public record ModelDescription(
        int format,
        String level,
        List<String> labels,
        NetworkConfig network,
        boolean perspectivesTrained,
        @Nullable ModelConfig reader,
        AnswerRules rules,
        int vocabulary,
        List<Part> parts,
        ModelHashes hashes,
        long bytes,
        @Nullable RunRecord record) {

    /// A part of the network: all parameters with the same first two words in their names.
    ///
    /// @param name    such as `audio.lstm`
    /// @param tensors how many parameters
    /// @param values  of them together
    public record Part(String name, int tensors, long values) {}

    /// The parts of a split, as its record names them.
    private static final List<String> SPLIT = List.of("train", "val", "test", "excluded");

    private static final List<String> MAIN_SETTINGS = List.of(
            "epochs",
            "batchSize",
            "optimizer",
            "learningRate",
            "schedule",
            "weightDecay",
            "balance",
            "smoothing",
            "chosenOn");

    public ModelDescription {
        labels = List.copyOf(labels);
        parts = List.copyOf(parts);
    }

    /// Reads what a file says.
    ///
    /// @param where what the file is called, the start of every message
    /// @throws dev.parallax.BadInputException when it is not a model
    public static ModelDescription of(SafeTensors file, String where) {
        JsonObject document = ModelFile.document(file, where);
        JsonObject config = document.object("config");
        if (ModelFile.isOfDialogues(document)) {
            DialogueConfig its = DialogueConfig.fromJson(config);
            return of(file, document, ModelFile.DIALOGUE, its.labels(), its.network(), its.perspectivesTrained());
        }
        ModelConfig its = ModelConfig.fromJson(config);
        return of(file, document, "utterance", its.labels(), its.network(), its.perspectivesTrained());
    }

    private static ModelDescription of(
            SafeTensors file,
            JsonObject document,
            String level,
            Labels labels,
            NetworkConfig network,
            boolean perspectivesTrained) {
        return new ModelDescription(
                document.integer("format"),
                level,
                labels.names(),
                network,
                perspectivesTrained,
                ModelFile.reader(document),
                AnswerRules.read(document.object(ModelFile.ANSWERS), file, ""),
                file.contains(ModelFile.WORD_OFFSETS) ? Math.max(0, file.ints(ModelFile.WORD_OFFSETS).length - 1) : 0,
                parts(file),
                ModelHashes.of(file),
                file.length(),
                ModelFile.record(document));
    }

    private static List<Part> parts(SafeTensors file) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (ModelFile.isWeight(name)) {
                long values = Arrays.stream(file.shape(name)).asLongStream().reduce(1, (a, b) -> a * b);
                String part = part(name);
                parts.merge(
                        part,
                        new Part(part, 1, values),
                        (a, b) -> new Part(part, a.tensors + b.tensors, a.values + b.values));
            }
        }
        return List.copyOf(parts.values());
    }

    /// The first two words of a name, those of the first stage of a model of dialogues with its prefix.
    private static String part(String name) {
        String prefix = name.startsWith(ModelFile.FIRST_PREFIX) ? ModelFile.FIRST_PREFIX : "";
        String[] words = name.substring(prefix.length()).split("\\.");
        return prefix + (words.length < 2 ? words[0] : words[0] + "." + words[1]);
    }

    /// The number of all parameters' values.
    public long size() {
        return parts.stream().mapToLong(Part::values).sum();
    }

    /// What it reads: `audio`, `text` or both.
    public List<String> modalities() {
        List<String> all = new ArrayList<>();
        if (network.audio() != null) {
            all.add("audio");
        }
        if (network.text() != null) {
            all.add("text");
        }
        return all;
    }

    /// The pretrained encoders that it reads with.
    public EncoderInputs encoders() {
        return reader == null ? EncoderInputs.NONE : reader.encoders();
    }

    /// The features that it computes of recordings; null where it hears none, or states of a pretrained encoder.
    public @Nullable FeatureConfig features() {
        return reader == null
                        || reader.network().audio() == null
                        || reader.encoders().audio() != null
                ? null
                : reader.features();
    }

    /// What it makes numbers of: `features`, null where it computes none, and the pretrained `encoders`.
    public JsonObject inputs() {
        FeatureConfig features = features();
        return Json.object()
                .with("features", features == null ? new Json.Null() : features.toJson())
                .with("encoders", encoders().toJson());
    }

    /// How many utterances each part of the split has, by the names in the record; empty without a record.
    public Map<String, Integer> split() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        if (record != null) {
            for (String part : SPLIT) {
                if (record.split().has(part)) {
                    String members = record.split().text(part);
                    sizes.put(
                            part,
                            members.isEmpty()
                                    ? 0
                                    : 1
                                            + (int) members.chars()
                                                    .filter(c -> c == '|')
                                                    .count());
                }
            }
        }
        return sizes;
    }

    /// What a reader of its answers should know, one line each.
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        if (record == null) {
            all.add(
                    "it has no record of a training: neither data, split, settings nor scores are known, and it cannot be"
                            + " trained again");
        } else {
            all.addAll(record.dishonesty());
            record.syntheticSpeech().forEach(line -> all.add("it was trained on speech that no person spoke: " + line));
            if (record.split().has("speakerIndependent") && !record.split().flag("speakerIndependent")) {
                all.add("its parts are not known to keep speakers apart, so its scores may be too good");
            }
        }
        if (rules.unpaired() != null && (record == null || !record.isTested(View.FUSED))) {
            all.add(
                    "no utterance with both audio and text was trained or tested on, so it is not known how good the fused"
                            + " answer is");
        }
        if (network.audio() != null && network.text() != null && !perspectivesTrained) {
            all.add("its perspectives had no loss of their own: their answers are not shown beside the fused one");
        }
        views().stream()
                .filter(rules.viewsNeverSure()::contains)
                .forEach(view -> all.add("no answer of " + view.word() + " is ever called sure"));
        for (EncoderInput encoder : encoders().all()) {
            all.add("it reads with the pretrained encoder " + encoder.name() + ", which is not in the file");
            all.addAll(encoder.warnings());
        }
        return List.copyOf(all);
    }

    private boolean answers(View view) {
        return (view == View.TEXT || network.audio() != null) && (view == View.AUDIO || network.text() != null);
    }

    /// The views that it gives answers of.
    public List<View> views() {
        return Perspectives.VIEWS.stream().filter(this::answers).toList();
    }

    /// The settings of its training that people ask for first, as in `epochs 15`; none without a record.
    public List<String> mainSettings() {
        List<String> all = new ArrayList<>();
        JsonObject training = record == null ? Json.object() : record.training();
        for (String key : MAIN_SETTINGS) {
            Json value = training.get(key);
            if (value != null) {
                all.add(key + " " + (value instanceof Json.Text text ? text.value() : value.toText()));
            }
        }
        return all;
    }

    /// A document's split without its members: how it was made, and what is known of it.
    public static JsonObject withoutMembers(JsonObject split) {
        JsonObject rest = split;
        for (String part : SPLIT) {
            rest = rest.without(part);
        }
        return rest;
    }

    /// All of it as one document. The ids of the split are left out: `parts` of it has their numbers.
    public JsonObject toJson() {
        JsonObject json = Json.object()
                .with("format", format)
                .with("level", level)
                .with("file", Json.object().with("sha256", hashes.file()).with("bytes", bytes))
                .with(
                        "weights",
                        Json.object()
                                .with("sha256", hashes.weights())
                                .with("values", size())
                                .with("parts", Json.of(parts)))
                .with("labels", labels)
                .with("modalities", modalities())
                .with("network", network.toJson())
                .with("perspectivesTrained", perspectivesTrained)
                .with("vocabulary", vocabulary)
                .with("reader", reader == null ? new Json.Null() : readerJson(reader))
                .with("answers", rules.toJson());
        return json.with("run", record == null ? new Json.Null() : runJson(record))
                .with("warnings", warnings());
    }

    private JsonObject readerJson(ModelConfig its) {
        return features() == null ? its.toJson().with("features", new Json.Null()) : its.toJson();
    }

    private JsonObject runJson(RunRecord its) {
        return its.toJson().with("split", withoutMembers(its.split()).with("parts", Json.of(split())));
    }
}
