package dev.parallax.audit.attribution;

import dev.parallax.audit.UtteranceAudit;
import dev.parallax.fusion.Modality;
import dev.parallax.io.JsonObject;
import dev.parallax.model.attention.ReceivedAttention;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How much each row is looked at in the self-attention of a modality's encoder ([ReceivedAttention]), from the queries
/// and keys in the trace. A word or stretch of several rows has the mean of n · w_j over these, n the number of all
/// rows:
/// 1 is an equal share. It says where a model looks, not what it makes of it.
final class AttentionWeights {

    private static final String ATTENTION = "attention";

    private AttentionWeights() {}

    /// The weights of the rows of each pass: of a modality's encoder, once for each window.
    ///
    /// @return of each pass [rows], summing to 1; none where the encoder has no attention
    static List<double[]> of(UtteranceAudit audit, Modality modality) {
        List<Step> steps = audit.trace().steps().stream()
                .filter(step -> step.action().what().equals(ATTENTION)
                        && step.action().part().equals(modality.word()))
                .toList();
        int passes = Math.max(1, audit.windows().size());
        int each = steps.size() / passes; // with a pretrained encoder's own blocks before the last one
        List<double[]> all = new ArrayList<>();
        for (int pass = 0; each > 0 && pass < passes; pass++) {
            all.add(received(audit.trace(), steps.get((pass + 1) * each - 1)));
        }
        return all;
    }

    /// The mean of n · w_j over the rows of each part.
    ///
    /// @param owners the part of each row, or -1
    /// @return NaN for a part without rows
    static List<Double> relative(double[] weights, int[] owners, int parts) {
        double[] sums = new double[parts];
        int[] counts = new int[parts];
        for (int row = 0; row < weights.length; row++) {
            if (owners[row] >= 0 && owners[row] < parts) {
                sums[owners[row]] += weights.length * weights[row];
                counts[owners[row]]++;
            }
        }
        return IntStream.range(0, parts)
                .mapToObj(part -> sums[part] / counts[part])
                .toList();
    }

    private static double[] received(Trace trace, Step step) {
        JsonObject settings = step.action().settings();
        int heads = settings.integer("heads");
        int width = settings.integer("width");
        boolean causal = settings.flag("causal");
        double[] q = trace.values(step.in().getFirst());
        double[] k = trace.values(step.in().get(1));
        return ReceivedAttention.of(q, k, heads, width, causal);
    }
}
