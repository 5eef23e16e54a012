package dev.parallax.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The perspective loss against its terms, each computed by hand in double; utterances 0 and 3 have both modalities,
/// 1 only audio, 2 only text.
class PerspectiveLossTest {

    private static final int CLASSES = 3;
    private static final int[] LABELS = {2, 0, 1, 1};
    private static final int[] AUDIO = {0, 1, 3};
    private static final int[] TEXT = {0, 2, 3};
    private static final double TOLERANCE = 4e-6;

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    /// Two perspectives with fixed logits, one row per utterance of the batch; rows without an owner are not used.
    private static final class Bench {
        final double[][] audio = new double[4][CLASSES];
        final double[][] text = new double[4][CLASSES];
        final Tape tape;
        final Pass pass;
        final @Nullable Perspective fromAudio;
        final @Nullable Perspective fromText;

        Bench(Backend backend, int[] audioOwners, int[] textOwners) {
            RandomStream random = new RandomStream(12, 0, 0, 0);
            for (int c = 0; c < 4 * CLASSES; c++) {
                audio[c / CLASSES][c % CLASSES] = (float) random.nextGaussian();
                text[c / CLASSES][c % CLASSES] = (float) random.nextGaussian();
            }
            Parameters none = new Parameters();
            none.initialize(backend, 1);
            tape = new Tape(backend);
            pass = Pass.differentiable(tape, none, backend.allocate(0));
            fromAudio = perspective(audio, audioOwners);
            fromText = perspective(text, textOwners);
        }

        private @Nullable Perspective perspective(double[][] logits, int[] owners) {
            if (owners.length == 0) {
                return null;
            }
            float[] rows = new float[owners.length * CLASSES];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (float) logits[owners[i / CLASSES]][i % CLASSES];
            }
            Variable z = tape.variable(Tensor.of(pass.backend(), Shape.of(owners.length, CLASSES), rows));
            return Perspective.ofUtterances(owners, Offsets.ofSingleRows(owners.length), z, z, z);
        }

        PerspectiveLoss.Terms loss(PerspectiveLoss loss, float scale) {
            Paired both = Paired.of(fromAudio, fromText);
            Variable fused = fromAudio == null || fromText == null || both.count() == 0
                    ? null
                    : LateFusion.add().forward(pass, fromAudio, fromText, both);
            return loss.of(pass, new FusedLogits(fromAudio, fromText, both, fused), LABELS, scale);
        }

        double fused(int i) {
            return crossEntropy(sum(i), LABELS[i]);
        }

        double[] sum(int i) {
            double[] z = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                z[c] = audio[i][c] + text[i][c];
            }
            return z;
        }

        double audio(int i) {
            return crossEntropy(audio[i], LABELS[i]);
        }

        double text(int i) {
            return crossEntropy(text[i], LABELS[i]);
        }
    }

    private static double crossEntropy(double[] z, int label) {
        return -Math.log(softmax(z)[label]);
    }

    private static double[] softmax(double[] z) {
        double sum = 0;
        for (double value : z) {
            sum += Math.exp(value);
        }
        double[] p = new double[z.length];
        for (int c = 0; c < z.length; c++) {
            p[c] = Math.exp(z[c]) / sum;
        }
        return p;
    }

    private static PerspectiveLoss loss(boolean perspectives, float alpha, float beta) {
        return new PerspectiveLoss(perspectives, alpha, beta, CrossEntropyLoss.plain(CLASSES));
    }

    private static void assertTerm(double expected, @Nullable Variable term) {
        assertNotNull(term);
        assertEquals(expected, term.value().toArray()[0], TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_missingModalities_isTheWeightedSumOfItsTerms(Backend backend) {
        Bench bench = new Bench(backend, AUDIO, TEXT);
        PerspectiveLoss.Terms terms = bench.loss(loss(true, 0.5f, 2), 1);
        double fused = bench.fused(0) + bench.fused(3);
        double audio = bench.audio(0) + bench.audio(1) + bench.audio(3);
        double text = bench.text(0) + bench.text(2) + bench.text(3);
        assertTerm(fused, terms.each().fused());
        assertTerm(audio, terms.each().audio());
        assertTerm(text, terms.each().text());
        assertTerm(fused + 0.5 * audio + 2 * text, terms.total());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_scale_multipliesEveryTerm(Backend backend) {
        PerspectiveLoss.Terms sum = new Bench(backend, AUDIO, TEXT).loss(loss(true, 1, 1), 1);
        PerspectiveLoss.Terms mean = new Bench(backend, AUDIO, TEXT).loss(loss(true, 1, 1), 0.25f);
        assertTerm(0.25 * sum.total().value().toArray()[0], mean.total());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_singleLoss_countsEachUtteranceOnce(Backend backend) {
        Bench bench = new Bench(backend, AUDIO, TEXT);
        PerspectiveLoss.Terms terms = bench.loss(loss(false, 0.5f, 2), 1);
        assertTerm(bench.fused(0) + bench.fused(3), terms.each().fused());
        assertTerm(bench.audio(1), terms.each().audio());
        assertTerm(bench.text(2), terms.each().text());
        assertTerm(bench.fused(0) + bench.fused(3) + bench.audio(1) + bench.text(2), terms.total());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_singleLossAllPaired_hasTheFusedTermAlone(Backend backend) {
        int[] all = {0, 1, 2, 3};
        Bench bench = new Bench(backend, all, all);
        PerspectiveLoss.Terms terms = bench.loss(loss(false, 1, 1), 1);
        assertNull(terms.each().audio());
        assertNull(terms.each().text());
        assertTerm(bench.fused(0) + bench.fused(1) + bench.fused(2) + bench.fused(3), terms.total());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_neverTogether_hasNoFusedTerm(Backend backend) {
        for (boolean perspectives : new boolean[] {false, true}) {
            Bench bench = new Bench(backend, new int[] {0, 3}, new int[] {1, 2});
            PerspectiveLoss.Terms terms = bench.loss(loss(perspectives, 1, 1), 1);
            assertNull(terms.each().fused());
            assertTerm(bench.audio(0) + bench.audio(3) + bench.text(1) + bench.text(2), terms.total());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_withoutTheFusedTerm_trainsEachPerspectiveAsIfAlone(Backend backend) {
        Bench bench = new Bench(backend, AUDIO, TEXT);
        PerspectiveLoss alone =
                new PerspectiveLoss(false, true, 0.5f, 2, Perspectives.alike(CrossEntropyLoss.plain(CLASSES)), false);
        PerspectiveLoss.Terms terms = bench.loss(alone, 1);
        double audio = bench.audio(0) + bench.audio(1) + bench.audio(3);
        double text = bench.text(0) + bench.text(2) + bench.text(3);
        assertNull(terms.each().fused());
        assertTerm(0.5 * audio + 2 * text, terms.total());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_oneModality_isItsCrossEntropy(Backend backend) {
        Bench bench = new Bench(backend, AUDIO, new int[0]);
        PerspectiveLoss.Terms terms = bench.loss(loss(true, 3, 1), 1);
        assertNull(terms.each().fused());
        assertNull(terms.each().text());
        assertTerm(3 * (bench.audio(0) + bench.audio(1) + bench.audio(3)), terms.total());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void backward_eachUtterance_isTaughtByItsTermsOnce(Backend backend) {
        Bench bench = new Bench(backend, AUDIO, TEXT);
        Perspective audio = bench.fromAudio;
        assertNotNull(audio);
        bench.tape.backward(bench.loss(loss(true, 0.5f, 2), 1).total());
        float[] gradient = audio.logits().grad().toArray();
        for (int row = 0; row < AUDIO.length; row++) {
            int i = AUDIO[row];
            double[] alone = softmax(bench.audio[i]);
            double[] together = softmax(bench.sum(i));
            for (int c = 0; c < CLASSES; c++) {
                double hit = c == LABELS[i] ? 1 : 0;
                double fused = i == 1 ? 0 : together[c] - hit; // utterance 1 has no text
                assertEquals(fused + 0.5 * (alone[c] - hit), gradient[row * CLASSES + c], 1e-6, "row " + row);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_nothingAtAll_isRefused(Backend backend) {
        Bench bench = new Bench(backend, new int[0], new int[0]);
        assertEquals(
                "perspective loss: the batch has no labelled utterance with audio or text",
                Refusal.of(() -> bench.loss(loss(true, 1, 1), 1)));
        assertEquals(
                "perspective loss: weights alpha -1.0 and beta 1.0 must not be negative",
                Refusal.of(() -> loss(true, -1, 1)));
    }
}
