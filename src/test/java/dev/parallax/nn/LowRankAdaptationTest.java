package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// LoRA in attention: against the attention whose weights have the product B A in them, and against differences.
class LowRankAdaptationTest {

    private static final int WIDTH = 6;
    private static final int HEADS = 2;
    private static final int RANK = 2;
    private static final double STEP = 4e-3;
    private static final Offsets OFFSETS = Offsets.ofLengths(3, 1, 4);
    private static final List<String> OWN = List.of("a.inWeight", "a.inBias", "a.out.weight", "a.out.bias");
    private static final List<String> ADDED =
            List.of("a.query.loraA", "a.query.loraB", "a.value.loraA", "a.value.loraB");

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    private static float[] normal(int count, int item) {
        RandomStream random = new RandomStream(8, 0, 0, item);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /// An attention and its parameters.
    private record Layer(MultiHeadAttention attention, Parameters parameters) {

        static Layer of(Backend backend, int rank) {
            Parameters parameters = new Parameters();
            MultiHeadAttention attention = new MultiHeadAttention(parameters, "a", WIDTH, HEADS, false, 0, 0, rank);
            parameters.initialize(backend, 3);
            return new Layer(attention, parameters);
        }

        /// With random values for A and B.
        static Layer adapted(Backend backend) {
            Layer layer = of(backend, RANK);
            for (String name : ADDED) {
                float[] values = layer.value(name);
                layer.set(name, normal(values.length, ADDED.indexOf(name) + 10));
            }
            return layer;
        }

        private Parameter parameter(String name) {
            return parameters.all().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        float[] value(String name) {
            return parameters.value(parameter(name)).toArray();
        }

        void set(String name, float... values) {
            parameters
                    .backend()
                    .upload(values, parameters.value(parameter(name)).buffer());
        }

        Variable forward(Pass pass) {
            float[] x = normal(OFFSETS.total() * WIDTH, 1);
            Tensor rows = Tensor.of(pass.backend(), Shape.of(OFFSETS.total(), WIDTH), x);
            return attention.forward(pass, pass.tape().constant(rows), OFFSETS);
        }

        float[] answers() {
            try (Tape tape = new Tape(parameters.backend())) {
                return forward(Pass.inference(tape, parameters)).value().toArray();
            }
        }

        List<String> names() {
            return parameters.all().stream().map(Parameter::name).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forward_atTheStart_hasTheBitsOfTheMapItself(Backend backend) {
        Layer plain = Layer.of(backend, 0);
        Layer adapted = Layer.of(backend, RANK);
        assertEquals(OWN, plain.names());
        assertEquals(Stream.concat(OWN.stream(), ADDED.stream()).toList(), adapted.names());
        assertArrayEquals(plain.answers(), adapted.answers());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forward_anyValues_isTheMapWithTheProductInItsWeight(Backend backend) {
        Layer adapted = Layer.adapted(backend);
        Layer merged = Layer.of(backend, 0);
        float[] weight = merged.value("a.inWeight");
        for (int part : new int[] {0, 2}) {
            String name = part == 0 ? "a.query" : "a.value";
            float[] a = adapted.value(name + ".loraA");
            float[] b = adapted.value(name + ".loraB");
            for (int out = 0; out < WIDTH; out++) {
                for (int in = 0; in < WIDTH; in++) {
                    for (int r = 0; r < RANK; r++) {
                        weight[(part * WIDTH + out) * WIDTH + in] += b[out * RANK + r] * a[r * WIDTH + in];
                    }
                }
            }
        }
        merged.set("a.inWeight", weight);
        Golden.assertClose("y", merged.answers(), adapted.answers(), 5e-6);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void backward_everyParameter_agreesWithDifferences(Backend backend) {
        Layer layer = Layer.adapted(backend);
        float[] cotangent = normal(OFFSETS.total() * WIDTH, 2);
        Buffer gradients = backend.allocate(layer.parameters.trainableSize());
        try (Tape tape = new Tape(backend)) {
            Variable y = layer.forward(Pass.differentiable(tape, layer.parameters, gradients));
            tape.backward(y, Tensor.of(backend, y.shape(), cotangent));
        }
        for (Parameter parameter : layer.parameters.all()) {
            Buffer slice = layer.parameters.slice(gradients, parameter);
            float[] gradient = new Tensor(backend, parameter.shape(), slice).toArray();
            for (int i = 0; i < gradient.length; i++) {
                double expected = slope(layer, parameter.name(), i, cotangent);
                double tolerance = 3e-3 * (1 + Math.abs(expected));
                assertEquals(expected, gradient[i], tolerance, parameter.name() + " " + i);
            }
        }
    }

    /// The derivative of sum(cotangent · y) by one value, by central differences.
    private static double slope(Layer layer, String name, int i, float... cotangent) {
        float[] start = layer.value(name);
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            float[] moved = start.clone();
            moved[i] += (float) (side == 0 ? -STEP : STEP);
            layer.set(name, moved);
            float[] y = layer.answers();
            for (int e = 0; e < y.length; e++) {
                losses[side] += (double) cotangent[e] * y[e];
            }
        }
        layer.set(name, start);
        return (losses[1] - losses[0]) / (2 * STEP);
    }
}
