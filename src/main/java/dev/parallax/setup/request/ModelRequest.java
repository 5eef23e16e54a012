package dev.parallax.setup.request;

import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.RecordJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which model is trained, and how. The settings decide what is null or empty.
///
/// @param level      what it gives answers for
/// @param modalities what it reads; empty for all that the corpora have and that can distinguish emotions
/// @param features   a preset of the audio features
/// @param settings   changed by hand
/// @param seed       of every random number
/// @param fusion     how audio and text are fused
/// @param loss       what training makes smaller
/// @param causal     of dialogues: whether no answer depends on later turns
/// @param speakers   of dialogues: whether who speaks is an input
/// @param encoders   pretrained encoders that read in place of features or vectors of words
public record ModelRequest(
        Level level,
        List<Modality> modalities,
        @Nullable String features,
        SettingChanges settings,
        @Nullable Long seed,
        @Nullable String fusion,
        @Nullable Loss loss,
        boolean causal,
        boolean speakers,
        EncoderRequest encoders) {

    /// The defaults, for single utterances.
    public static final ModelRequest STANDARD = new ModelRequest(
            Level.UTTERANCE, List.of(), null, SettingChanges.NONE, null, null, null, false, false, EncoderRequest.NONE);

    public ModelRequest {
        modalities = List.copyOf(modalities);
    }

    /// The same at another level.
    public ModelRequest withLevel(Level other) {
        return RecordJson.with(this, "level", other);
    }

    /// The same that reads these alone.
    public ModelRequest withModalities(Modality... some) {
        return RecordJson.with(this, "modalities", List.of(some));
    }

    /// The same that reads with pretrained encoders.
    public ModelRequest withEncoders(EncoderRequest folders) {
        return RecordJson.with(this, "encoders", folders);
    }

    /// The same on other features.
    public ModelRequest withFeatures(String preset) {
        return RecordJson.with(this, "features", preset);
    }

    /// The same with one more setting changed.
    public ModelRequest withSetting(String key, String value) {
        return RecordJson.with(this, "settings", settings.with(key, value));
    }

    /// The same with other changes of the settings.
    public ModelRequest withSettings(SettingChanges changes) {
        return RecordJson.with(this, "settings", changes);
    }

    /// The same that makes another loss smaller.
    public ModelRequest withLoss(Loss other) {
        return RecordJson.with(this, "loss", other);
    }

    /// The same from another seed.
    public ModelRequest withSeed(long other) {
        return RecordJson.with(this, "seed", other);
    }

    /// The same with another fusion.
    public ModelRequest withFusion(String name) {
        return RecordJson.with(this, "fusion", name);
    }
}
