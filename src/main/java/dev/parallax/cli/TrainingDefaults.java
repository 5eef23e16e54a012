package dev.parallax.cli;

import dev.parallax.audio.FeatureConfig;
import dev.parallax.data.AugmentationSettings;
import java.util.List;
import java.util.Locale;

/// What `train` starts from where nobody asks for anything else: the features and the network that are best for so
/// many recordings, and recordings that are varied by rooms, noise and telephones (`docs/audio.md` has the figures).
final class TrainingDefaults {

    /// With fewer recordings a linear network on functionals does better on new speakers than a recurrent one on
    /// frames: on EMO-DB, of which 340 are learned from, by 0.1 of unweighted accuracy.
    private static final int FEW = 1000;

    private static final String FRAMES = "speech";
    private static final String FUNCTIONALS = "functionals";
    private static final double WEIGHT_DECAY = 1; // of the linear network, chosen on inner parts of EMO-DB

    private static final double TELEPHONE_HZ = 4000; // all that a telephone leaves

    private TrainingDefaults() {}

    /// The settings to start from; what was chosen, and why, is said.
    ///
    /// @param corpora that are learned from
    static Settings of(Arguments arguments, StartChoice start, CorpusSet corpora, Console console) {
        String features = arguments.text("features");
        if (start.model() != null || arguments.has("preset")) {
            return start.defaults(features == null ? FRAMES : features);
        }
        long recordings = corpora.utterances().stream()
                .filter(utterance -> utterance.audio() != null)
                .count();
        boolean heard = recordings > 0 && !arguments.list("modalities").equals(List.of("text"));
        if (!heard || corpora.embedded()) {
            return start.defaults(features == null ? FRAMES : features);
        }
        if (features == null) {
            features = chosen(recordings, settingsName(arguments), console);
        }
        Settings settings = start.defaults(features);
        if (features.equals(FUNCTIONALS)) {
            settings.set("training.weightDecay", Double.toString(WEIGHT_DECAY), FUNCTIONALS);
        }
        if (!arguments.has("as-recorded")) {
            varied(settings, settings.copy().apply(arguments).features(), console);
        }
        return settings;
    }

    /// Whether a setting of the network or the features was named that means a network on frames.
    private static boolean settingsName(Arguments arguments) {
        return arguments.texts("set").stream()
                        .anyMatch(setting -> setting.startsWith("network.audio.") || setting.startsWith("features."))
                || arguments.has("config")
                || !arguments.text("fusion", "late-add").startsWith("late");
    }

    private static String chosen(long recordings, boolean named, Console console) {
        if (recordings >= FEW || named) {
            String why = named ? "as the options ask for settings of frames or of what fuses them" : "enough for them";
            console.log(String.format(
                    Locale.ROOT,
                    "features: %s, frames for a recurrent network; %d recordings, %s (--features functionals takes one"
                            + " row a recording)",
                    FRAMES,
                    recordings,
                    why));
            return FRAMES;
        }
        console.log(String.format(
                Locale.ROOT,
                "features: %s for a linear network, since %d recordings are few (below %d); --features %s takes frames"
                        + " for a recurrent one",
                FUNCTIONALS,
                recordings,
                FEW,
                FRAMES));
        return FUNCTIONALS;
    }

    /// Recordings are varied, but for what could not change these features.
    ///
    /// @param features with what was asked for by hand
    private static void varied(Settings settings, FeatureConfig features, Console console) {
        settings.setAugmentation(
                features.utteranceLevel() ? AugmentationSettings.ROOMS : AugmentationSettings.ROOMS_AND_MASKS);
        if (features.highestHz() <= TELEPHONE_HZ) {
            settings.set("augmentation.bandLimit.probability", "0", "defaults");
            console.log(String.format(
                    Locale.ROOT,
                    "augmentation: no copy is limited as by a telephone, since these features end at %.0f Hz",
                    features.highestHz()));
        }
    }
}
