package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Modality;
import dev.parallax.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// Hides one modality of some training utterances that have both, anew at each step: with probability p one of
/// the two, each as often. Such an utterance is trained on as one that lacks the modality.
///
/// Source: ModDrop of N. Neverova et al., IEEE TPAMI 38(8), 2016, which drops each channel by itself.
///
/// @param probability p, in [0, 1); 0 hides nothing
/// @param seed        of the run
record ModalityDropout(double probability, long seed) {

    private static final int STREAM = 0x30D; // of the random numbers

    static final ModalityDropout NONE = new ModalityDropout(0, 0);

    ModalityDropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new BadInputException("training: modalityDropout is " + probability
                    + ", must be in [0, 1); 0.3 hides one modality of three utterances in ten");
        }
    }

    /// What is hidden of an utterance that has both, a function of the step and of its number alone; null for
    /// nothing.
    ///
    /// @param step      of training, from 0
    /// @param utterance its number in the training part
    @Nullable
    Modality hidden(int step, int utterance) {
        if (probability == 0) {
            return null;
        }
        double u = new RandomStream(seed, step, STREAM, utterance).nextDouble();
        return u >= probability ? null : u < probability / 2 ? Modality.AUDIO : Modality.TEXT;
    }
}
