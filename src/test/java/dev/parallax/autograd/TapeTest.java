package dev.parallax.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.ShapeException;
import dev.parallax.TestBackends;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The backward pass: which variables get a gradient, how often, and how much memory it takes.
class TapeTest {

    private static final int LONG = 100_000;

    private final Backend scalar = new ScalarBackend();

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    private static Variable oneToSix(Tape tape) {
        return tape.variable(Tensor.of(tape.backend(), Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    }

    private static Tensor ones(Backend backend, int... sizes) {
        Tensor ones = Tensor.zeros(backend, Shape.of(sizes));
        backend.fill(1, ones.buffer());
        return ones;
    }

    private static void assertSays(String message, Executable action) {
        assertEquals(message, assertThrows(ShapeException.class, action).getMessage());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void backward_valueOnTwoPaths_addsBoth(Backend backend) {
        Tape tape = new Tape(backend);
        Variable x = oneToSix(tape);
        Variable square = tape.apply(new Multiply(), x, x);
        Variable y = tape.apply(new Add(), square, x); // y = x² + x
        tape.backward(y, ones(backend, 3, 2));
        assertArrayEquals(new float[] {3, 5, 7, 9, 11, 13}, x.grad().toArray());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void backward_throughRows_reachesThoseRowsOnly(Backend backend) {
        Tape tape = new Tape(backend);
        Variable x = oneToSix(tape);
        Variable middle = x.rows(1, 1);
        assertArrayEquals(new float[] {3, 4}, middle.value().toArray());
        Variable y = tape.apply(new Scale(10), middle);
        tape.backward(y, ones(backend, 1, 2));
        assertArrayEquals(new float[] {0, 0, 10, 10, 0, 0}, x.grad().toArray());
        assertArrayEquals(new float[] {10, 10}, middle.grad().toArray());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void backward_throughViewOfViewOfResult_reachesTheInput(Backend backend) {
        Tape tape = new Tape(backend);
        Variable x = oneToSix(tape);
        Variable scaled = tape.apply(new Scale(2), x);
        Variable last = scaled.rows(1, 2).rows(1, 1).reshape(2); // 10, 12
        Variable first = scaled.reshape(6).rows(0, 2); // 2, 4
        Variable y = tape.apply(new Multiply(), first, last);
        assertArrayEquals(new float[] {20, 48}, y.value().toArray());
        tape.backward(y, ones(backend, 2));
        assertArrayEquals(new float[] {20, 24, 0, 0, 4, 8}, x.grad().toArray());
    }

    @Test
    void view_writtenValue_isSeenThroughTheBase() {
        Variable x = oneToSix(new Tape(scalar));
        scalar.fill(9, x.rows(2, 1).value().buffer());
        assertArrayEquals(new float[] {1, 2, 3, 4, 9, 9}, x.value().toArray());
    }

    @Test
    void grad_ofWhatNothingDependsOn_isRefused() {
        Tape tape = new Tape(scalar);
        Variable x = oneToSix(tape);
        Variable factor = tape.constant(ones(scalar, 3, 2));
        Variable unused = tape.apply(new Tanh(), x);
        Variable y = tape.apply(new Multiply(), x, factor);
        tape.backward(y, ones(scalar, 3, 2));
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, x.grad().toArray());
        for (Variable ungraded : List.of(unused, factor)) {
            IllegalStateException error = assertThrows(IllegalStateException.class, ungraded::grad);
            assertEquals("grad: no gradient reached this variable of shape [3, 2]", error.getMessage());
        }
    }

    @Test
    void backward_parameterOfTwoTapes_addsToItsBuffer() {
        Buffer grad = scalar.allocate(6);
        for (int pass = 0; pass < 2; pass++) {
            Tape tape = new Tape(scalar);
            Variable x = tape.variable(ones(scalar, 3, 2), grad);
            tape.backward(tape.apply(new Scale(2), x), ones(scalar, 3, 2));
        }
        float[] values = new float[6];
        scalar.download(grad, values);
        assertArrayEquals(new float[] {4, 4, 4, 4, 4, 4}, values);
    }

    @Test
    void seed_beforeBackward_countsBothResults() {
        Tape tape = new Tape(scalar);
        Variable x = oneToSix(tape);
        Variable twice = tape.apply(new Scale(2), x);
        Variable thrice = tape.apply(new Scale(3), x);
        tape.seed(twice, ones(scalar, 3, 2));
        tape.backward(thrice, ones(scalar, 3, 2));
        assertArrayEquals(new float[] {5, 5, 5, 5, 5, 5}, x.grad().toArray());
    }

    @Test
    void backward_again_isRefusedUntilReset() {
        Tape tape = new Tape(scalar);
        Variable x = oneToSix(tape);
        Variable y = tape.apply(new Scale(2), x);
        tape.backward(y, ones(scalar, 3, 2));
        assertThrows(IllegalStateException.class, () -> tape.backward(y, ones(scalar, 3, 2)));
        tape.reset();
        Variable fresh = oneToSix(tape);
        tape.backward(tape.apply(new Scale(2), fresh), ones(scalar, 3, 2));
        assertArrayEquals(new float[] {2, 2, 2, 2, 2, 2}, fresh.grad().toArray());
    }

    @Test
    void backward_wrongShapes_saysWhich() {
        Tape tape = new Tape(scalar);
        Variable x = oneToSix(tape);
        assertSays("backward: the loss has shape [3, 2], expected a single number", () -> tape.backward(x));
        assertSays("backward: shapes differ: [3, 2] and [6]", () -> tape.backward(x, ones(scalar, 6)));
        assertSays("rows: 2 rows from 2 do not lie within [3, 2]", () -> x.rows(2, 2));
        assertSays("tensor: shape [4] has 4 elements, the buffer 6", () -> x.reshape(4));
        Tensor value = ones(scalar, 3, 2);
        Buffer five = scalar.allocate(5);
        assertSays("variable: 5 gradient values for a value of shape [3, 2]", () -> tape.variable(value, five));
    }

    @Test
    void backward_longChain_needsNoStack() {
        Tape tape = new Tape(scalar);
        Variable x = tape.variable(ones(scalar, 1));
        Variable y = x;
        for (int i = 0; i < LONG; i++) {
            y = tape.apply(new Scale(i % 2 == 0 ? 2 : 0.5f), y).reshape(1);
        }
        tape.backward(y);
        assertArrayEquals(new float[] {1}, x.grad().toArray());
    }

    @Test
    void reshape_viewOfViewOfView_needsNoStack() {
        Tape tape = new Tape(scalar);
        Variable x = tape.variable(ones(scalar, 1));
        Variable view = x;
        for (int i = 0; i < LONG; i++) {
            view = view.reshape(1);
        }
        tape.backward(view);
        assertArrayEquals(new float[] {1}, x.grad().toArray());
    }

    @Test
    void reset_stepsOfOneSize_allocateNothingAfterTheFirst() {
        AtomicInteger allocations = new AtomicInteger();
        Tape tape = new Tape(counting(allocations));
        Tensor value = ones(scalar, 300, 100);
        Tensor cotangent = ones(scalar, 300, 100);
        for (int step = 0; step < 6; step++) {
            Variable y = tape.variable(value);
            for (int i = 0; i < 9; i++) {
                y = tape.apply(new Tanh(), y);
            }
            tape.backward(y, cotangent);
            tape.reset(); // the first one joins the blocks into one
            if (step == 0) {
                allocations.set(0);
            }
        }
        assertEquals(0, allocations.get());
    }

    private static Memory counted(Memory memory, AtomicInteger allocations) {
        return new Memory() {
            @Override
            public Buffer allocate(int length) {
                allocations.incrementAndGet();
                return memory.allocate(length);
            }

            @Override
            public void close() {
                memory.close();
            }
        };
    }

    /// The scalar backend, counting the buffers that it makes.
    private Backend counting(AtomicInteger allocations) {
        return (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("memory")) {
                        return counted(scalar.memory(), allocations);
                    }
                    try {
                        return method.invoke(scalar, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
