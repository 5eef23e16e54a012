package dev.parallax.benchmarks.torch;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.randint;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// 1024 utterances of 100 to 500 frames and 5 to 25 tokens; BiLSTM and self-attention over the frames,
/// self-attention over the embeddings, the mean of each, logits, which are added.
final class UtteranceModel implements TorchModel {

    private static final int UTTERANCES = 1024;
    private static final int BATCH = 32;
    private static final int FEATURES = 40;
    private static final int VOCABULARY = 2000;

    private final boolean packed;
    private final List<Batch> batches = new ArrayList<>();
    private final LSTMImpl lstm = Layers.lstm(FEATURES, 64, true);
    private final EmbeddingImpl embedding = new EmbeddingImpl(VOCABULARY, 100);
    private final Attention overFrames = new Attention(128);
    private final Attention overTokens = new Attention(100);
    private final LinearImpl ofFrames = new LinearImpl(128, Layers.CLASSES);
    private final LinearImpl ofTokens = new LinearImpl(100, Layers.CLASSES);
    private final DropoutImpl dropout = new DropoutImpl(Layers.DROPOUT);

    UtteranceModel(boolean packed) {
        this.packed = packed;
        long[] frames = Layers.lengths(UTTERANCES, 100, 500);
        long[] tokens = Layers.lengths(UTTERANCES, 5, 25);
        for (int from = 0; from < UTTERANCES; from += BATCH) {
            batches.add(Batch.of(
                    Arrays.copyOfRange(frames, from, from + BATCH), Arrays.copyOfRange(tokens, from, from + BATCH)));
        }
    }

    @Override
    public TensorVector parameters() {
        return Layers.parameters(lstm, embedding, overFrames.parameters(), overTokens.parameters(), ofFrames, ofTokens);
    }

    @Override
    public long size() {
        return 361_640;
    }

    @Override
    public int batches() {
        return batches.size();
    }

    @Override
    public long utterances() {
        return UTTERANCES;
    }

    @Override
    public Tensor loss(int i) {
        Batch batch = batches.get(i);
        Tensor states = dropout.forward(Layers.states(lstm, batch.frames, batch.frameCounts, packed));
        Tensor audio = ofFrames.forward(pooled(overFrames, states, batch.frameCounts));
        Tensor words = embedding.forward(batch.tokens);
        Tensor text = ofTokens.forward(pooled(overTokens, words, batch.tokenCounts));
        return Layers.crossEntropy(audio.add(text), batch.labels)
                .add(Layers.crossEntropy(audio, batch.labels))
                .add(Layers.crossEntropy(text, batch.labels));
    }

    /// The mean of what attention gives, over the steps that are there.
    private static Tensor pooled(Attention attention, Tensor x, Tensor lengths) {
        Tensor mask = Layers.mask(lengths);
        Tensor attended = attention.forward(x, mask);
        return attended.mul(mask.unsqueeze(2)).sum(1).div(lengths.unsqueeze(1));
    }

    private record Batch(Tensor frames, Tensor frameCounts, Tensor tokens, Tensor tokenCounts, Tensor labels) {
        private static Batch of(long[] frames, long[] tokens) {
            return new Batch(
                    randn(BATCH, Layers.longest(frames), FEATURES),
                    Tensor.create(frames),
                    randint(VOCABULARY, new long[] {BATCH, Layers.longest(tokens)}, new TensorOptions(ScalarType.Long)),
                    Tensor.create(tokens),
                    arange(new Scalar(BATCH)).remainder(new Scalar(Layers.CLASSES)));
        }
    }
}
