package dev.parallax.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.fusion.Paired.States;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which frames a token receives, worked out by hand.
class EarlyFusionTest {

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    /// What the tokens receive when the value of frame f is f and the times of the tokens are unknown.
    private static float[] shared(Backend backend, int[] frames, int... tokens) {
        return shared(backend, frames, tokens, null);
    }

    private static float[] shared(Backend backend, int[] frames, int[] tokens, int @Nullable [] spans) {
        Parameters none = new Parameters();
        none.initialize(backend, 1);
        Pass pass = Pass.inference(new Tape(backend), none);
        Offsets offsets = Offsets.ofLengths(frames);
        float[] values = new float[offsets.total()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Tensor rows = Tensor.of(backend, Shape.of(values.length, 1), values);
        States states = new States(pass.tape().constant(rows), offsets, false, null);
        Offsets owners = Offsets.ofLengths(tokens);
        Variable words =
                pass.tape().constant(Tensor.of(backend, Shape.of(owners.total(), 1), new float[owners.total()]));
        return EarlyFusion.meanFrames(pass, states, new States(words, owners, false, spans))
                .value()
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void meanFrames_moreFramesThanTokens_sharesAllOfThem(Backend backend) {
        // 7 frames for 3 tokens: 0 1 | 2 3 | 4 5 6
        assertArrayEquals(new float[] {0.5f, 2.5f, 5}, shared(backend, new int[] {7}, 3));
        assertArrayEquals(new float[] {0, 1, 2}, shared(backend, new int[] {3}, 3));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void meanFrames_fewerFramesThanTokens_repeatsThem(Backend backend) {
        assertArrayEquals(new float[] {0, 0, 1}, shared(backend, new int[] {2}, 3));
        assertArrayEquals(new float[] {0, 0, 0, 0}, shared(backend, new int[] {1}, 4));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void meanFrames_severalUtterances_keepToTheirOwn(Backend backend) {
        assertArrayEquals(new float[] {0, 0, 1, 3.5f, 6.5f, 8.5f}, shared(backend, new int[] {2, 4, 4}, 3, 1, 2));
    }

    /// The times are known for the second utterance, whose frames have the values 5 .. 8: frames 1 and 2, then 2
    /// to beyond the end.
    @ParameterizedTest
    @MethodSource("backends")
    void meanFrames_timesKnown_takesTheFramesThatSoundMeanwhile(Backend backend) {
        int[] spans = {-1, -1, -1, -1, 1, 3, 2, 9, 7, 8};
        assertArrayEquals(
                new float[] {0.5f, 3, 6.5f, 7.5f, 8}, shared(backend, new int[] {5, 4}, new int[] {2, 3}, spans));
    }
}
