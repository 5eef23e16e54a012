package dev.parallax.audit.attribution;

import dev.parallax.model.answer.Answer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// How much of the decision's probability is lost where a word is left out of the text, or a stretch of
/// the sound is silenced. It asks the model again each time, so it holds for any model; what two words
/// do only together it does not see.
///
/// @param label     the decision
/// @param whole     its probability in the answer of the view that decides, with all there is
/// @param words     of the text
/// @param withouts  the probability without each of them, of the decision where the view has no answer
///                  then; NaN where there is no answer at all
/// @param silenced  the probability with each of as many equal stretches of every window silenced
public record Occlusion(String label, double whole, List<String> words, List<Double> withouts, List<Double> silenced) {

    private static final int MOST_WORDS = 60;

    public Occlusion {
        words = List.copyOf(words);
        withouts = List.copyOf(withouts);
        silenced = List.copyOf(silenced);
    }

    /// Asks the model again without each word, 60 at most, and each stretch of every window.
    public static Occlusion of(Perturbation perturbation) {
        List<String> words = perturbation.words();
        List<String> some = words.subList(0, Math.min(words.size(), MOST_WORDS));
        BitSet none = new BitSet();
        List<Double> withouts = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            List<String> left = new ArrayList<>(words);
            left.remove(i);
            withouts.add(perturbation.probability(none, left));
        }
        List<Double> silenced = new ArrayList<>();
        for (int stretch = 0; stretch < perturbation.stretches(); stretch++) {
            BitSet one = new BitSet();
            one.set(stretch);
            silenced.add(perturbation.probability(one, words));
        }
        Answer decision = perturbation.audit().prediction().decision();
        return new Occlusion(decision.label(), decision.probability(), some, withouts, silenced);
    }

    /// The probability that is lost without each part; NaN where there is no answer without it.
    ///
    /// @param without the probability without each: [#withouts] or [#silenced]
    List<Double> losses(List<Double> without) {
        return without.stream().map(p -> whole - p).toList();
    }
}
