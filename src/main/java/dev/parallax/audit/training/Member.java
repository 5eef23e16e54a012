package dev.parallax.audit.training;

import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.random.RandomStream;
import dev.parallax.train.Examples;
import dev.parallax.train.FollowedTraining;
import dev.parallax.train.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An utterance of a batch.
///
/// @param example the number of its example
/// @param row     its place there
/// @param audio   whether it has audio that the model reads
/// @param text    whether it has text that the model reads
/// @param hidden  what training hides of it at this step: with u uniform over [0, 1), a function of the seed, the step
///                and the utterance, and p the settings' `modalityDropout`, the audio where u < p / 2, else the text
///                where u < p; nothing of one that has only one of them
/// @param label   -1 where it is not known
record Member(
        int example,
        int row,
        boolean audio,
        boolean text,
        @Nullable Modality hidden,
        int label) {

    private static final int STREAM = 0x30D; // of the random numbers by which training hides

    /// Whether its audio is read.
    boolean isHeard() {
        return audio && hidden != Modality.AUDIO;
    }

    /// Whether its text is read.
    boolean isRead() {
        return text && hidden != Modality.TEXT;
    }

    /// The utterances of a batch, in their order.
    static List<Member> of(FollowedTraining training, FollowedTraining.Next next) {
        Examples examples = training.examples();
        boolean dialogues = training.inputs() instanceof FollowedTraining.Inputs.OfDialogues;
        List<Member> members = new ArrayList<>();
        for (int example : next.batch()) {
            int[] labels = examples.labels(example);
            for (int row = 0; row < labels.length; row++) {
                boolean audio = examples.hasAudio(example, row);
                boolean text = examples.hasText(example, row);
                int number = dialogues ? examples.utterance(example) + row : example;
                Modality hidden = audio && text ? hidden(training.config(), next.number(), number) : null;
                members.add(new Member(example, row, audio, text, hidden, labels[row]));
            }
        }
        return members;
    }

    private static @Nullable Modality hidden(TrainingConfig config, int step, int number) {
        double p = config.loss() == Loss.MODALITY_DROPOUT ? config.modalityDropout() : 0;
        double u = new RandomStream(config.seed(), step, STREAM, number).nextDouble();
        if (u < p / 2) {
            return Modality.AUDIO;
        }
        return u < p ? Modality.TEXT : null;
    }
}
