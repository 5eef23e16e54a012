package dev.parallax.autograd;

/// What the references of LSTM and GRU share, in double.
final class Gates {

    private Gates() {}

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// projected[row] + weightHh · h + biasHh.
    ///
    /// @param units rows of weightHh
    static double[] preactivation(
            int units, int row, double[] projected, double[] weightHh, double[] biasHh, double[] h) {
        double[] a = hiddenPart(units, weightHh, biasHh, h);
        for (int u = 0; u < units; u++) {
            a[u] += projected[row * units + u];
        }
        return a;
    }

    /// weightHh · h + biasHh.
    static double[] hiddenPart(int units, double[] weightHh, double[] biasHh, double[] h) {
        double[] a = new double[units];
        for (int u = 0; u < units; u++) {
            a[u] = biasHh[u];
            for (int v = 0; v < h.length; v++) {
                a[u] += weightHh[u * h.length + v] * h[v];
            }
        }
        return a;
    }
}
