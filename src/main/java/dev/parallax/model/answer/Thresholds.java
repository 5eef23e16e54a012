package dev.parallax.model.answer;

import dev.parallax.BadInputException;
import dev.parallax.fusion.View;
import java.util.ArrayList;
import java.util.List;

/// The least probability of an answer that is called sure; below it the answer is the best guess, marked "not
/// sure". At 1, no answer is sure. Chosen on the validation part ([dev.parallax.eval.Sureness]).
///
/// @param fused of the fused answer, in [0, 1]   @param audio of audio's   @param text of text's
public record Thresholds(double fused, double audio, double text) {

    /// Every answer is sure.
    public static final Thresholds NONE = new Thresholds(0, 0, 0);

    /// The threshold that no answer reaches, not even one of probability 1.
    static final double NONE_REACHES = 1;

    /// No answer is sure.
    public static final Thresholds NEVER = new Thresholds(NONE_REACHES, NONE_REACHES, NONE_REACHES);

    public Thresholds {
        for (double threshold : new double[] {fused, audio, text}) {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new BadInputException(
                        "model: thresholds " + fused + ", " + audio + ", " + text + " must be in [0, 1]");
            }
        }
    }

    /// These, but no answer that rests on audio is sure.
    public Thresholds withoutAudio() {
        return new Thresholds(NONE_REACHES, NONE_REACHES, text);
    }

    /// The perspectives of which no answer is ever sure.
    public List<View> never() {
        List<View> never = new ArrayList<>();
        if (fused >= NONE_REACHES) {
            never.add(View.FUSED);
        }
        if (audio >= NONE_REACHES) {
            never.add(View.AUDIO);
        }
        if (text >= NONE_REACHES) {
            never.add(View.TEXT);
        }
        return never;
    }
}
