package dev.parallax.audit.attribution;

import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.View;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The straight line from a baseline to an input, along which [IntegratedGradients] goes.
interface Line {

    /// Points that are asked side by side in a batch.
    int AT_ONCE = 16;

    /// z_c at points of the line.
    double[] logits(double... points);

    /// What the numbers of the input are worth.
    ///
    /// @param rule the integral over the line
    Worth integrate(GaussLegendre rule);

    /// The logits of the view that is asked about.
    static Variable logits(FusedLogits made, View view) {
        return Objects.requireNonNull(made.logits(view), "the view has no logits");
    }

    /// Where the logit of a class of a turn stands in [#logits(FusedLogits, View)], in each copy of its dialogue.
    ///
    /// @param copies side by side in the batch
    /// @param turns  of each copy
    static int[] places(FusedLogits made, View view, int label, int copies, int turns, int turn) {
        int classes = logits(made, view).shape().columns();
        int[] owners = made.owners(view);
        return IntStream.range(0, copies)
                .map(copy -> Arrays.binarySearch(owners, copy * turns + turn) * classes + label)
                .toArray();
    }

    /// What an input is worth.
    ///
    /// @param audio of its windows; none where the view does not hear
    /// @param text  of its text, or null where the view does not read
    record Worth(List<Attribution> audio, @Nullable Attribution text) {

        public Worth {
            audio = List.copyOf(audio);
        }
    }
}
