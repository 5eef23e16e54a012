package dev.parallax.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every optimiser equals PyTorch 1.13 over twenty steps, and continues as if it had never stopped.
class OptimizersTest {

    private static final Golden GOLDEN = new Golden("layers_pytorch");
    private static final double LEARNING_RATE = 1e-2;
    private static final int STEPS = 20;
    private static final int SIZE = 13;

    /// One optimiser under its golden name.
    record Kind(String name, Function<Parameters, Optimizer> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("adam", parameters -> new Adam(parameters, 1e-3, false)),
            new Kind("adamw", parameters -> new Adam(parameters, 1e-2, true)),
            new Kind("sgdMomentum", parameters -> new Sgd(parameters, 0.9, false, 1e-3)),
            new Kind("sgdNesterov", parameters -> new Sgd(parameters, 0.9, true, 0)));

    static Stream<Arguments> kinds() {
        return TestBackends.all().flatMap(backend -> KINDS.stream().map(kind -> Arguments.of(backend, kind)));
    }

    private static Parameters halves(Backend backend) {
        Parameters parameters = new Parameters();
        parameters.add("p", Shape.of(SIZE), Initializer.constant(0.5f));
        parameters.initialize(backend, 1);
        return parameters;
    }

    private static float[] values(Parameters parameters) {
        return new Tensor(parameters.backend(), Shape.of(parameters.size()), parameters.values()).toArray();
    }

    @Test
    void kinds_all_areOfEveryOptimizer() {
        Parameters parameters = halves(TestBackends.all().findFirst().orElseThrow());
        assertEquals(
                Optimizer.class.getPermittedSubclasses().length,
                KINDS.stream()
                        .map(kind -> kind.maker().apply(parameters).getClass())
                        .distinct()
                        .count());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void step_twentyGradients_equalsPytorch(Backend backend, Kind kind) {
        Parameters parameters = halves(backend);
        Optimizer optimizer = kind.maker().apply(parameters);
        Tensor gradients = GOLDEN.tensor(backend, "optim.grads");
        float[] expected = GOLDEN.floats("optim." + kind.name());
        assertEquals(STEPS * SIZE, expected.length);
        for (int step = 0; step < STEPS; step++) {
            optimizer.step(gradients.rows(step, 1).buffer(), LEARNING_RATE);
            float[] row = Arrays.copyOfRange(expected, step * SIZE, (step + 1) * SIZE);
            Golden.assertClose(kind.name() + " step " + step, row, values(parameters), 1e-6);
        }
        assertEquals(STEPS, optimizer.steps());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void resumeAt_middle_equalsNeverStopped(Backend backend, Kind kind) {
        Tensor gradients = GOLDEN.tensor(backend, "optim.grads");
        Parameters whole = halves(backend);
        Optimizer first = kind.maker().apply(whole);
        Parameters resumed = halves(backend);
        Optimizer second = kind.maker().apply(resumed);
        for (int step = 0; step < STEPS; step++) {
            if (step == 7) {
                backend.copy(whole.values(), resumed.values());
                first.state().forEach((name, from) -> {
                    Buffer to = Objects.requireNonNull(second.state().get(name));
                    assertEquals(SIZE, from.length());
                    backend.copy(from, to);
                });
                second.resumeAt(first.steps(), 0);
            }
            first.step(gradients.rows(step, 1).buffer(), LEARNING_RATE);
            if (step >= 7) {
                second.step(gradients.rows(step, 1).buffer(), LEARNING_RATE);
            }
        }
        assertArrayEquals(values(whole), values(resumed));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void restart_afterSomeSteps_goesOnAsANewOne(Backend backend, Kind kind) {
        Tensor gradients = GOLDEN.tensor(backend, "optim.grads");
        Parameters old = halves(backend);
        Optimizer restarted = kind.maker().apply(old);
        restarted.step(gradients.rows(0, 1).buffer(), LEARNING_RATE);
        restarted.step(gradients.rows(1, 1).buffer(), LEARNING_RATE);
        Parameters fresh = halves(backend);
        Optimizer begun = kind.maker().apply(fresh);
        restarted.restart();
        backend.copy(fresh.values(), old.values());
        for (int step = 2; step < 6; step++) {
            restarted.step(gradients.rows(step, 1).buffer(), LEARNING_RATE);
            begun.step(gradients.rows(step, 1).buffer(), LEARNING_RATE);
        }
        assertArrayEquals(values(fresh), values(old));
        assertEquals(6, restarted.steps());
    }

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void byNorm_longGradient_isShortenedToTheNorm(Backend backend) {
        Tensor gradient = Tensor.of(backend, Shape.of(4), 3, 0, -4, 12);
        assertEquals(13, normBefore(backend, gradient.buffer(), 0));
        assertEquals(13, normBefore(backend, gradient.buffer(), 13));
        assertArrayEquals(new float[] {3, 0, -4, 12}, gradient.toArray());
        assertEquals(13, normBefore(backend, gradient.buffer(), 6.5));
        assertArrayEquals(new float[] {1.5f, 0, -2, 6}, gradient.toArray());
        assertEquals(0, normBefore(backend, backend.allocate(4), 1));
    }

    /// Clips.
    private static double normBefore(Backend backend, Buffer gradient, double maxNorm) {
        Buffer sum = backend.allocate(2);
        Clipping.byNorm(backend, gradient, maxNorm, sum);
        float[] values = new float[2];
        backend.download(sum, values);
        return Clipping.norm(values, 0);
    }

    /// The others move as if all did, bit for bit, and the optimiser has no room for what is fixed.
    @ParameterizedTest
    @MethodSource("kinds")
    void step_fixedParameter_staysAndCostsNothing(Backend backend, Kind kind) {
        int large = 100_000;
        Parameters some = new Parameters();
        some.add("before", Shape.of(7), Initializer.normal(1));
        some.addFixed("fixed", Shape.of(large), Initializer.normal(1));
        some.add("after", Shape.of(29), Initializer.normal(1));
        some.initialize(backend, 1);
        Parameters all = new Parameters();
        for (Parameter parameter : some.all()) {
            all.add(parameter.name(), parameter.shape(), parameter.initializer());
        }
        all.initialize(backend, 1);
        float[] fixed = some.value(some.all().get(1)).toArray();
        long bytes = backend.liveBytes();
        Optimizer optimizer = kind.maker().apply(some);
        assertEquals(
                (7L + 29) * Float.BYTES * optimizer.state().size(), backend.liveBytes() - bytes, "bytes of its state");
        Optimizer ofAll = kind.maker().apply(all);
        RandomStream random = new RandomStream(3, 0, 0, 0);
        for (int step = 0; step < 3; step++) {
            float[] slope = new float[all.size()];
            for (int i = 0; i < slope.length; i++) {
                slope[i] = (float) random.nextGaussian();
            }
            float[] moving = new float[7 + 29];
            System.arraycopy(slope, 0, moving, 0, 7);
            System.arraycopy(slope, 7 + large, moving, 7, 29);
            optimizer.step(Tensor.of(backend, Shape.of(moving.length), moving).buffer(), LEARNING_RATE);
            ofAll.step(Tensor.of(backend, Shape.of(slope.length), slope).buffer(), LEARNING_RATE);
        }
        assertArrayEquals(fixed, some.value(some.all().get(1)).toArray());
        for (int i : new int[] {0, 2}) {
            float[] expected = all.value(all.all().get(i)).toArray();
            assertArrayEquals(expected, some.value(some.all().get(i)).toArray());
        }
        optimizer.close();
        ofAll.close();
    }
}
