package dev.parallax.setup;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.fusion.Modality;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.Setting;
import dev.parallax.setup.request.TrainingRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The defaults of training. There are two kinds of features, each with its own network; the validation part chooses
/// between them. Recordings are varied by rooms, noise and telephones (`docs/audio.md` has the figures).
///
/// @param expected the features and the network that are likely to be better for so many recordings
/// @param other    those that are trained too, null where there is nothing to choose
record TrainingDefaults(RunSettings expected, @Nullable RunSettings other) {

    /// With fewer recordings, a linear network on functionals is expected to be better on new speakers than a
    /// recurrent one on frames. On EMO-DB, with 340 training recordings, it was by 0.1 of unweighted accuracy.
    private static final int FEW = 1000;

    private static final String FRAMES = "speech";
    private static final String FUNCTIONALS = "functionals";
    private static final List<String> OF_FRAMES = List.of("network.audio.", "features.", "augmentation.specAugment.");
    private static final double WEIGHT_DECAY = 1; // of the linear network, chosen on inner parts of EMO-DB

    /// The settings to start from; reports which are expected to be better, and why.
    ///
    /// @param corpora the training corpora
    static TrainingDefaults of(TrainingRequest request, TrainingStart start, CorpusSet corpora, Remarks remarks) {
        ModelRequest model = request.model();
        String asked = model.features();
        long recordings = corpora.utterances().stream()
                .filter(utterance -> utterance.audio() != null)
                .count();
        boolean heard = recordings > 0 && !model.modalities().equals(List.of(Modality.TEXT));
        if (start.model() != null || model.settings().preset() != null || !heard || corpora.embedded()) {
            return new TrainingDefaults(start.defaults(asked == null ? FRAMES : asked), null);
        }
        if (model.encoders().audio() != null) {
            remarks.log("augmentation: none, since each varied copy of a recording would go through the encoder too"
                    + " (‹set augmentation.copies=1› makes them)");
            return new TrainingDefaults(start.defaults(FRAMES), null);
        }
        if (asked != null) {
            return new TrainingDefaults(varied(asked, request, start, remarks), null);
        }
        if (meansFrames(model)) {
            remarks.log("features: " + FRAMES + ", frames for a recurrent network, as the options ask for settings of"
                    + " frames or of what fuses them (‹features functionals› takes one row a recording)");
            return new TrainingDefaults(varied(FRAMES, request, start, remarks), null);
        }
        boolean few = recordings < FEW;
        remarks.log(String.format(
                Locale.ROOT,
                few
                        ? "features: functionals for a linear network, since %d recordings are few (below %d)"
                        : "features: speech, frames for a recurrent network, since %d recordings are enough (from %d on)",
                recordings,
                FEW));
        return new TrainingDefaults(
                varied(few ? FUNCTIONALS : FRAMES, request, start, remarks),
                varied(few ? FRAMES : FUNCTIONALS, request, start, remarks));
    }

    /// The name of features where there is a choice.
    static String name(FeatureConfig features) {
        return features.utteranceLevel() ? FUNCTIONALS : FRAMES;
    }

    /// Whether the request names a setting of frames, or of a network on them.
    private static boolean meansFrames(ModelRequest model) {
        return model.settings().settings().stream()
                        .map(Setting::key)
                        .anyMatch(setting -> OF_FRAMES.stream().anyMatch(setting::startsWith))
                || model.settings().file() != null
                || (model.fusion() != null && !model.fusion().startsWith("late"));
    }

    private static RunSettings varied(String features, TrainingRequest request, TrainingStart start, Remarks remarks) {
        RunSettings settings = start.defaults(features);
        if (features.equals(FUNCTIONALS)) {
            settings = settings.with("training.weightDecay", Double.toString(WEIGHT_DECAY), FUNCTIONALS);
        }
        ModelRequest model = request.model();
        return request.asRecorded()
                ? settings
                : varied(
                        settings, settings.with(model.settings(), model.level()).features(), remarks);
    }

    /// Adds the augmentation of recordings, without the steps that could not change these features.
    ///
    /// @param features with the changes that were requested
    private static RunSettings varied(RunSettings settings, FeatureConfig features, Remarks remarks) {
        AugmentationSettings augmentation =
                features.utteranceLevel() ? AugmentationSettings.ROOMS : AugmentationSettings.ROOMS_AND_MASKS;
        RunSettings varied = settings.withAugmentation(augmentation);
        if (2 * features.highestHz() > augmentation.steps().bandLimit().maxSampleRate()) {
            return varied;
        }
        remarks.log(String.format(
                Locale.ROOT,
                "augmentation: no copy is limited as by a telephone, since these features end at %.0f Hz",
                features.highestHz()));
        return varied.with("augmentation.bandLimit.probability", "0", "defaults");
    }
}
