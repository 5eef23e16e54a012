package dev.parallax.cli.train;

import dev.parallax.eval.TemperatureScaling;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.answer.AnswerRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The temperatures of a model in words.
final class CalibrationText {

    private static final double ROUNDING = 1e-9;

    private CalibrationText() {}

    /// Those that were fitted, each with the utterances that it rests on, and a line for each at a bound of the fit; no
    /// line where none was fitted.
    static List<String> of(AnswerRules rules) {
        List<View> fitted = Perspectives.VIEWS.stream()
                .filter(view -> rules.fittedOn().get(view) > 0)
                .toList();
        if (fitted.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("temperature of the probabilities, fitted on utterances that validate: "
                + fitted.stream()
                        .map(view -> String.format(
                                Locale.ROOT,
                                "%s %.2f (on %d)",
                                view.word(),
                                rules.temperatures().get(view),
                                rules.fittedOn().get(view)))
                        .collect(Collectors.joining(", ")));
        for (View view : fitted) {
            double temperature = rules.temperatures().get(view);
            if (temperature > TemperatureScaling.MOST * (1 - ROUNDING)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: %.0f is the greatest temperature: on these utterances the true class has no higher logit than"
                                + " the others, so all classes get nearly the same probability",
                        view.word(),
                        temperature));
            } else if (temperature < TemperatureScaling.LEAST * (1 + ROUNDING)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: %.2f is the least temperature: on these utterances answers are right more often than their"
                                + " probabilities say",
                        view.word(),
                        temperature));
            }
        }
        return lines;
    }
}
