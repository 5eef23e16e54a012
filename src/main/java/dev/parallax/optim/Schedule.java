package dev.parallax.optim;

import dev.parallax.BadInputException;
import java.util.List;

/// The learning rate over time. A pure function of the progress of training, so a resumed run follows the same
/// curve.
public sealed interface Schedule {

    /// The learning rate.
    ///
    /// @param progress epochs done, with fractions
    /// @param improved of each finished epoch, whether it was the best until then
    double rate(double progress, List<Boolean> improved);

    private static void requireRate(double rate) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new BadInputException("schedule: learning rate " + rate + " must be above 0 and finite");
        }
    }

    /// Constant.
    record Constant(double rate) implements Schedule {
        public Constant {
            requireRate(rate);
        }

        @Override
        public double rate(double progress, List<Boolean> improved) {
            return rate;
        }
    }

    /// Rises evenly from 0 to `peak` over `warmUp` epochs, then falls along half a cosine to 0 at `epochs`.
    /// Source: Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts.
    record WarmUpCosine(double peak, double warmUp, double epochs) implements Schedule {
        public WarmUpCosine {
            requireRate(peak);
            if (!(warmUp >= 0 && warmUp < epochs)) {
                throw new BadInputException(
                        "schedule: warm-up of " + warmUp + " epochs does not fit into " + epochs + "; make it shorter");
            }
        }

        @Override
        public double rate(double progress, List<Boolean> improved) {
            if (progress < warmUp) {
                return peak * progress / warmUp;
            }
            double done = Math.min(1, (progress - warmUp) / (epochs - warmUp));
            return peak * (1 + Math.cos(Math.PI * done)) / 2;
        }
    }

    /// Multiplied by `factor` each time `patience` epochs have passed without a better one.
    record ReduceOnPlateau(double start, double factor, int patience) implements Schedule {
        public ReduceOnPlateau {
            requireRate(start);
            if (!(factor > 0 && factor < 1) || patience < 1) {
                throw new BadInputException(
                        "schedule: factor " + factor + " must be in (0, 1), patience " + patience + " at least 1");
            }
        }

        @Override
        public double rate(double progress, List<Boolean> improved) {
            double rate = start;
            int waited = 0;
            for (boolean better : improved) {
                waited++;
                if (better) {
                    waited = 0;
                } else if (waited == patience) {
                    rate *= factor;
                    waited = 0;
                }
            }
            return rate;
        }
    }
}
