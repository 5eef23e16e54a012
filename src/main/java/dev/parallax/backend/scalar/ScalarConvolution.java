package dev.parallax.backend.scalar;

import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.HostBuffer;

/// Convolution along time in plain loops. [ConvolutionSizes] has the formula.
final class ScalarConvolution {

    private ScalarConvolution() {}

    static void add(ConvolutionSizes sizes, HostBuffer x, HostBuffer weight, HostBuffer out) {
        for (int i = 0; i < sizes.in().count(); i++) {
            for (int t = 0; t < sizes.out().length(i); t++) {
                int row = sizes.out().start(i) + t;
                for (int o = 0; o < sizes.outputs(); o++) {
                    out.array[out.offset + row * sizes.outputs() + o] += sum(sizes, x, weight, i, t, o);
                }
            }
        }
    }

    private static float sum(ConvolutionSizes sizes, HostBuffer x, HostBuffer weight, int i, int t, int o) {
        float sum = 0;
        for (int j = 0; j < sizes.kernel(); j++) {
            int source = t * sizes.stride() + j - sizes.padding();
            if (source < 0 || source >= sizes.in().length(i)) {
                continue;
            }
            int from = at(sizes, x, i, source, o);
            int w = weight.offset + o * sizes.terms() + j;
            for (int f = 0; f < sizes.inputsOfGroup(); f++) {
                sum += weight.array[w + f * sizes.kernel()] * x.array[from + f];
            }
        }
        return sum;
    }

    /// Where the columns that output `o` reads begin in row `source` of sequence `i`.
    private static int at(ConvolutionSizes sizes, HostBuffer x, int i, int source, int o) {
        int group = o / sizes.outputsOfGroup();
        return x.offset + (sizes.in().start(i) + source) * sizes.inputs() + group * sizes.inputsOfGroup();
    }

    static void inputGradAdd(ConvolutionSizes sizes, HostBuffer weight, HostBuffer dy, HostBuffer dx) {
        for (int i = 0; i < sizes.in().count(); i++) {
            for (int j = 0; j < sizes.kernel(); j++) {
                for (int t = sizes.firstWindow(j); t < sizes.endWindow(i, j); t++) {
                    int source = t * sizes.stride() + j - sizes.padding();
                    for (int o = 0; o < sizes.outputs(); o++) {
                        float d = dy.array[dy.offset + (sizes.out().start(i) + t) * sizes.outputs() + o];
                        int to = at(sizes, dx, i, source, o);
                        int w = weight.offset + o * sizes.terms() + j;
                        for (int f = 0; f < sizes.inputsOfGroup(); f++) {
                            dx.array[to + f] += weight.array[w + f * sizes.kernel()] * d;
                        }
                    }
                }
            }
        }
    }

    static void weightGradAdd(ConvolutionSizes sizes, HostBuffer x, HostBuffer dy, HostBuffer dWeight) {
        for (int i = 0; i < sizes.in().count(); i++) {
            for (int j = 0; j < sizes.kernel(); j++) {
                for (int t = sizes.firstWindow(j); t < sizes.endWindow(i, j); t++) {
                    int source = t * sizes.stride() + j - sizes.padding();
                    for (int o = 0; o < sizes.outputs(); o++) {
                        float d = dy.array[dy.offset + (sizes.out().start(i) + t) * sizes.outputs() + o];
                        int from = at(sizes, x, i, source, o);
                        int w = dWeight.offset + o * sizes.terms() + j;
                        for (int f = 0; f < sizes.inputsOfGroup(); f++) {
                            dWeight.array[w + f * sizes.kernel()] += d * x.array[from + f];
                        }
                    }
                }
            }
        }
    }
}
