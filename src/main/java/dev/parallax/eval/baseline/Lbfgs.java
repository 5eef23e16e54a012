package dev.parallax.eval.baseline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Minimises a smooth convex function from its values and gradients: each step goes along -H g, where H, the inverse
/// curvature, is estimated from the last few steps. The step is halved until the function falls by the expected
/// share of its slope. Deterministic.
///
/// Source: Nocedal, Wright, "Numerical Optimization", 2nd ed., 2006, algorithms 7.4 (the two loops)
/// and 3.1.
final class Lbfgs {

    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4; // share of the decrease that the slope predicts
    private static final int MOST_HALVINGS = 50;

    /// A function and its gradient.
    @FunctionalInterface
    interface Objective {
        /// @param x        where
        /// @param gradient receives the gradient there
        /// @return the value there
        double of(double[] x, double[] gradient);
    }

    /// One step, and how the gradient changed along it.
    private static final class Pair {
        final double[] s;
        final double[] y;
        final double rho;

        Pair(double[] s, double[] y) {
            this.s = s;
            this.y = y;
            this.rho = 1 / dot(s, y);
        }
    }

    private Lbfgs() {}

    /// Moves `x` to the minimum, in place.
    ///
    /// @param tolerance ends when no element of the gradient is larger, or when rounding stops the
    ///     descent
    /// @return true if the tolerance was reached
    static boolean minimizeInPlace(Objective objective, double[] x, int iterations, double tolerance) {
        double[] gradient = new double[x.length];
        double value = objective.of(x, gradient);
        Deque<Pair> memory = new ArrayDeque<>(); // newest first
        for (int iteration = 0; iteration < iterations && largest(gradient) > tolerance; iteration++) {
            double[] direction = direction(gradient, memory);
            double slope = dot(direction, gradient);
            double step = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[x.length];
            double[] nextGradient = new double[x.length];
            double nextValue = Double.POSITIVE_INFINITY;
            int halvings = 0;
            for (; halvings < MOST_HALVINGS; halvings++, step /= 2) {
                for (int i = 0; i < x.length; i++) {
                    next[i] = x[i] + step * direction[i];
                }
                nextValue = objective.of(next, nextGradient);
                if (nextValue <= value + SUFFICIENT * step * slope) {
                    break;
                }
            }
            if (halvings == MOST_HALVINGS) {
                return false;
            }
            remember(memory, minus(next, x), minus(nextGradient, gradient));
            System.arraycopy(next, 0, x, 0, x.length);
            gradient = nextGradient;
            value = nextValue;
        }
        return largest(gradient) <= tolerance;
    }

    private static void remember(Deque<Pair> memory, double[] s, double[] y) {
        if (dot(s, y) > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y))) { // else the step saw no curvature
            memory.addFirst(new Pair(s, y));
            if (memory.size() > MEMORY) {
                memory.removeLast();
            }
        }
    }

    /// -H g.
    private static double[] direction(double[] gradient, Deque<Pair> memory) {
        double[] d = gradient.clone();
        double[] alpha = new double[memory.size()];
        int i = 0;
        for (Pair pair : memory) {
            alpha[i] = pair.rho * dot(pair.s, d);
            addInPlace(d, -alpha[i], pair.y);
            i++;
        }
        double scale =
                memory.isEmpty() ? 1 : 1 / (memory.getFirst().rho * dot(memory.getFirst().y, memory.getFirst().y));
        scaleInPlace(d, -scale);
        for (Iterator<Pair> oldestFirst = memory.descendingIterator(); oldestFirst.hasNext(); ) {
            Pair pair = oldestFirst.next();
            i--;
            addInPlace(d, -alpha[i] - pair.rho * dot(pair.y, d), pair.s);
        }
        return d;
    }

    private static double largest(double[] x) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] out = a.clone();
        addInPlace(out, -1, b);
        return out;
    }

    private static void addInPlace(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += factor * b[i];
        }
    }

    private static void scaleInPlace(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }
}
