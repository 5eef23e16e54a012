package dev.parallax.benchmarks.torch;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.MultiheadAttentionImpl;
import org.bytedeco.pytorch.MultiheadAttentionOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/// Self-attention with 4 heads, computed as `nn.MultiheadAttention` of PyTorch 2 does when nobody asks for the weights:
/// one projection to queries, keys and values, `scaled_dot_product_attention`, one projection of what comes out.
///
/// The module of the C++ API has the parameters; its own `forward` is older and gives the same, but more slowly.
final class Attention {

    private static final int HEADS = 4;

    private final long width;
    private final MultiheadAttentionImpl parameters;
    private final TensorVector inOut; // weight and bias of the projection in, weight and bias of that out

    Attention(long width) {
        this.width = width;
        MultiheadAttentionOptions options = new MultiheadAttentionOptions(width, HEADS);
        parameters = new MultiheadAttentionImpl(options);
        inOut = parameters.parameters();
    }

    Module parameters() {
        return parameters;
    }

    /// @param x    [batch, time, width]
    /// @param mask `true` where there is an utterance, frame or token, [batch, time]
    Tensor forward(Tensor x, Tensor mask) {
        long batch = x.size(0);
        long time = x.size(1);
        Tensor timeFirst = x.transpose(0, 1);
        Tensor projected = linear(timeFirst, inOut.get(0), inOut.get(1))
                .view(time, batch, 3, HEADS, width / HEADS)
                .permute(2, 1, 3, 0, 4);
        Tensor padding = zeros(batch, 1, 1, time)
                .masked_fill(mask.view(batch, 1, 1, time).logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
        Tensor attended = scaled_dot_product_attention(
                projected.select(0, 0),
                projected.select(0, 1),
                projected.select(0, 2),
                new TensorOptional(padding),
                Layers.DROPOUT,
                false,
                new DoubleOptional(),
                false);
        Tensor joined = attended.permute(2, 0, 1, 3).contiguous().view(time * batch, width);
        return linear(joined, inOut.get(2), inOut.get(3))
                .view(time, batch, width)
                .transpose(0, 1);
    }
}
