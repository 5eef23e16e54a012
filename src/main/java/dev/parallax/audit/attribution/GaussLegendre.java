package dev.parallax.audit.attribution;

/// Numerical integration over [0, 1]: ∫ f ≈ Σ_i weight_i f(node_i). With n nodes it is exact for
/// polynomials of degree 2n - 1. The nodes are the zeros of the Legendre polynomial P_n, found by
/// Newton's method, and moved from [-1, 1]. Source: Abramowitz and Stegun, "Handbook of Mathematical
/// Functions", 25.4.29 and 22.7.10.
final class GaussLegendre {

    private static final double CLOSE = 1e-15;
    private static final int MOST_STEPS = 100; // of Newton's method, which needs about five

    private final double[] nodes;
    private final double[] weights;

    private GaussLegendre(double[] nodes, double[] weights) {
        this.nodes = nodes;
        this.weights = weights;
    }

    /// The value at 1 alone: no integral, for what is asked at the end.
    static GaussLegendre atEnd() {
        return new GaussLegendre(new double[] {1}, new double[] {1});
    }

    /// In (0, 1), rising; not a copy.
    double[] nodes() {
        return nodes;
    }

    /// Above 0; their sum is 1. Not a copy.
    double[] weights() {
        return weights;
    }

    /// The rule of n nodes.
    static GaussLegendre of(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double x = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (int step = 0; step < MOST_STEPS; step++) {
                double before = 0; // P_{k-1}(x)
                double value = 1; // P_k(x)
                for (int k = 0; k < n; k++) {
                    double next = ((2 * k + 1) * x * value - k * before) / (k + 1);
                    before = value;
                    value = next;
                }
                slope = n * (x * value - before) / (x * x - 1);
                double move = value / slope;
                x -= move;
                if (Math.abs(move) <= CLOSE) {
                    break;
                }
            }
            nodes[i] = (x + 1) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(nodes, weights);
    }
}
