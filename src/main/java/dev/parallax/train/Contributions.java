package dev.parallax.train;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Modality;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How much each perspective contributes to the fused answers of a batch, and how much smaller the steps of the
/// dominant one become:
///
///     s_audio = sum over utterances of softmax(z(h_audio, 0))_y          s_text likewise
///     rho_audio = s_audio / s_text                                       rho_text = 1 / rho_audio
///     k_m = 1 - tanh(alpha rho_m)   where rho_m > 1,   else 1
///
/// z(h_audio, 0) are the fused logits where all that the fusion reads of the text is zero. Under `late-add`
/// that is z_audio, and under a linear layer on both it is the audio's part of the sum with the bias: those of
/// the paper.
///
/// Source: OGM of X. Peng, Y. Wei, A. Deng, D. Wang, D. Hu, CVPR 2022, eq. 8 to 10; without its added noise
/// (GE).
///
/// @param audio s_audio, over the labelled utterances that have both   @param text s_text
record Contributions(double audio, double text) {

    static final Contributions NONE = new Contributions(0, 0);

    /// Of the utterances of one shard.
    ///
    /// @param tape     that the logits are on; it gets constants alone
    /// @param readings receives the logits
    /// @param labels   of each utterance, -1 where it is not known
    /// @return what computes them once the logits are read
    static Supplier<Contributions> of(
            Tape tape, Parameters parameters, FusedLogits logits, Readings readings, int... labels) {
        Pass pass = Pass.inference(tape, parameters);
        int[] owners = logits.both().owners();
        DoubleSupplier audio = sum(logits.without(pass, Modality.TEXT), owners, readings, labels);
        DoubleSupplier text = sum(logits.without(pass, Modality.AUDIO), owners, readings, labels);
        return () -> new Contributions(audio.getAsDouble(), text.getAsDouble());
    }

    private static DoubleSupplier sum(@Nullable Variable logits, int[] owners, Readings readings, int... labels) {
        if (logits == null) {
            return () -> 0;
        }
        int count = logits.shape().count();
        int at = readings.add(logits.value().buffer());
        return () -> sum(Arrays.copyOfRange(readings.values(), at, at + count), owners, labels);
    }

    private static double sum(float[] rows, int[] owners, int... labels) {
        int classes = rows.length / owners.length;
        double sum = 0;
        for (int i = 0; i < owners.length; i++) {
            int label = labels[owners[i]];
            if (label >= 0) {
                double others = 0; // sum over c of exp(z_c - z_y)
                for (int c = 0; c < classes; c++) {
                    others += Math.exp((double) rows[i * classes + c] - rows[i * classes + label]);
                }
                sum += 1 / others;
            }
        }
        return sum;
    }

    Contributions plus(Contributions other) {
        return new Contributions(audio + other.audio, text + other.text);
    }

    /// k_audio and k_text; both 1 where no utterance has both.
    PartialStep.Shares shares(double alpha) {
        return new PartialStep.Shares(share(alpha, audio, text), share(alpha, text, audio), 1);
    }

    private static double share(double alpha, double own, double other) {
        return own > other ? 1 - Math.tanh(alpha * own / other) : 1;
    }
}
