package dev.parallax.audit.attribution;

import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.UnpairedFusion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the audio and the text bring to the probability v of the decided class, as shares of a game of
/// two players:
///
///     φ_audio = ½ (v(audio) - v(neither)) + ½ (v(both) - v(text))
///     φ_text  = ½ (v(text) - v(neither)) + ½ (v(both) - v(audio))
///
/// They add up to v(both) - v(neither), and with two players nothing is estimated. v(both) is the fused
/// answer, v(audio) and v(text) are those of the perspectives, and v(neither) is the prior: that of use
/// where perspectives were trained apart, else equal shares, since a model's file does not say how
/// often each class was trained on. Source: Shapley, "A Value for n-Person Games", 1953.
///
/// @param both    v(both)       @param audio v(audio)   @param text v(text)
/// @param neither v(neither)
/// @param ofAudio φ_audio       @param ofText φ_text
public record ShapleyValues(double both, double audio, double text, double neither, double ofAudio, double ofText) {

    /// Those of a game whose four values are known.
    public static ShapleyValues of(double both, double audio, double text, double neither) {
        return new ShapleyValues(
                both,
                audio,
                text,
                neither,
                ((audio - neither) + (both - text)) / 2,
                ((text - neither) + (both - audio)) / 2);
    }

    /// Those of an answer, or null where [#obstacle] says why there are none.
    static @Nullable ShapleyValues of(Model model, Prediction prediction) {
        if (obstacle(model, prediction) != null) {
            return null;
        }
        int label = prediction.labels().indexOf(prediction.decision().label());
        return of(
                probability(prediction.fused(), label),
                probability(prediction.audio(), label),
                probability(prediction.text(), label),
                prior(model, label));
    }

    private static double probability(@Nullable Answer answer, int label) {
        return Objects.requireNonNull(answer).probabilities().get(label);
    }

    /// The probability of a class of which nothing is heard or read.
    static double prior(Model model, int label) {
        UnpairedFusion unpaired = model.rules().unpaired();
        return unpaired == null ? 1.0 / model.labels().size() : unpaired.prior().get(label);
    }

    /// Why an answer has no such shares, or null.
    static @Nullable String obstacle(Model model, Prediction prediction) {
        if (!model.readsAudio() || !model.readsText()) {
            return "the model reads " + (model.readsAudio() ? "audio" : "text") + " alone";
        }
        if (prediction.fused() == null) {
            return "only " + (prediction.audio() == null ? "text" : "audio") + " is there";
        }
        if (model.network().fusesInputs()) {
            return "the model fuses its inputs and has no answer without both";
        }
        if (prediction.audio() == null || prediction.text() == null) {
            return "the model was trained with the single loss: one perspective alone was never taught to decide";
        }
        return null;
    }
}
