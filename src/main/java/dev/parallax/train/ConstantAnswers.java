package dev.parallax.train;

import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
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
            double[][] rows = view == View.FUSED || perspectivesAnswer ? outputs.rows(view) : new double[0][];
            int[] answers = Arrays.stream(rows)
                    .mapToInt(ConstantAnswers::largest)
                    .distinct()
                    .toArray();
            boolean varied = Arrays.stream(outputs.truth(view)).distinct().count() > 1;
            if (rows.length >= LEAST && answers.length == 1 && varied) {
                lines.add("the " + view.word() + " answer is \""
                        + model.labels().name(answers[0]) + "\" for all "
                        + rows.length + " utterances of the validation part: "
                        + (view == View.FUSED
                                ? "nothing was learned; try another learning rate, or more epochs"
                                : "nothing was learned from " + view.word() + "; look at its features or vectors, or"
                                        + " train it alone with ‹modalities " + view.word() + "›"));
            }
        }
        return lines;
    }

    private static int largest(double[] logits) {
        int largest = 0;
        for (int c = 1; c < logits.length; c++) {
            largest = logits[c] > logits[largest] ? c : largest;
        }
        return largest;
    }
}
