package dev.parallax.audit;

import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the last steps of an answer into a trace: logits, temperature, probabilities, decision.
final class AnswerSteps {

    private final Trace trace;
    private final Model model;
    private final String ofLogits;
    private final JsonObject place;

    /// @param ofLogits the formula of the logits
    /// @param place    of the utterance in a dialogue, the settings of its steps; empty for none
    AnswerSteps(Trace trace, Model model, String ofLogits, JsonObject place) {
        this.trace = trace;
        this.model = model;
        this.ofLogits = ofLogits;
        this.place = place;
    }

    /// From logits to the decision.
    ///
    /// @param logits     of each view, one for each window; empty where there is none
    /// @param prediction in which the steps must end, to the last bit
    /// @return the logits of each view, the mean over the windows, or null
    Perspectives<@Nullable Step> follow(Perspectives<List<Source>> logits, Prediction prediction) {
        Perspectives<@Nullable Step> means = Perspectives.of(view -> mean(view, logits.get(view)));
        for (View view : Perspectives.VIEWS) {
            answer(prediction, view, means.get(view));
        }
        return means;
    }

    private @Nullable Step mean(View view, List<Source> logits) {
        return logits.isEmpty()
                ? null
                : trace.add(
                        action("logits, " + view.word(), ofLogits),
                        logits,
                        WindowMean.of(trace, logits),
                        WindowMean::byFormula);
    }

    private void answer(Prediction prediction, View view, @Nullable Step logits) {
        if (logits == null) {
            return;
        }
        double temperature = model.rules().temperatures().get(view);
        double threshold = model.rules().thresholds().get(view);
        Answer shown = prediction.answers().get(view);
        boolean doubtful = shown != null && shown.doubtful();
        Answer answer = Answer.of(model.labels().names(), logits.values(), temperature, threshold, doubtful);
        if (shown != null && !shown.equals(answer)) {
            throw new IllegalStateException("audit: the steps do not end in the answer of predict, " + view.word());
        }
        double[] probabilities =
                answer.probabilities().stream().mapToDouble(Double::doubleValue).toArray();
        Step temperatureStep = trace.add(
                action(
                        "temperature, " + view.word(),
                        "T, fitted on the validation part; answers.temperatures of the model's file"),
                List.of(),
                new double[] {temperature},
                null);
        Step softmax = trace.add(
                action("probabilities, " + view.word(), "p_c = exp(z_c / T) / Σ exp(z / T)"),
                List.of(logits.result(), temperatureStep.result()),
                probabilities,
                in -> softmax(in[0], in[1][0]));
        trace.add(
                action(
                        "decision, " + view.word(),
                        "[class of the largest p, that p, least p of a sure answer, whether the input is unlike the"
                                + " training data, whether the answer is sure]"),
                List.of(softmax.result()),
                new double[] {
                    model.labels().names().indexOf(answer.label()),
                    answer.probability(),
                    threshold,
                    doubtful ? 1 : 0,
                    answer.sure() ? 1 : 0
                },
                in -> decision(in[0], threshold, doubtful));
    }

    private Step.Action action(String what, String formula) {
        return new Step.Action("answer", what, formula, place);
    }

    private static double[] softmax(double[] z, double temperature) {
        double largest = Arrays.stream(z).max().orElse(0);
        double[] p = Arrays.stream(z)
                .map(value -> Math.exp((value - largest) / temperature))
                .toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / sum).toArray();
    }

    private static double[] decision(double[] p, double threshold, boolean doubtful) {
        int best = 0;
        for (int c = 1; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
        }
        boolean sure = !doubtful && threshold < 1 && p[best] >= threshold;
        return new double[] {best, p[best], threshold, doubtful ? 1 : 0, sure ? 1 : 0};
    }
}
