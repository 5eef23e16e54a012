package dev.parallax.train;

import dev.parallax.eval.Probabilities;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the views of a model that answer the same class to every utterance: what they read tells them
/// nothing, or has a scale from which they cannot learn.
final class ConstantAnswers {

    private static final int LEAST = 10; // utterances; fewer may well be answered alike

    private ConstantAnswers() {}

    /// A line for each such view; of the perspectives, for those that are trained to answer by themselves.
    ///
    /// @param outputs for the validation part
    static List<String> warnings(Model model, Outputs outputs) {
        List<String> lines = new ArrayList<>();
        boolean perspectivesAnswer = !(model.readsAudio() && model.readsText()) || model.perspectivesTrained();
        for (View view : Perspectives.VIEWS) {
            if (view == View.FUSED || perspectivesAnswer) {
                int[] answers = Probabilities.argmax(outputs.rows(view));
                if (answers.length >= LEAST && isConstant(answers) && !isConstant(outputs.truth(view))) {
                    lines.add("the " + view.word() + " answer is \""
                            + model.labels().name(answers[0]) + "\" for all "
                            + Count.of(answers.length, "utterance") + " of the validation part: " + remedy(view));
                }
            }
        }
        return lines;
    }

    private static boolean isConstant(int... classes) {
        return Arrays.stream(classes).distinct().count() == 1;
    }

    private static String remedy(View view) {
        return view == View.FUSED
                ? "nothing was learned; try another learning rate, or more epochs"
                : "nothing was learned from " + view.word()
                        + "; look at its features or vectors, or train it alone with ‹modalities " + view.word()
                        + "›";
    }
}
