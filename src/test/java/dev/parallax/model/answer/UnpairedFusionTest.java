package dev.parallax.model.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.Perspectives;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The example of `docs/fusion.md`, "Corpora that were never recorded together".
class UnpairedFusionTest {

    private static final UnpairedFusion FUSION =
            UnpairedFusion.ofPriors(new double[] {0.5, 0.5}, new double[] {0.2, 0.8});

    private final Backend backend = new ScalarBackend();
    private final Tape tape = new Tape(backend);

    private Perspective perspective(double first, double second) {
        float[] logits = {(float) (Math.log(first) + 3), (float) (Math.log(second) + 3)};
        Variable z = tape.variable(Tensor.of(backend, Shape.of(1, 2), logits));
        return Perspective.ofUtterances(new int[] {0}, Offsets.ofSingleRows(1), z, z, z);
    }

    private Pass pass() {
        Parameters none = new Parameters();
        none.initialize(backend, 1);
        return Pass.inference(tape, none);
    }

    @Test
    void fuse_exampleOfTheChapter_takesEachPriorOut() {
        Perspective audio = perspective(0.8, 0.2);
        Perspective text = perspective(0.5, 0.5);
        FusedLogits logits = new FusedLogits(audio, text, Paired.of(audio, text), null);
        FusedLogits fused = FUSION.fuse(pass(), logits, Perspectives.alike(1.0));
        float[] z = Objects.requireNonNull(fused.fused()).value().toArray();
        assertEquals(0.8, 1 / (1 + Math.exp(z[1] - z[0])), 1e-6);
    }

    @Test
    void fuse_hotterText_saysLess() {
        Perspective audio = perspective(0.5, 0.5);
        Perspective text = perspective(0.9, 0.1);
        FusedLogits logits = new FusedLogits(audio, text, Paired.of(audio, text), null);
        float[] cold = Objects.requireNonNull(
                        FUSION.fuse(pass(), logits, Perspectives.alike(1.0)).fused())
                .value()
                .toArray();
        float[] hot = Objects.requireNonNull(FUSION.fuse(pass(), logits, new Perspectives<>(1.0, 1.0, 2.0))
                        .fused())
                .value()
                .toArray();
        assertEquals(0.5 * Math.log(9) / 2, (cold[0] - cold[1]) - (hot[0] - hot[1]), 1e-6);
    }

    @Test
    void fuse_oneModality_staysWhatItSays() {
        Perspective audio = perspective(0.8, 0.2);
        FusedLogits logits = new FusedLogits(audio, null, Paired.of(audio, null), null);
        assertSame(logits, FUSION.fuse(pass(), logits, Perspectives.alike(1.0)));
    }
}
