package dev.parallax.audit;

import dev.parallax.model.EmotionModel;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.trace.Step;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fused logits as an exact sum, class by class: z = what audio adds + what text adds + what the priors add. That
/// holds where fusion is a sum of logits: late-add, and perspectives that were trained apart.
///
/// @param audio  what audio adds, a number per class
/// @param text   what text adds
/// @param priors what the priors of training and of use add
/// @param gap    the largest difference of the sum from the fused logits: rounding
public record Contributions(List<Double> audio, List<Double> text, List<Double> priors, double gap) {

    private static final String LATE_ADD = "late-add";

    public Contributions {
        audio = List.copyOf(audio);
        text = List.copyOf(text);
        priors = List.copyOf(priors);
    }

    /// Those of an answer, or null where there is no fused answer or it is no sum.
    public static @Nullable Contributions of(EmotionModel model, UtteranceAudit audit) {
        Step fused = audit.logits().fused();
        Step heard = audit.logits().audio();
        Step read = audit.logits().text();
        UnpairedFusion unpaired = model.rules().unpaired();
        boolean isSum = unpaired != null || model.network().strategy().name().equals(LATE_ADD);
        if (fused == null || heard == null || read == null || !isSum) {
            return null;
        }
        double audioFactor = unpaired == null
                ? 1
                : unpaired.audioWeight() / model.rules().temperatures().audio();
        double textFactor = unpaired == null
                ? 1
                : unpaired.textWeight() / model.rules().temperatures().text();
        double[] audio = scaled(heard.values(), audioFactor);
        double[] text = scaled(read.values(), textFactor);
        double[] priors = new double[audio.length];
        double gap = 0;
        for (int c = 0; c < priors.length; c++) {
            priors[c] = unpaired == null
                    ? 0
                    : Math.log(unpaired.prior().get(c))
                            - unpaired.audioWeight()
                                    * Math.log(unpaired.audioPrior().get(c))
                            - unpaired.textWeight()
                                    * Math.log(unpaired.textPrior().get(c));
            gap = Math.max(gap, Math.abs(audio[c] + text[c] + priors[c] - fused.values()[c]));
        }
        return new Contributions(boxed(audio), boxed(text), boxed(priors), gap);
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
