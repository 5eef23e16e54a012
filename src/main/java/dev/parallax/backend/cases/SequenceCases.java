package dev.parallax.backend.cases;

import dev.parallax.backend.Buffer;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.Offsets;
import java.util.Map;
import java.util.function.Consumer;

/// The cases of [KernelCases] for kernels over whole sequences of a ragged batch.
final class SequenceCases {

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
        cases.put(
                "convolutionAdd",
                in -> each(in, sizes -> {
                    Buffer out = in.normal(sizes.out().total() * sizes.outputs());
                    Buffer x = in.normal(sizes.in().total() * sizes.inputs());
                    in.backend.convolutionAdd(sizes, x, in.normal(sizes.outputs() * sizes.terms()), out);
                    in.result(out, sizes.terms());
                }));
        cases.put(
                "convolutionInputGradAdd",
                in -> each(in, sizes -> {
                    Buffer dx = in.normal(sizes.in().total() * sizes.inputs());
                    Buffer dy = in.normal(sizes.out().total() * sizes.outputs());
                    in.backend.convolutionInputGradAdd(sizes, in.normal(sizes.outputs() * sizes.terms()), dy, dx);
                    in.result(dx, sizes.kernel() * sizes.outputsOfGroup());
                }));
        cases.put(
                "convolutionWeightGradAdd",
                in -> each(in, sizes -> {
                    Buffer dWeight = in.normal(sizes.outputs() * sizes.terms());
                    Buffer x = in.normal(sizes.in().total() * sizes.inputs());
                    Buffer dy = in.normal(sizes.out().total() * sizes.outputs());
                    in.backend.convolutionWeightGradAdd(sizes, x, dy, dWeight);
                    in.result(dWeight, sizes.out().total());
                }));
        cases.put("instanceNorm", in -> {
            Offsets offsets = in.ragged();
            Buffer stats = in.allocate(2 * offsets.count() * in.size);
            Buffer out = in.allocate(offsets.total() * in.size);
            Buffer x = in.normal(offsets.total() * in.size);
            in.backend.instanceNorm(x, offsets, in.normal(in.size), in.normal(in.size), 1e-2f, stats, out);
            in.result(stats, offsets.longest());
            in.result(out, offsets.longest());
        });
        cases.put("instanceNormGradAdd", in -> {
            Offsets offsets = in.ragged();
            Buffer stats = in.allocate(2 * offsets.count() * in.size);
            Buffer out = in.allocate(offsets.total() * in.size);
            Buffer x = in.normal(offsets.total() * in.size);
            Buffer gamma = in.normal(in.size);
            in.backend.instanceNorm(x, offsets, gamma, in.normal(in.size), 1e-2f, stats, out);
            Buffer dx = in.normal(offsets.total() * in.size);
            Buffer dGamma = in.normal(in.size);
            Buffer dBeta = in.normal(in.size);
            Buffer dy = in.normal(offsets.total() * in.size);
            in.backend.instanceNormGradAdd(x, offsets, gamma, stats, dy, dx, dGamma, dBeta);
            in.result(dx, offsets.longest());
            in.result(dGamma, offsets.total());
            in.result(dBeta, offsets.total());
        });
    }

    /// Convolutions of several kinds: overlapping windows, gaps between them, padding, groups.
    private static void each(CaseInputs in, Consumer<ConvolutionSizes> run) {
        Offsets offsets = in.ragged();
        int outputs = in.size / 2 + 1;
        run.accept(ConvolutionSizes.of(offsets, in.size, outputs, 1, 1, 0, 1));
        run.accept(ConvolutionSizes.of(offsets, in.size, outputs, 3, 2, 1, 1));
        run.accept(ConvolutionSizes.of(offsets, 3 * in.size, 3 * outputs, 4, 1, 2, 3));
        Offsets longer = Offsets.ofLengths(4, 9, 5);
        run.accept(ConvolutionSizes.of(longer, in.size, outputs, 4, 2, 0, 1));
        run.accept(ConvolutionSizes.of(longer, 2 * in.size, 2, 2, 3, 0, 2));
    }
}
