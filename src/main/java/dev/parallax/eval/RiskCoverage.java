package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What is gained by keeping only confident answers: the share of wrong ones among those kept (the risk), over the
/// share that is kept (the coverage). The most confident answers are kept first. Of n answers
///
///     risk(k/n) = (wrong ones among the k most confident) / k
///     AURC      = (1/n) sum over k = 1..n of risk(k/n)                    area under the curve, less is better
///     E-AURC    = AURC - (1/n) sum over k of max(0, k - right) / k        excess over the best order
///
/// The best order has all wrong answers last. The paper also gives the limit of its AURC for large n: r + (1 - r)
/// ln(1 - r), with r the share of wrong answers. E-AURC is 0 where every right answer is more confident than every
/// wrong one: it tells how good the confidence is, AURC how good answers and confidence are together.
///
/// Inside a group of answers of equal confidence, the curve is the mean over all orders. So it does not depend on
/// the order in which answers are given.
///
/// Source: Geifman, Uziel, El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers", ICLR 2019.
public final class RiskCoverage {

    private final double[] wrong; // expected among the k + 1 most confident

    private RiskCoverage(double[] wrong) {
        this.wrong = wrong;
    }

    /// A point of the curve, or an operating point.
    ///
    /// @param coverage share of the answers that is kept, in [0, 1]
    /// @param risk     share of wrong ones among them, in [0, 1]; NaN where none is kept
    public record Point(double coverage, double risk) {}

    /// The curve of some answers.
    ///
    /// @param confidences one per answer, finite, on any scale; not modified
    /// @param isWrong     whether the answer is wrong, as many; not modified
    public static RiskCoverage of(double[] confidences, boolean[] isWrong) {
        if (confidences.length != isWrong.length) {
            throw new ShapeException(
                    "risk and coverage: " + confidences.length + " confidences of " + isWrong.length + " answers");
        }
        if (confidences.length == 0 || !Arrays.stream(confidences).allMatch(Double::isFinite)) {
            throw new BadInputException("risk and coverage: " + confidences.length
                    + " answers; at least one is needed, and confidences must be finite");
        }
        int[] order = IntStream.range(0, confidences.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> confidences[i])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[] falling = IntStream.of(order).mapToDouble(i -> confidences[i]).toArray();
        double[] wrong = new double[order.length];
        int before = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int ofGroup = 0;
            while (to < order.length && falling[to] == falling[from]) {
                ofGroup += isWrong[order[to++]] ? 1 : 0;
            }
            for (int k = from; k < to; k++) {
                wrong[k] = before + (double) ofGroup * (k + 1 - from) / (to - from);
            }
            before += ofGroup;
            from = to;
        }
        return new RiskCoverage(wrong);
    }

    /// Number of answers.
    public int size() {
        return wrong.length;
    }

    /// The risk of the most confident answers.
    ///
    /// @param kept how many of them, from 1
    public Point point(int kept) {
        return new Point((double) kept / size(), wrong[kept - 1] / kept);
    }

    /// The curve from its first to its last point.
    ///
    /// @param most how many points, spread evenly, where there are more answers
    public List<Point> points(int most) {
        int count = Math.min(size(), most);
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> point((int) (((long) i * size() + count - 1) / count)))
                .toList();
    }

    /// The risk at a coverage: that of the fewest answers whose share is at least the coverage.
    ///
    /// @param coverage above 0, at most 1
    /// @return the share of wrong ones, in [0, 1]; one less it is the selective accuracy
    public double risk(double coverage) {
        if (!(coverage > 0 && coverage <= 1)) {
            throw new BadInputException("risk and coverage: coverage " + coverage + " must be above 0 and at most 1");
        }
        double share = coverage * size();
        double whole = Math.rint(share);
        int kept = (int) (Math.abs(share - whole) < 1e-9 * size() ? whole : Math.ceil(share));
        return point(Math.max(1, kept)).risk();
    }

    /// AURC.
    public double area() {
        double sum = 0;
        for (int k = 1; k <= size(); k++) {
            sum += point(k).risk();
        }
        return sum / size();
    }

    /// E-AURC, at least 0.
    public double excessArea() {
        double right = size() - wrong[size() - 1];
        double sum = 0;
        for (int k = 1; k <= size(); k++) {
            sum += Math.max(0, k - right) / k;
        }
        return Math.max(0, area() - sum / size());
    }
}
