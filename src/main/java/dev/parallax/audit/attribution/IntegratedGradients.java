package dev.parallax.audit.attribution;

import dev.parallax.data.Example;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Integrated gradients: how a logit z_c comes about from the numbers that the encoders read. Along the
/// straight line from a baseline b to the input x, number i is worth
///
///     a_i = (x_i - b_i) ∫₀¹ ∂z_c/∂x_i (b + t (x - b)) dt
///
/// and all together are worth what the input adds: Σ a_i = z_c(x) - z_c(b), which is called
/// completeness. The integral is that of [GaussLegendre]; its nodes are doubled until the sum is within
/// 1 % of the difference, or the budget is spent. What is then left is the gap.
///
/// The input of the audio is the rows of each window: standardised features, or states of a pretrained
/// encoder. Its baseline is the mean of training, which is 0 after standardisation. Where features are
/// read as they are, it is each column's mean over the window: a sound that does not change. The input
/// of the text is the vectors of its tokens; the baseline is 0, a vector that speaks for nothing. The
/// logit of a recording is the mean over its windows.
///
/// Of a turn of a dialogue there are two lines: that of the vectors of all turns, whose rows are the turns and whose
/// baseline is 0, and that of what the first stage reads of the turn ([FirstStageLine]).
///
/// Source: Sundararajan, Taly, Yan, "Axiomatic Attribution for Deep Networks", ICML 2017.
///
/// @param view      whose logit it is
/// @param label     c
/// @param logit     z_c(x)
/// @param baseline  z_c(b)
/// @param points    nodes of the integral
/// @param sum       Σ a_i
/// @param audio     of each window, or one of all turns; none where the view does not hear
/// @param text      of the tokens or of all turns, or null where the view does not read
public record IntegratedGradients(
        View view,
        int label,
        double logit,
        double baseline,
        int points,
        double sum,
        List<Attribution> audio,
        @Nullable Attribution text) {

    /// What the gap may be at most: a share of the difference.
    public static final double LARGEST_GAP = 0.01;

    static final int FEWEST_POINTS = 8;
    static final int MOST_POINTS = 256;

    private static final double ROUNDING = 1e-5; // of single precision, over the sum of all sizes

    public IntegratedGradients {
        audio = List.copyOf(audio);
    }

    /// The attributions of one view's logit, with as many points as needed.
    ///
    /// @param view that has logits
    public static IntegratedGradients of(Perturbation asked, View view) {
        return complete(points -> of(asked.model(), asked.examples(), view, asked.label(), GaussLegendre.of(points)));
    }

    /// The same of a dialogue's turn.
    ///
    /// @param line of what its logit depends on
    static IntegratedGradients of(Supplier<Line> line, View view, int label) {
        return complete(points -> of(List.of(line.get()), view, label, GaussLegendre.of(points)));
    }

    private static IntegratedGradients complete(IntFunction<IntegratedGradients> withPoints) {
        IntegratedGradients found = withPoints.apply(FEWEST_POINTS);
        while (!found.isComplete() && found.points < MOST_POINTS) {
            found = withPoints.apply(2 * found.points);
        }
        return found;
    }

    /// The same with a number of points.
    ///
    /// @param examples of each window
    static IntegratedGradients of(EmotionModel model, List<Example> examples, View view, int label, int points) {
        return of(model, examples, view, label, GaussLegendre.of(points));
    }

    /// The same with other nodes: with 1 alone it is the gradient at the input.
    static IntegratedGradients of(
            EmotionModel model, List<Example> examples, View view, int label, GaussLegendre rule) {
        List<InputLine> lines = examples.stream()
                .map(example -> InputLine.of(model, example, view, label))
                .toList();
        return of(lines, view, label, rule);
    }

    /// The same along lines, whose mean it is.
    static IntegratedGradients of(List<? extends Line> lines, View view, int label, GaussLegendre rule) {
        double share = 1.0 / lines.size();
        List<Attribution> audio = new ArrayList<>();
        Attribution text = null;
        double logit = 0;
        double baseline = 0;
        for (Line line : lines) {
            double[] ends = line.logits(0, 1);
            baseline += ends[0] / lines.size();
            logit += ends[1] / lines.size();
            Line.Worth found = line.integrate(rule);
            found.audio().forEach(window -> audio.add(window.times(share)));
            if (found.text() != null) {
                Attribution its = found.text().times(share);
                text = text == null ? its : text.plus(its);
            }
        }
        double sum = audio.stream().mapToDouble(Attribution::sum).sum() + (text == null ? 0 : text.sum());
        return new IntegratedGradients(view, label, logit, baseline, rule.nodes().length, sum, audio, text);
    }

    /// z_c(x) - z_c(b): what the input adds.
    public double difference() {
        return logit - baseline;
    }

    /// |Σ a_i - (z_c(x) - z_c(b))| / |z_c(x) - z_c(b)|.
    public double gap() {
        double off = Math.abs(sum - difference());
        return off == 0 ? 0 : off / Math.abs(difference());
    }

    /// Whether the gap is at most [#LARGEST_GAP], or nothing but rounding: where what speaks for a
    /// class and what speaks against it cancel each other, no share of the difference is small.
    public boolean isComplete() {
        double all = audio.stream().mapToDouble(Attribution::size).sum() + (text == null ? 0 : text.size());
        return gap() <= LARGEST_GAP || Math.abs(sum - difference()) <= ROUNDING * all;
    }
}
