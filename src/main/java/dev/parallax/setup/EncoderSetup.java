package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.fusion.Modality;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.pretrained.EncoderCache;
import dev.parallax.pretrained.EncoderFolders;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.pretrained.FrozenSpeech;
import dev.parallax.pretrained.FrozenText;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.Setting;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the pretrained encoders of a training run, and refuses requests that do not fit them.
///
/// @param model   which model was requested
/// @param start   its initial weights
/// @param backend that computes the states
record EncoderSetup(ModelRequest model, TrainingStart start, Backend backend, Remarks remarks) {

    static final String NOTHING_TO_CARRY = "‹carry-encoders›: the model reads with no pretrained encoder; leave it out";

    /// The pretrained encoders: the requested ones, or those of the model that training starts from. Says what they
    /// are, and what must be known of their licence.
    FrozenEncoders of(RunSettings settings, NetworkConfig network, FeatureStore store) {
        boolean audio = network.audio() != null;
        boolean text = network.text() != null;
        EncoderRequest asked = model.encoders();
        EmotionModel from = start.model();
        if (from != null) {
            if (!asked.isNone()) {
                throw new BadInputException("‹init›: its model reads with the encoders that it was trained with; leave"
                        + " ‹audio-encoder› and ‹text-encoder› out");
            }
            if (asked.carried() && from.encoders().inputs().all().isEmpty()) {
                throw new BadInputException(NOTHING_TO_CARRY);
            }
            return from.encoders().keeping(store.texts());
        }
        if ((asked.audio() != null && !audio) || (asked.text() != null && !text)) {
            String option = asked.audio() != null && !audio ? "audio-encoder" : "text-encoder";
            throw new BadInputException("‹" + option + "›: this model does not read "
                    + (option.startsWith("audio") ? "audio" : "text") + "; leave it out");
        }
        if (asked.audio() != null && model.features() != null) {
            throw new BadInputException(
                    "‹features›: the states of ‹audio-encoder› stand in their place; give one of both");
        }
        if (asked.text() != null && start.vectors() != null) {
            throw new BadInputException(
                    "‹vectors›: the states of ‹text-encoder› stand in their place; give one of both");
        }
        refuseUnread(asked.audio() != null, "audio-encoder", List.of("features."));
        refuseUnread(asked.text() != null, "text-encoder", List.of("network.embedding", "subwords."));
        FrozenEncoders.Places places = new FrozenEncoders.Places(found(asked.audio()), found(asked.text()));
        FrozenEncoders encoders =
                FrozenEncoders.of(places, settings.encoder(Modality.AUDIO), settings.encoder(Modality.TEXT), backend);
        EncoderInput heard = encoders.inputs().audio();
        if (heard != null && heard.trainedFrom() > 0 && network.standardization() != Standardization.NONE) {
            throw new BadInputException(
                    "settings: encoders.audio.trainedFrom=" + heard.trainedFrom()
                            + ": trained blocks read states as the encoder gives them, so network.standardization must be none");
        }
        encoders.requireReadable();
        FrozenSpeech speech = encoders.audio();
        FrozenText words = encoders.text();
        if (speech != null) {
            describe(speech.input(), speech.folder());
        }
        if (words != null) {
            describe(words.input(), words.folder());
        }
        return encoders.keeping(store.texts());
    }

    private @Nullable Path found(@Nullable Path given) {
        return given == null ? null : EncoderCache.find(given, remarks::log);
    }

    /// Refuses settings that nothing reads beside a pretrained encoder.
    private void refuseUnread(boolean encoded, String option, List<String> unread) {
        if (!encoded) {
            return;
        }
        for (Setting setting : model.settings().settings()) {
            if (unread.stream().anyMatch(setting.key()::startsWith)) {
                throw new BadInputException("‹set " + setting.key() + "=" + setting.value()
                        + "›: nothing reads it, since" + " the states of ‹" + option + "› are read; leave it out");
            }
        }
    }

    private void describe(EncoderInput input, Path folder) {
        remarks.log(input.modality() + " encoder: " + input.describe());
        remarks.log("weights of the " + input.modality() + " encoder: " + EncoderFolders.describeWeights(folder));
        input.warnings().forEach(remarks::warn);
    }
}
