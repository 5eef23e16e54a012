package dev.parallax.benchmarks.torch;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorIndex;
import org.bytedeco.pytorch.TensorIndexVector;
import org.bytedeco.pytorch.TensorVector;

/// 120 dialogues of 20 to 110 utterances; for each modality BiGRU, self-attention, a hidden layer, logits, which
/// are added.
final class DialogueModel implements TorchModel {

    private static final int DIALOGUES = 120;
    private static final int BATCH = 20;
    private static final int AUDIO = 100; // the text is projected to as many
    private static final int TEXT = 768;

    private final boolean packed;
    private final List<Batch> batches = new ArrayList<>();
    private final long[] lengths = Layers.lengths(DIALOGUES, 20, 110);
    private final LinearImpl project = new LinearImpl(TEXT, AUDIO);
    private final Branch audio = new Branch();
    private final Branch text = new Branch();

    DialogueModel(boolean packed) {
        this.packed = packed;
        for (int from = 0; from < DIALOGUES; from += BATCH) {
            batches.add(Batch.of(Arrays.copyOfRange(lengths, from, from + BATCH)));
        }
    }

    @Override
    public TensorVector parameters() {
        return Layers.parameters(
                project,
                audio.gru,
                text.gru,
                audio.attention.parameters(),
                text.attention.parameters(),
                audio.hidden,
                text.hidden,
                audio.classifier,
                text.classifier);
    }

    @Override
    public long size() {
        return 269_908;
    }

    @Override
    public int batches() {
        return batches.size();
    }

    @Override
    public long utterances() {
        return LongStream.of(lengths).sum();
    }

    @Override
    public Tensor loss(int i) {
        Batch batch = batches.get(i);
        Tensor mask = Layers.mask(batch.lengths);
        Tensor ofAudio = audio.logits(batch.audio, batch.lengths, mask, packed);
        Tensor ofText = text.logits(project.forward(batch.text), batch.lengths, mask, packed);
        Tensor labels = where(batch.labels, mask);
        return Layers.crossEntropy(where(ofAudio.add(ofText), mask), labels)
                .add(Layers.crossEntropy(where(ofAudio, mask), labels))
                .add(Layers.crossEntropy(where(ofText, mask), labels));
    }

    private static Tensor where(Tensor values, Tensor mask) {
        return values.index(new TensorIndexVector(new TensorIndex(mask)));
    }

    private static final class Branch {

        private final GRUImpl gru = Layers.gru(AUDIO, 50, true);
        private final Attention attention = new Attention(100);
        private final LinearImpl hidden = new LinearImpl(100, 100);
        private final LinearImpl classifier = new LinearImpl(100, Layers.CLASSES);
        private final DropoutImpl dropout = new DropoutImpl(Layers.DROPOUT);

        private Tensor logits(Tensor x, Tensor lengths, Tensor mask, boolean packed) {
            Tensor states = dropout.forward(Layers.states(gru, x, lengths, packed));
            Tensor attended = attention.forward(states, mask);
            return classifier.forward(dropout.forward(hidden.forward(attended).relu()));
        }
    }

    private record Batch(Tensor audio, Tensor text, Tensor lengths, Tensor labels) {
        private static Batch of(long... lengths) {
            long longest = Layers.longest(lengths);
            Tensor turn = arange(new Scalar(longest)).unsqueeze(0);
            Tensor dialogue = arange(new Scalar(BATCH)).unsqueeze(1);
            return new Batch(
                    randn(BATCH, longest, AUDIO),
                    randn(BATCH, longest, TEXT),
                    Tensor.create(lengths),
                    turn.add(dialogue).remainder(new Scalar(Layers.CLASSES)));
        }
    }
}
