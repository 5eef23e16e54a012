package dev.parallax.model.live;

import dev.parallax.fusion.Perspectives;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Probabilities of windows one after the other, smoothed exponentially, each perspective by itself:
///
///     s_1 = p_1,   s_t = α p_t + (1 - α) s_{t-1},   divided by their sum
///
/// with α = [#ALPHA]. A perspective that has no answer has no smoothed one either, and begins anew afterwards. A window
/// that is left out changes nothing.
///
/// @param probabilities of each class, for each perspective, or null
record SmoothedAnswer(Perspectives<@Nullable List<Double>> probabilities) {

    /// The weight of the newest window. `docs/listen.md` has what was measured with others.
    static final double ALPHA = 0.5;

    /// Before the first window.
    static final SmoothedAnswer NONE = new SmoothedAnswer(new Perspectives<>(null, null, null));

    /// With the answer to the next window.
    SmoothedAnswer with(Prediction prediction) {
        return new SmoothedAnswer(
                Perspectives.of(view -> smoothed(prediction.answers().get(view), probabilities.get(view))));
    }

    private static @Nullable List<Double> smoothed(@Nullable Answer now, @Nullable List<Double> before) {
        if (now == null || before == null) {
            return now == null ? null : now.probabilities();
        }
        List<Double> mixed = new ArrayList<>();
        double sum = 0;
        for (int c = 0; c < before.size(); c++) {
            double p = ALPHA * now.probabilities().get(c) + (1 - ALPHA) * before.get(c);
            mixed.add(p);
            sum += p;
        }
        double whole = sum;
        return mixed.stream().map(p -> p / whole).toList();
    }
}
