package dev.parallax.model.attention;

/// How much each row is looked at in self-attention: the mean over all heads and all rows t that look,
///
///     w_j = mean over h, t of softmax_j(q_t · k_j / √d)
///
/// The states behind it are averaged over t, so that w_j is the share of row j in what is pooled, before its value is
/// known.
public final class ReceivedAttention {

    private ReceivedAttention() {}

    /// The weights of all rows.
    ///
    /// @param q      queries [queries, width], row-major, not modified
    /// @param k      keys [rows, width], row-major, not modified
    /// @param heads  of the attention; each has width / heads columns
    /// @param causal whether a query looks at no later row than its own
    /// @return [rows], summing to 1
    public static double[] of(double[] q, double[] k, int heads, int width, boolean causal) {
        int rows = k.length / width;
        double[] received = new double[rows];
        for (int t = 0; t < q.length / width; t++) {
            int keys = causal ? Math.min(rows, t + 1) : rows;
            for (int head = 0; head < heads; head++) {
                add(q, k, t, head * (width / heads), width / heads, width, keys, received);
            }
        }
        double total = (double) heads * q.length / width;
        for (int j = 0; j < rows; j++) {
            received[j] /= total;
        }
        return received;
    }

    /// Adds one row of softmax(q k / √d).
    private static void add(
            double[] q, double[] k, int t, int first, int size, int width, int keys, double[] received) {
        double[] weights = new double[keys];
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < keys; j++) {
            for (int i = first; i < first + size; i++) {
                weights[j] += q[t * width + i] * k[j * width + i];
            }
            weights[j] /= Math.sqrt(size);
            largest = Math.max(largest, weights[j]);
        }
        double sum = 0;
        for (int j = 0; j < keys; j++) {
            weights[j] = Math.exp(weights[j] - largest);
            sum += weights[j];
        }
        for (int j = 0; j < keys; j++) {
            received[j] += weights[j] / sum;
        }
    }
}
