package dev.parallax.cli.command;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Corpora;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.Setting;
import dev.parallax.setup.request.SettingChanges;
import dev.parallax.setup.request.SettingsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The parts of a request that several commands read from their options.
public final class Requests {

    private static final List<Level> LEVELS = List.of(Level.values());
    private static final List<Loss> LOSSES = List.of(Loss.values());
    private static final List<Modality> MODALITIES = List.of(Modality.values());

    /// What the other losses are, for the help of commands.
    public static final String OTHER_LOSSES =
            "modulated: the single loss, with smaller steps of the perspective that contributes more; alone-first:"
                    + " each perspective by itself, then the single loss; modality-dropout: the single loss, one"
                    + " modality of some utterances hidden";

    private Requests() {}

    /// The corpora of `--corpus` and the options beside it.
    public static CorpusRequest corpus(Arguments arguments) {
        arguments.required("corpus", "name a corpus: --corpus KIND:PATH, one of " + String.join(", ", Corpora.KINDS));
        return new CorpusRequest(
                arguments.texts("corpus"),
                arguments.text("labels"),
                arguments.has("size") ? (Integer) arguments.count("size", 1) : null,
                arguments.has("synergy") ? (Double) arguments.number("synergy", 0) : null,
                arguments.list(Syntax.LEAVE_OUT),
                arguments.path("cache"),
                arguments.path("root"));
    }

    /// The model to be trained.
    public static ModelRequest model(Arguments arguments) {
        String level = arguments.text("level", Level.UTTERANCE.word());
        String loss = arguments.text("loss");
        return new ModelRequest(
                Arguments.choice("level", level, LEVELS, Level::word),
                modalities(arguments, "modalities"),
                arguments.text("features"),
                settings(arguments),
                arguments.has("seed") ? (Long) arguments.whole("seed", 0) : null,
                arguments.text("fusion"),
                loss == null ? null : Arguments.choice("loss", loss, LOSSES, Loss::word),
                arguments.has("causal"),
                arguments.has("speakers"),
                encoders(arguments));
    }

    /// The pretrained encoders of `--audio-encoder` and `--text-encoder`.
    public static EncoderRequest encoders(Arguments arguments) {
        return new EncoderRequest(
                arguments.path(Syntax.AUDIO_ENCODER),
                arguments.path(Syntax.TEXT_ENCODER),
                arguments.has(Syntax.CARRY_ENCODERS));
    }

    /// The modalities that an option names.
    public static List<Modality> modalities(Arguments arguments, String option) {
        return arguments.list(option).stream()
                .map(word -> Arguments.choice(option, word, MODALITIES, Modality::word))
                .toList();
    }

    /// The changes by `--preset`, `--config` and `--set`.
    public static SettingChanges settings(Arguments arguments) {
        Path config = arguments.path("config");
        return new SettingChanges(
                arguments.text("preset"),
                config == null ? null : SettingsFile.read(config),
                arguments.texts("set").stream()
                        .map(text -> setting("set", "KEY=VALUE", text))
                        .toList());
    }

    /// A key with its value.
    ///
    /// @param option that has it
    /// @param form   how it is written, such as `KEY=VALUE`
    public static Setting setting(String option, String form, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BadInputException("--" + option + " " + text + ": write --" + option + " " + form);
        }
        return new Setting(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    /// The parts between commas, including empty ones.
    public static List<String> between(String values) {
        return Arrays.stream(values.split(",", -1)).map(String::strip).toList();
    }
}
