package dev.parallax.model.answer;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.Perspectives;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings the answers of two perspectives together that were trained on corpora which were never recorded together,
/// so that the weight of each could not be trained:
///
///     l_m = log softmax(z_m / T_m) - log prior_m        what perspective m heard, without what it believed before
///     p   = softmax(log prior + w_audio l_audio + w_text l_text)
///
/// T_m is fitted on the validation part of m's own corpus. prior_m is the prior from m's training, and `prior` is
/// the one where the model is used. Adding the two z as they are would count a prior twice. The weights are one
/// half each: two perspectives with the same probabilities then give these probabilities.
///
/// The logits of it are linear in z_audio and z_text, since log softmax differs from its logits by the same number
/// in all classes. `docs/fusion.md` has an example with numbers.
///
/// @param audioPrior  prior_audio, above 0, one number per class   @param textPrior prior_text
/// @param prior       of use
/// @param audioWeight w_audio   @param textWeight w_text
public record UnpairedFusion(
        List<Double> audioPrior, List<Double> textPrior, List<Double> prior, double audioWeight, double textWeight) {

    private static final double HALF = 0.5;

    public UnpairedFusion {
        audioPrior = List.copyOf(audioPrior);
        textPrior = List.copyOf(textPrior);
        prior = List.copyOf(prior);
    }

    /// With weights of one half and equal priors of all classes.
    public static UnpairedFusion ofPriors(double[] audioPrior, double[] textPrior) {
        int classes = audioPrior.length;
        return new UnpairedFusion(
                Arrays.stream(audioPrior).boxed().toList(),
                Arrays.stream(textPrior).boxed().toList(),
                Collections.nCopies(classes, 1.0 / classes),
                HALF,
                HALF);
    }

    /// The same answers of single perspectives with this fusion's.
    public FusedLogits fuse(Pass pass, FusedLogits logits, Perspectives<Double> temperatures) {
        Perspective audio = logits.audio();
        Perspective text = logits.text();
        Paired both = logits.both();
        if (audio == null || text == null || both.count() == 0) {
            return logits;
        }
        float[] shift = new float[prior.size()];
        for (int c = 0; c < shift.length; c++) {
            shift[c] = (float) (Math.log(prior.get(c))
                    - audioWeight * Math.log(audioPrior.get(c))
                    - textWeight * Math.log(textPrior.get(c)));
        }
        Variable heard = scaled(pass, both.ofAudio(pass, audio.logits()), audioWeight / temperatures.audio(), shift);
        Variable read = scaled(pass, both.ofText(pass, text.logits()), textWeight / temperatures.text(), null);
        return new FusedLogits(audio, text, both, pass.tape().apply(new Add(), heard, read));
    }

    /// factor z + shift.
    private static Variable scaled(Pass pass, Variable z, double factor, float @Nullable [] shift) {
        int classes = z.shape().columns();
        float[] diagonal = new float[classes * classes];
        for (int c = 0; c < classes; c++) {
            diagonal[c * classes + c] = (float) factor;
        }
        Variable w = pass.tape().constant(Shape.of(classes, classes), diagonal);
        return shift == null
                ? pass.tape().apply(new Affine(), z, w)
                : pass.tape().apply(new Affine(), z, w, pass.tape().constant(Shape.of(classes), shift));
    }
}
