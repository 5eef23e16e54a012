package dev.parallax.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which utterances have both modalities, and where each keeps them.
class PairedTest {

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    /// One row per owner, whose value is the owner's number.
    private static Variable rowsOf(Pass pass, int[] owners) {
        float[] values = new float[owners.length];
        for (int i = 0; i < owners.length; i++) {
            values[i] = owners[i];
        }
        return pass.tape().constant(Tensor.of(pass.backend(), Shape.of(owners.length, 1), values));
    }

    private static Pass pass(Backend backend) {
        Parameters none = new Parameters();
        none.initialize(backend, 1);
        return Pass.inference(new Tape(backend), none);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_anyOwners_pairsThoseInBoth(Backend backend) {
        for (int draw = 0; draw < 50; draw++) {
            RandomStream random = new RandomStream(8, 0, 0, draw);
            int[] audio =
                    IntStream.range(0, 9).filter(i -> random.nextInt(3) > 0).toArray();
            int[] text =
                    IntStream.range(0, 9).filter(i -> random.nextInt(3) > 0).toArray();
            int[] expected = Arrays.stream(audio)
                    .filter(owner -> Arrays.stream(text).anyMatch(other -> other == owner))
                    .toArray();
            Paired both = Paired.of(audio, text);
            assertArrayEquals(expected, both.owners());
            assertEquals(expected.length, both.count());
            if (expected.length > 0) {
                Pass pass = pass(backend);
                float[] owners = rowsOf(pass, expected).value().toArray();
                assertArrayEquals(
                        owners, both.ofAudio(pass, rowsOf(pass, audio)).value().toArray());
                assertArrayEquals(
                        owners, both.ofText(pass, rowsOf(pass, text)).value().toArray());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void ofAudio_everyOnePaired_copiesNothing(Backend backend) {
        Pass pass = pass(backend);
        int[] audio = {1, 4};
        Variable x = rowsOf(pass, audio);
        assertSame(x, Paired.of(audio, new int[] {0, 1, 2, 4}).ofAudio(pass, x));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void of_noOwners_pairsNone(Backend backend) {
        assertEquals(0, Paired.of(new int[0], new int[] {0, 1}).count());
        assertEquals(0, Paired.of(new int[] {0, 2}, new int[] {1, 3}).count());
    }
}
