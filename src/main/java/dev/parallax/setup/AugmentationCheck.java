package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.model.NetworkConfig;
import java.util.List;

/// Whether the training data can be varied as the settings ask.
public final class AugmentationCheck {

    private AugmentationCheck() {}

    /// Refuses, before anything is computed, an augmentation that could change nothing.
    ///
    /// @param network that reads the recordings
    public static void require(RunSettings settings, NetworkConfig network) {
        AugmentationSettings augmentation = settings.augmentation();
        if (!augmentation.isNone() && network.audio() == null) {
            throw new BadInputException("augmentation: it varies recordings, and this model reads text alone; leave the"
                    + " settings augmentation.* out, or let it read audio (‹modalities›)");
        }
        augmentation.requireEffectOn(settings.features());
    }

    /// Refuses any where there are no recordings.
    static void refuseOnVectors(RunSettings settings) {
        if (!settings.augmentation().isNone()) {
            throw new BadInputException("augmentation: it varies recordings, and this corpus has vectors, which nothing"
                    + " hears; leave the settings augmentation.* out");
        }
    }

    /// Reports what will be varied, if anything.
    public static void say(RunSettings settings, Split split, List<Utterance> utterances, Remarks remarks) {
        AugmentationSettings augmentation = settings.augmentation();
        if (!augmentation.isNone()) {
            long heard = split.select(Part.TRAIN, utterances).stream()
                    .filter(utterance -> utterance.audio() != null)
                    .count();
            remarks.log("augmentation: " + Count.of(heard, "recording") + ", " + augmentation.describe());
        }
    }
}
