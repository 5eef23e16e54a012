package dev.parallax.setup.request;

import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
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
public record ModelRequest(
        Level level,
        List<Modality> modalities,
        @Nullable String features,
        SettingChanges settings,
        @Nullable Long seed,
        @Nullable String fusion,
        @Nullable Loss loss,
        boolean causal,
        boolean speakers) {

    /// The defaults, for single utterances.
    public static final ModelRequest STANDARD =
            new ModelRequest(Level.UTTERANCE, List.of(), null, SettingChanges.NONE, null, null, null, false, false);

    public ModelRequest {
        modalities = List.copyOf(modalities);
    }

    /// The same at another level.
    public ModelRequest withLevel(Level other) {
        return new ModelRequest(other, modalities, features, settings, seed, fusion, loss, causal, speakers);
    }

    /// The same that reads these alone.
    public ModelRequest withModalities(Modality... some) {
        return new ModelRequest(level, List.of(some), features, settings, seed, fusion, loss, causal, speakers);
    }

    /// The same on other features.
    public ModelRequest withFeatures(String preset) {
        return new ModelRequest(level, modalities, preset, settings, seed, fusion, loss, causal, speakers);
    }

    /// The same with one more setting changed.
    public ModelRequest withSetting(String key, String value) {
        return new ModelRequest(
                level, modalities, features, settings.with(key, value), seed, fusion, loss, causal, speakers);
    }

    /// The same from another seed.
    public ModelRequest withSeed(long other) {
        return new ModelRequest(level, modalities, features, settings, other, fusion, loss, causal, speakers);
    }

    /// The same with another fusion.
    public ModelRequest withFusion(String name) {
        return new ModelRequest(level, modalities, features, settings, seed, name, loss, causal, speakers);
    }
}
