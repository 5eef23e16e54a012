package dev.parallax.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.ShapeException;
import dev.parallax.TestBackends;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// All operations in one test, on every backend: the kernels against the reference in double, the gradients against
/// central differences of that reference. Differences in float would be good to two digits; in double they are good
/// to nine.
@Tag("backend")
@Tag("vector")
class OpTest {

    private static final double STEP = 1e-5; // of the central differences

    static Stream<Arguments> calls() {
        return TestBackends.all().flatMap(backend -> OpCases.all().stream().map(call -> Arguments.of(backend, call)));
    }

    static Stream<Arguments> callsWithEqualShapes() {
        return calls().filter(arguments -> {
            OpCase call = (OpCase) arguments.get()[1];
            return !Arrays.equals(call.sharedSlots(), call.ownSlots());
        });
    }

    static Stream<OpRefusals.Refused> refusals() {
        return OpRefusals.all(new ScalarBackend()).stream();
    }

    @Test
    void everyOperation_hasItsCasesAndRefusals() {
        Set<Class<?>> operations = Stream.concat(
                        Arrays.stream(Op.class.getPermittedSubclasses()),
                        Arrays.stream(SavingOp.class.getPermittedSubclasses()))
                .filter(type -> !type.isInterface())
                .collect(Collectors.toSet());
        assertEquals(
                operations,
                OpCases.all().stream().map(call -> call.op().getClass()).collect(Collectors.toSet()));
        assertEquals(
                operations, refusals().map(refused -> refused.op().getClass()).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void outputShape_wrongShapes_saysWhatDoesNotFit(OpRefusals.Refused refused) {
        Shape[] shapes = refused.shapes().toArray(new Shape[0]);
        ShapeException error =
                assertThrows(ShapeException.class, () -> refused.op().outputShape(shapes));
        assertEquals(refused.message(), error.getMessage());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void forward_anyCase_equalsReference(Backend backend, OpCase call) {
        Op op = call.op();
        Tape tape = new Tape(backend);
        Variable[] in = new Variable[call.shapes().length];
        Arrays.setAll(in, i -> tape.constant(tensor(backend, call, i)));
        Variable y = tape.apply(op, in);
        assertEquals(op.outputShape(call.shapes()), y.shape());
        assertNear(
                "y",
                call,
                op.reference(call.shapes(), doubles(call, call.ownSlots())),
                y.value().toArray());
    }

    static Stream<Arguments> callsThatSave() {
        return calls().filter(arguments -> ((OpCase) arguments.get()[1]).op() instanceof SavingOp);
    }

    @ParameterizedTest
    @MethodSource("callsThatSave")
    void forward_anyCase_savesWhatTheReferenceSays(Backend backend, OpCase call) {
        SavingOp op = (SavingOp) call.op();
        float[] saved = new float[op.savedShape(call.shapes()).count()];
        TapeListener listener = new TapeListener() {
            @Override
            public void named(String name, Variable value) {}

            @Override
            public void applied(Op applied, Frame frame) {
                backend.download(frame.saved(0), saved);
            }
        };
        Tape tape = new Tape(backend, listener);
        Variable[] in = new Variable[call.shapes().length];
        Arrays.setAll(in, i -> tape.constant(tensor(backend, call, i)));
        tape.apply(op, in);
        assertNear("saved", call, op.savedReference(call.shapes(), doubles(call, call.ownSlots())), saved);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void backward_anyCase_addsWhatCentralDifferencesSay(Backend backend, OpCase call) {
        assertGradients(backend, call, call.ownSlots());
    }

    @ParameterizedTest
    @MethodSource("callsWithEqualShapes")
    void backward_sameVariableTwice_addsBothParts(Backend backend, OpCase call) {
        assertGradients(backend, call, call.sharedSlots());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void backward_oneInputWanted_equalsAllWanted(Backend backend, OpCase call) {
        boolean[] all = new boolean[call.shapes().length];
        Arrays.fill(all, true);
        float[][] together = gradients(backend, call, all);
        for (int i = 0; i < all.length; i++) {
            boolean[] one = new boolean[all.length];
            one[i] = true;
            assertArrayEquals(together[i], gradients(backend, call, one)[i], "input " + i);
        }
    }

    /// Runs the case with the variables that `slots` names, each with a gradient that is not zero at first.
    private static void assertGradients(Backend backend, OpCase call, int[] slots) {
        Op op = call.op();
        Tape tape = new Tape(backend);
        Variable[] in = new Variable[slots.length];
        float[][] before = new float[slots.length][];
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == i) {
                before[i] = normal(call.shapes()[i].count(), 3 + i);
                Buffer grad = backend.allocate(before[i].length);
                backend.upload(before[i], grad);
                in[i] = tape.variable(tensor(backend, call, i), grad);
            } else {
                in[i] = in[slots[i]];
            }
        }
        Variable y = tape.apply(op, in);
        float[] cotangent = normal(y.shape().count(), 2);
        tape.backward(y, Tensor.of(backend, y.shape(), cotangent));
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == i) {
                double[] expected = differences(op, call, cotangent, slots, i);
                for (int e = 0; e < expected.length; e++) {
                    expected[e] += before[i][e];
                }
                assertNear(
                        "gradient of input " + i, call, expected, in[i].grad().toArray());
            }
        }
    }

    /// The derivative of sum(cotangent · reference) with respect to each element of variable `slot`.
    private static double[] differences(Op op, OpCase call, float[] cotangent, int[] slots, int slot) {
        double[][] in = doubles(call, slots);
        double[] gradient = new double[in[slot].length];
        for (int e = 0; e < gradient.length; e++) {
            double at = in[slot][e];
            in[slot][e] = at + STEP;
            double above = weighted(op, call, in, cotangent);
            in[slot][e] = at - STEP;
            double below = weighted(op, call, in, cotangent);
            in[slot][e] = at;
            gradient[e] = (above - below) / (2 * STEP);
        }
        return gradient;
    }

    private static double weighted(Op op, OpCase call, double[][] in, float[] cotangent) {
        double[] y = op.reference(call.shapes(), in);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += cotangent[i] * y[i];
        }
        return sum;
    }

    private static float[][] gradients(Backend backend, OpCase call, boolean[] wanted) {
        Tape tape = new Tape(backend);
        Variable[] in = new Variable[wanted.length];
        Arrays.setAll(
                in, i -> wanted[i] ? tape.variable(tensor(backend, call, i)) : tape.constant(tensor(backend, call, i)));
        Variable y = tape.apply(call.op(), in);
        tape.backward(y, Tensor.of(backend, y.shape(), normal(y.shape().count(), 2)));
        float[][] gradients = new float[in.length][];
        Arrays.setAll(gradients, i -> wanted[i] ? in[i].grad().toArray() : new float[0]);
        return gradients;
    }

    private static Tensor tensor(Backend backend, OpCase call, int input) {
        return Tensor.of(backend, call.shapes()[input], call.inputs()[input]);
    }

    /// The inputs in double; inputs of one slot are one array.
    private static double[][] doubles(OpCase call, int[] slots) {
        float[][] floats = call.inputs();
        double[][] in = new double[slots.length][];
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == i) {
                in[i] = new double[floats[i].length];
                for (int e = 0; e < in[i].length; e++) {
                    in[i][e] = floats[i][e];
                }
            } else {
                in[i] = in[slots[i]];
            }
        }
        return in;
    }

    private static float[] normal(int count, int item) {
        float[] values = new float[count];
        OpCase.NORMAL.fill(new RandomStream(20, 0, 2, item), values);
        return values;
    }

    private static void assertNear(String what, OpCase call, double[] expected, float[] actual) {
        assertEquals(expected.length, actual.length, what);
        double tolerance = call.tolerance(expected);
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            int at = i;
            assertTrue(
                    difference <= tolerance,
                    () -> what + "[" + at + "]: expected " + expected[at] + ", got " + actual[at] + ", off by "
                            + difference + ", allowed " + tolerance);
        }
    }
}
