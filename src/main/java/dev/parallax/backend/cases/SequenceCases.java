package dev.parallax.backend.cases;

import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import java.util.Map;
import java.util.function.Consumer;

/// The cases of [KernelCases] for kernels over whole sequences of a ragged batch.
final class SequenceCases {

    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    private SequenceCases() {}

    static void addTo(Map<String, Consumer<CaseInputs>> cases) {
        cases.put("sequenceMean", in -> {
            Offsets offsets = in.ragged();
            Buffer out = in.allocate(offsets.count() * in.size);
            in.backend.sequenceMean(in.normal(offsets.total() * in.size), offsets, in.size, out);
            in.result(out, offsets.longest());
        });
        cases.put("sequenceMeanGradAdd", in -> {
            Offsets offsets = in.ragged();
            Buffer dx = in.normal(offsets.total() * in.size);
            in.backend.sequenceMeanGradAdd(in.normal(offsets.count() * in.size), offsets, in.size, dx);
            in.result(dx, 0);
        });
        cases.put("sequenceMax", in -> {
            Offsets offsets = in.ragged();
            Buffer out = in.allocate(offsets.count() * in.size);
            in.backend.sequenceMax(in.normal(offsets.total() * in.size), offsets, in.size, out);
            in.result(out, 0);
        });
        cases.put("sequenceMaxGradAdd", in -> {
            Offsets offsets = in.ragged();
            Buffer dx = in.normal(offsets.total() * in.size);
            Buffer x = in.normal(offsets.total() * in.size);
            in.backend.sequenceMaxGradAdd(x, in.normal(offsets.count() * in.size), offsets, in.size, dx);
            in.result(dx, 0);
        });
        cases.put("unfold", in -> {
            Offsets offsets = in.ragged();
            Offsets windows = windows(offsets);
            Buffer out = in.allocate(windows.total() * in.size * KERNEL);
            Buffer x = in.normal(offsets.total() * in.size);
            in.backend.unfold(x, offsets, in.size, KERNEL, STRIDE, PADDING, windows, out);
            in.result(out, 0);
        });
        cases.put("unfoldGradAdd", in -> {
            Offsets offsets = in.ragged();
            Offsets windows = windows(offsets);
            Buffer dx = in.normal(offsets.total() * in.size);
            Buffer dy = in.normal(windows.total() * in.size * KERNEL);
            in.backend.unfoldGradAdd(dy, offsets, in.size, KERNEL, STRIDE, PADDING, windows, dx);
            in.result(dx, KERNEL);
        });
    }

    /// Where the windows of a convolution over these sequences begin.
    private static Offsets windows(Offsets offsets) {
        int[] lengths = new int[offsets.count()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (offsets.length(i) + 2 * PADDING - KERNEL) / STRIDE + 1;
        }
        return Offsets.ofLengths(lengths);
    }
}
