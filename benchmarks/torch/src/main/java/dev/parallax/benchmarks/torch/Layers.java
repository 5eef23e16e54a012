package dev.parallax.benchmarks.torch;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.cross_entropy;
import static org.bytedeco.pytorch.global.torch.pack_padded_sequence;
import static org.bytedeco.pytorch.global.torch.pad_packed_sequence;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.kSum;

/// The parts that both models have.
final class Layers {

    static final double DROPOUT = 0.2;
    static final int CLASSES = 4;

    private Layers() {}

    static GRUImpl gru(long in, long hidden, boolean bidirectional) {
        GRUOptions options = new GRUOptions(in, hidden);
        options.batch_first().put(true);
        options.bidirectional().put(bidirectional);
        return new GRUImpl(options);
    }

    static LSTMImpl lstm(long in, long hidden, boolean bidirectional) {
        LSTMOptions options = new LSTMOptions(in, hidden);
        options.batch_first().put(true);
        options.bidirectional().put(bidirectional);
        return new LSTMImpl(options);
    }

    /// All hidden states, [batch, time, 2 · hidden].
    static Tensor states(GRUImpl gru, Tensor x, Tensor lengths, boolean packed) {
        return packed
                ? unpack(gru.forward_with_packed_input(pack(x, lengths)).get0())
                : gru.forward(x).get0();
    }

    /// All hidden states, [batch, time, 2 · hidden].
    static Tensor states(LSTMImpl lstm, Tensor x, Tensor lengths, boolean packed) {
        return packed
                ? unpack(lstm.forward_with_packed_input(pack(x, lengths)).get0())
                : lstm.forward(x).get0();
    }

    private static PackedSequence pack(Tensor x, Tensor lengths) {
        return pack_padded_sequence(x, lengths, true, false);
    }

    private static Tensor unpack(PackedSequence states) {
        return pad_packed_sequence(states, true, 0, new LongOptional()).get0();
    }

    /// The formula of the workload: length i = least + (37 i + 11) mod (most - least + 1).
    static long[] lengths(int count, int least, int most) {
        return LongStream.range(0, count)
                .map(i -> least + (37 * i + 11) % (most - least + 1))
                .toArray();
    }

    static long longest(long... lengths) {
        return Arrays.stream(lengths).max().orElseThrow();
    }

    /// [batch, longest]
    static Tensor mask(Tensor lengths) {
        Tensor steps = arange(new Scalar(lengths.max().item_long()));
        return steps.unsqueeze(0).lt(lengths.unsqueeze(1));
    }

    /// Summed over the rows.
    static Tensor crossEntropy(Tensor logits, Tensor labels) {
        CrossEntropyLossOptions options = new CrossEntropyLossOptions();
        options.reduction().put(new kSum());
        return cross_entropy(logits, labels, options);
    }

    static TensorVector parameters(Module... modules) {
        TensorVector all = new TensorVector();
        for (Module module : modules) {
            for (Tensor parameter : module.parameters().get()) {
                all.push_back(parameter);
            }
        }
        return all;
    }
}
