package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Part;
import dev.parallax.corpus.Split;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.data.Utterance;
import dev.parallax.model.NetworkConfig;
import java.util.List;

/// Whether what is learned from can be varied as the settings ask.
final class Augmentable {

    private Augmentable() {}

    /// Refuses, before anything is computed, an augmentation that could change nothing.
    ///
    /// @param network that hears the recordings
    static void require(Settings settings, NetworkConfig network) {
        AugmentationSettings augmentation = settings.augmentation();
        if (!augmentation.isNone() && network.audio() == null) {
            throw new BadInputException("augmentation: it varies recordings, and this model reads text alone; leave the"
                    + " settings augmentation.* out, or let it read audio (--modalities)");
        }
        augmentation.requireEffectOn(settings.features());
    }

    /// Refuses any where there are no recordings.
    static void refuseOnVectors(Settings settings) {
        if (!settings.augmentation().isNone()) {
            throw new BadInputException("augmentation: it varies recordings, and this corpus has vectors, which nothing"
                    + " hears; leave the settings augmentation.* out");
        }
    }

    /// Says what will be varied, if anything.
    static void say(Settings settings, Split split, List<Utterance> utterances, Console console) {
        AugmentationSettings augmentation = settings.augmentation();
        if (!augmentation.isNone()) {
            long heard = split.select(Part.TRAIN, utterances).stream()
                    .filter(utterance -> utterance.audio() != null)
                    .count();
            console.log("augmentation: " + heard + " recordings, " + augmentation.describe());
        }
    }
}
