package dev.parallax.pretrained.encoder;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.LayerNormalization;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Activation;
import dev.parallax.nn.Conv1d;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// What tells a speech encoder the order of its frames: their neighbourhood, seen by a grouped convolution.
///
///     out = x + gelu(conv(x))                        one, with weight norm
///     out = x + c_n(... c_1(x)),  c = gelu(LayerNorm(conv))   several, the LayerNorms without parameters
///
/// A window of an even number of rows reaches further back than ahead: with kernel / 2 rows of zeros on both sides
/// there is one row too many, and the last is left out.
/// shapes: x [frames, D] -> [frames, D].
/// Sources: Baevski et al., "wav2vec 2.0", 2020; "data2vec", 2022.
final class PositionalConvolution {

    /// What the name of a folded weight ends with.
    static final String FOLDED = "pos_conv_embed.conv.weight";

    private static final float EPSILON = 1e-5f;

    private final List<Conv1d> layers = new ArrayList<>();
    private final boolean hasNorm;
    private final boolean dropsLast;
    private final int width;

    private PositionalConvolution(boolean hasNorm, int kernel, int width) {
        this.width = width;
        this.hasNorm = hasNorm;
        this.dropsLast = kernel % 2 == 0;
    }

    /// That of wav2vec 2.0 and its kind.
    static PositionalConvolution of(Parameters parameters, String name, Wav2Vec2Config config) {
        int width = config.blocks().width();
        int kernel = config.positionalKernel();
        if (config.positionalLayers() > 0) {
            return stack(
                    parameters,
                    layer -> name + ".layers." + layer + ".conv",
                    width,
                    kernel,
                    config.positionalGroups(),
                    config.positionalLayers());
        }
        PositionalConvolution one = new PositionalConvolution(false, kernel, width);
        one.layers.add(new Conv1d(parameters, name + ".conv", sizes(width, kernel, config.positionalGroups())));
        return one;
    }

    /// Several, with a LayerNorm each.
    ///
    /// @param name of a layer, from 0
    static PositionalConvolution stack(
            Parameters parameters, IntFunction<String> name, int width, int kernel, int groups, int count) {
        PositionalConvolution stack = new PositionalConvolution(true, kernel, width);
        for (int layer = 0; layer < count; layer++) {
            stack.layers.add(new Conv1d(parameters, name.apply(layer), sizes(width, kernel, groups)));
        }
        return stack;
    }

    private static Conv1d.Sizes sizes(int width, int kernel, int groups) {
        return new Conv1d.Sizes(width, width, kernel, 1, kernel / 2, groups, true);
    }

    Variable forward(Pass pass, Variable x, Offsets offsets) {
        Variable y = x;
        for (Conv1d layer : layers) {
            y = layer.forward(pass, y, offsets);
            if (dropsLast) {
                y = pass.tape().apply(new GatherRows(withoutLast(layer.outputOffsets(offsets))), y);
            }
            if (hasNorm) {
                y = pass.tape().apply(new LayerNormalization(EPSILON), y, constant(pass, 1), constant(pass, 0));
            }
            y = Activation.GELU.forward(pass, y);
        }
        return pass.tape().apply(new Add(), x, y);
    }

    private static int[] withoutLast(Offsets windows) {
        int[] rows = new int[windows.total() - windows.count()];
        int at = 0;
        for (int i = 0; i < windows.count(); i++) {
            for (int t = 0; t + 1 < windows.length(i); t++) {
                rows[at++] = windows.start(i) + t;
            }
        }
        return rows;
    }

    private Variable constant(Pass pass, float value) {
        float[] values = new float[width];
        Arrays.fill(values, value);
        return pass.tape().constant(Shape.of(width), values);
    }

    /// The weight that direction v [out, in / groups, kernel] and length g [kernel] stand for: each row of the window
    /// has a length of its own, W[o, f, j] = g[j] v[o, f, j] / |v[:, :, j]|.
    /// Source: Salimans and Kingma, "Weight Normalization", 2016.
    static float[] fold(float[] v, float[] g) {
        int kernel = g.length;
        double[] squares = new double[kernel];
        for (int at = 0; at < v.length; at++) {
            squares[at % kernel] += (double) v[at] * v[at];
        }
        float[] weight = new float[v.length];
        for (int at = 0; at < v.length; at++) {
            weight[at] = (float) (g[at % kernel] * v[at] / Math.sqrt(squares[at % kernel]));
        }
        return weight;
    }
}
