package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How far the states of an encoder depend on the steps after them.
@Tag("backend")
@Tag("vector")
class SequenceEncoderTest {

    private static final int IN = 5;
    private static final int BEFORE = 2; // rows of the sequence before the one that changes
    private static final int LENGTH = 37;

    static Stream<Arguments> encoders() {
        return TestBackends.all()
                .flatMap(backend -> Stream.of(RecurrentKind.values())
                        .flatMap(kind -> Stream.of(0, 2).map(heads -> Arguments.of(backend, kind, heads))));
    }

    private static float[] states(Backend backend, EncoderConfig config, boolean training, float[] x) {
        Parameters parameters = new Parameters();
        SequenceEncoder encoder = new SequenceEncoder(parameters, "encoder", config, IN, 1);
        parameters.initialize(backend, 3);
        Tape tape = new Tape(backend);
        Pass pass = training
                ? Pass.training(tape, parameters, backend.allocate(parameters.size()), 9, 3, 0)
                : Pass.inference(tape, parameters);
        Tensor rows = Tensor.of(backend, Shape.of(x.length / IN, IN), x);
        Offsets offsets = Offsets.ofLengths(BEFORE, x.length / IN - BEFORE);
        return encoder.states(pass, tape.constant(rows), offsets).value().toArray();
    }

    private static float[] normal(int rows) {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        float[] x = new float[rows * IN];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private static EncoderConfig config(RecurrentKind kind, boolean bidirectional, int heads) {
        return new EncoderConfig(0, 6, kind, 4, 2, bidirectional, heads, 0.3, 0.3, Pooling.MEAN);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void states_oneDirection_neverSeeLaterRows(Backend backend, RecurrentKind kind, int heads) {
        EncoderConfig config = config(kind, false, heads);
        float[] x = normal(BEFORE + LENGTH);
        for (boolean training : new boolean[] {false, true}) {
            float[] before = states(backend, config, training, x);
            for (int t = 1; t < LENGTH; t += 7) {
                int rows = BEFORE + t;
                float[] changed = x.clone();
                Arrays.fill(changed, rows * IN, x.length, -2);
                int count = rows * config.width(IN);
                float[] kept = Arrays.copyOf(before, count);
                assertArrayEquals(kept, Arrays.copyOf(states(backend, config, training, changed), count));
                assertArrayEquals(kept, states(backend, config, training, Arrays.copyOf(x, rows * IN)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void states_bothDirections_seeTheNextRow(Backend backend, RecurrentKind kind, int heads) {
        EncoderConfig config = config(kind, true, heads);
        boolean looksAround = kind != RecurrentKind.NONE || heads > 0;
        float[] x = normal(BEFORE + LENGTH);
        float[] changed = x.clone();
        Arrays.fill(changed, x.length - IN, x.length, -2);
        int end = (BEFORE + LENGTH - 1) * config.width(IN);
        float[] before = Arrays.copyOfRange(states(backend, config, false, x), end - config.width(IN), end);
        float[] after = Arrays.copyOfRange(states(backend, config, false, changed), end - config.width(IN), end);
        assertEquals(looksAround, !Arrays.equals(before, after));
    }
}
