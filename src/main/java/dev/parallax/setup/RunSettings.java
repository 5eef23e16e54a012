package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.pretrained.EncoderUse;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.Setting;
import dev.parallax.setup.request.SettingChanges;
import dev.parallax.setup.request.SettingsFile;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.train.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Every setting of a run by its key, such as `training.epochs` or `network.audio.hidden`. They start from the
/// defaults in the configuration records; a preset changes some, then a file, then single settings. They are
/// immutable: each change returns new settings.
public final class RunSettings {

    // for models that start from others: few clips are few steps, and new heads start from random weights
    private static final double ADAPTING_RATE = 2e-3;
    private static final int ADAPTING_EPOCHS = 100;

    private static final String AUGMENTATION = "augmentation";
    private static final String ENCODERS = "encoders";
    private static final RecordJson<EncoderUse> USE = RecordJson.of(EncoderUse.class);
    private static final String PLACE = "settings"; // the start of messages about values that were merged

    private final JsonObject all;

    /// @param features the features to start from
    /// @param network  the network to start from
    /// @param training the training to start from
    public RunSettings(FeatureConfig features, NetworkConfig network, TrainingConfig training) {
        this(Json.object()
                .with("features", features.toJson())
                .with("network", network.toJson())
                .with("tokenizer", Tokenizer.standard().toJson())
                .with("subwords", Subwords.NONE.toJson())
                .with("vocabulary", Vocabulary.Limits.standard().toJson())
                .with(
                        ENCODERS,
                        Json.object()
                                .with(Modality.AUDIO.word(), USE.write(EncoderUse.FROZEN))
                                .with(Modality.TEXT.word(), USE.write(EncoderUse.FROZEN)))
                .with(
                        "training",
                        training.withAugmentation(AugmentationSettings.NONE).toJson())
                .with(AUGMENTATION, training.augmentation().toJson()));
    }

    private RunSettings(JsonObject all) {
        this.all = all;
    }

    /// The defaults of training, with the features of a preset.
    public static RunSettings standard(String preset) {
        FeatureConfig features = ModelConfig.features(preset);
        NetworkConfig network = features.utteranceLevel() ? NetworkConfig.FUNCTIONALS : NetworkConfig.STANDARD;
        return new RunSettings(features, network, TrainingConfig.STANDARD);
    }

    /// Those of a trained model, to go on from it: its features and sizes, and steps enough for few clips
    /// (`docs/adapting.md` has the figures).
    static RunSettings of(EmotionModel model) {
        ModelConfig config = model.config();
        TrainingConfig training = TrainingConfig.STANDARD
                .with("learningRate", ADAPTING_RATE)
                .with("epochs", ADAPTING_EPOCHS)
                .with("patience", ADAPTING_EPOCHS)
                .with("loss", model.perspectivesTrained() ? Loss.PERSPECTIVE : Loss.FUSED);
        return new RunSettings(new RunSettings(config.features(), config.network(), training)
                .all
                .with("tokenizer", config.tokenizer().toJson())
                .with("subwords", config.subwords().toJson()));
    }

    /// The defaults of training on dialogues. Where they have no vectors, a first stage makes them, a model of
    /// single utterances whose settings are under `first`.
    ///
    /// @param preset of the first stage's features
    public static RunSettings dialogue(String preset) {
        RunSettings own =
                new RunSettings(ModelConfig.features(preset), NetworkConfig.DIALOGUE, TrainingConfig.DIALOGUE);
        return new RunSettings(own.all.with(
                "first",
                Json.object()
                        .with("network", NetworkConfig.STANDARD.toJson())
                        .with("training", TrainingConfig.STANDARD.toJson())));
    }

    /// As a file of settings has them.
    public JsonObject toJson() {
        return all;
    }

    /// These, changed by a preset, a file and single settings, in this order.
    ///
    /// @param level whose preset it is
    public RunSettings with(SettingChanges changes, Level level) {
        RunSettings changed = this;
        String preset = changes.preset();
        if (preset != null) {
            changed = changed.merged(Presets.of(preset, level), "‹preset " + preset + "›");
        }
        SettingsFile file = changes.file();
        if (file != null) {
            changed = changed.merged(file.document(), file.name());
            changed.requireKinds(keys(file.document(), ""), file.name());
            changed.requireTraining(file.name());
        }
        for (Setting setting : changes.settings()) {
            String where = "‹set " + setting.key() + "=" + setting.value() + "›";
            changed = changed.with(setting.key(), setting.value(), where);
            changed.requireKinds(List.of(setting.key()), where);
        }
        return changed;
    }

    /// Refuses values of the settings of training that are out of range.
    ///
    /// @param where the start of the message
    private void requireTraining(String where) {
        try {
            training();
            if (all.has("first")) {
                firstTraining();
            }
        } catch (BadInputException e) {
            throw new BadInputException(where + ": " + e.getMessage(), e);
        }
    }

    /// Refuses what the settings alone show to be wrong; they are then read once, before anything that takes
    /// time.
    void require() {
        for (Supplier<?> group : groups()) {
            var _ = group.get();
        }
    }

    /// What reads each group.
    private List<Supplier<?>> groups() {
        List<Supplier<?>> groups = new ArrayList<>(List.of(
                this::features,
                this::network,
                this::tokenizer,
                this::subwords,
                this::vocabulary,
                this::training,
                this::augmentation,
                () -> encoder(Modality.AUDIO),
                () -> encoder(Modality.TEXT)));
        if (all.has("first")) {
            groups.addAll(List.of(this::firstNetwork, this::firstTraining));
        }
        return groups;
    }

    /// These with one setting changed to a value that is refused at once where it is wrong.
    ///
    /// @param where the start of every message
    RunSettings tried(String key, String value, String where) {
        RunSettings changed = with(key, value, where);
        changed.requireKinds(List.of(key), where);
        try {
            changed.require();
        } catch (BadInputException e) {
            throw new BadInputException(where + ": " + e.getMessage(), e);
        }
        return changed;
    }

    /// Refuses values that the records cannot read, such as an unknown word, where these keys have them. Whether
    /// values fit together is known only when all changes are made; the records check that.
    private void requireKinds(List<String> keys, String where) {
        for (Supplier<?> group : groups()) {
            try {
                var _ = group.get();
            } catch (BadInputException e) {
                String message = String.valueOf(e.getMessage());
                if (keys.stream().anyMatch(key -> message.startsWith(PLACE + ": " + key + ":"))) {
                    throw new BadInputException(where + message.substring(PLACE.length()), e);
                }
            }
        }
    }

    private RunSettings merged(JsonObject changes, String where) {
        return new RunSettings(merged(all, ofToday(changes), "", where));
    }

    /// A file of settings of a former version, as it is written now.
    private static JsonObject ofToday(JsonObject changes) {
        JsonObject changed = changes;
        if (changes.get("first") instanceof JsonObject first) {
            changed = changed.with("first", ofToday(first));
        }
        return changes.get("training") instanceof JsonObject training
                ? changed.with("training", TrainingConfig.ofToday(training))
                : changed;
    }

    /// These with one setting changed.
    ///
    /// @param key   as in `training.epochs`
    /// @param value as a person writes it
    /// @param where the start of a message
    public RunSettings with(String key, String value, String where) {
        return new RunSettings(replaced(all, List.of(key.split("\\.", -1)), key, value, where));
    }

    /// These with the features of a preset.
    RunSettings withFeatures(String preset) {
        return new RunSettings(all.with("features", ModelConfig.features(preset).toJson()));
    }

    /// These with another augmentation of the recordings.
    RunSettings withAugmentation(AugmentationSettings changed) {
        return new RunSettings(all.with(AUGMENTATION, changed.toJson()));
    }

    /// These with encoders that see no later input.
    RunSettings withCausalEncoders() {
        return new RunSettings(
                all.with("network", network().withCausalEncoders().toJson()));
    }

    /// One group of the settings; messages name its place.
    private JsonObject group(String key) {
        return Json.parseObject(all.toText(), PLACE).object(key);
    }

    public FeatureConfig features() {
        return FeatureConfig.fromJson(group("features"));
    }

    public NetworkConfig network() {
        return NetworkConfig.fromJson(group("network"));
    }

    public Tokenizer tokenizer() {
        return Tokenizer.fromJson(group("tokenizer"));
    }

    public Subwords subwords() {
        return Subwords.fromJson(group("subwords"));
    }

    public Vocabulary.Limits vocabulary() {
        return Vocabulary.Limits.fromJson(group("vocabulary"));
    }

    /// How a pretrained encoder is used.
    ///
    /// @param modality that it reads
    EncoderUse encoder(Modality modality) {
        return USE.read(group(ENCODERS).object(modality.word()));
    }

    /// These for a network that reads with pretrained encoders.
    RunSettings readingWith(EncoderRequest encoders) {
        boolean heard = encoders.audio() != null;
        boolean read = encoders.text() != null;
        if (!heard && !read) {
            return this;
        }
        if (all.has("first")) {
            NetworkConfig first = firstNetwork().readingStates(heard, read);
            return new RunSettings(all.with("first", all.object("first").with("network", first.toJson())));
        }
        return new RunSettings(
                all.with("network", network().readingStates(heard, read).toJson()));
    }

    /// The augmentation of the recordings, at whichever level they are read.
    public AugmentationSettings augmentation() {
        return AugmentationSettings.fromJson(group(AUGMENTATION));
    }

    /// How the model is trained. For dialogues, the augmentation of recordings is in [#firstTraining].
    public TrainingConfig training() {
        TrainingConfig training = TrainingConfig.fromJson(group("training"));
        return all.has("first") ? training : training.withAugmentation(augmentation());
    }

    /// The network of the first stage of training on dialogues.
    NetworkConfig firstNetwork() {
        return NetworkConfig.fromJson(group("first").object("network"));
    }

    /// How that stage is trained; its seed is that of the whole.
    TrainingConfig firstTraining() {
        return TrainingConfig.fromJson(group("first").object("training"))
                .withSeed(training().seed())
                .withAugmentation(augmentation());
    }

    /// Every key with its value.
    public List<Setting> list() {
        return keys(all, "").stream().map(key -> new Setting(key, valueOf(key))).toList();
    }

    private String valueOf(String key) {
        Json value = all;
        for (String part : key.split("\\.")) {
            value = value instanceof JsonObject object ? object.fields().getOrDefault(part, value) : value;
        }
        return value.toText();
    }

    private JsonObject merged(JsonObject base, JsonObject changes, String path, String where) {
        JsonObject result = base;
        for (var change : changes.fields().entrySet()) {
            String key = path + change.getKey();
            Json former = base.get(change.getKey());
            if (former == null) {
                throw unknown(key, where);
            }
            Json value = change.getValue();
            if (former instanceof JsonObject group && value instanceof JsonObject some) {
                result = result.with(change.getKey(), merged(group, some, key + ".", where));
            } else {
                String text = value instanceof Json.Text(String unquoted) ? unquoted : value.toText();
                boolean quoted = value instanceof Json.Text;
                if (quoted != former instanceof Json.Text) {
                    throw wrong(former, key, value.toText(), where);
                }
                result = result.with(change.getKey(), typed(former, key, text, where));
            }
        }
        return result;
    }

    private JsonObject replaced(JsonObject base, List<String> path, String key, String value, String where) {
        Json former = base.get(path.getFirst());
        if (former == null) {
            throw unknown(key, where);
        }
        if (path.size() == 1) {
            return base.with(path.getFirst(), typed(former, key, value, where));
        }
        if (!(former instanceof JsonObject group)) {
            throw unknown(key, where);
        }
        return base.with(path.getFirst(), replaced(group, path.subList(1, path.size()), key, value, where));
    }

    /// A value of the kind that the setting has.
    private static Json typed(Json former, String key, String value, String where) {
        try {
            return switch (former) {
                case Json.Text _ -> new Json.Text(value);
                case Json.Whole _ -> new Json.Whole(Long.parseLong(value));
                case Json.Real _ -> new Json.Real(finite(value));
                case Json.Flag _
                when value.equals("true") || value.equals("false") -> new Json.Flag(Boolean.parseBoolean(value));
                default -> throw wrong(former, key, value, where);
            };
        } catch (NumberFormatException e) {
            throw wrong(former, key, value, where);
        }
    }

    /// @throws NumberFormatException for what is no number, NaN and infinities among it
    private static double finite(String value) {
        double number = Double.parseDouble(value);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(value);
        }
        return number;
    }

    private static BadInputException wrong(Json former, String key, String value, String where) {
        String kind = switch (former) {
            case Json.Text _ -> "a name";
            case Json.Whole _ -> "a whole number";
            case Json.Real _ -> "a number";
            case Json.Flag _ -> "true or false";
            case JsonObject group -> "a group: name one of " + group.fields().keySet() + " in it";
            default -> "something else";
        };
        return new BadInputException(where + ": " + key + " is " + kind + ", not " + value);
    }

    private BadInputException unknown(String key, String where) {
        List<String> keys = keys(all, "");
        List<String> sameEnd =
                keys.stream().filter(known -> known.endsWith("." + key)).toList();
        String hint = sameEnd.isEmpty()
                ? Nearest.hint(key, keys)
                : "; did you mean \"" + String.join("\" or \"", sameEnd) + "\"?";
        String groups = hint.isEmpty() ? "; parallax train ‹help› lists all" : hint;
        return new BadInputException(where + ": there is no setting " + key + groups);
    }

    private static List<String> keys(JsonObject group, String path) {
        List<String> keys = new ArrayList<>();
        group.fields().forEach((key, value) -> {
            if (value instanceof JsonObject inner) {
                keys.addAll(keys(inner, path + key + "."));
            } else {
                keys.add(path + key);
            }
        });
        return keys;
    }
}
