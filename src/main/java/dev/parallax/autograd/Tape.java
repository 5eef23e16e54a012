package dev.parallax.autograd;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs operations, records their order, and goes through them backwards. For one thread at a time.
///
/// It is the chain rule and nothing more: from the gradient of the last result, each operation in reverse order adds
/// to the gradients of its inputs. Results and gradients live in an arena ([Arena]), which [#reset] takes back at
/// once.
public final class Tape implements AutoCloseable {

    private static final int LARGEST = Integer.MAX_VALUE - 8; // that one buffer can be

    private final Backend backend;
    private final Arena arena;
    private final @Nullable TapeListener listener;
    private final List<Frame> frames = new ArrayList<>();
    private boolean walked;
    private @Nullable Buffer cleared; // for gradients: zeros
    private int given; // of them

    public Tape(Backend backend) {
        this(backend, null);
    }

    /// A tape that tells what it computes.
    ///
    /// @param listener null for none
    public Tape(Backend backend, @Nullable TapeListener listener) {
        this(backend, listener, new Arena(backend));
    }

    /// A tape in memory that was used before, and has been taken back since.
    Tape(Backend backend, @Nullable TapeListener listener, Arena arena) {
        this.backend = backend;
        this.arena = arena;
        this.listener = listener;
    }

    public Backend backend() {
        return backend;
    }

    /// A value by which nothing is differentiated.
    public Variable constant(Tensor value) {
        return new Variable(this, value, false, null);
    }

    /// These values, in the arena: a value by which nothing is differentiated.
    public Variable constant(Shape shape, float... values) {
        Buffer room = arena.allocate(values.length);
        backend.upload(values, room);
        return constant(new Tensor(backend, shape, room));
    }

    /// Zeros, in the arena: a value by which nothing is differentiated.
    public Variable zeros(Shape shape) {
        Buffer room = arena.allocate(shape.count());
        backend.fill(0, room);
        return constant(new Tensor(backend, shape, room));
    }

    /// A value by which results are differentiated, with a gradient of its own.
    public Variable variable(Tensor value) {
        return new Variable(this, value, true, null);
    }

    /// A value by which results are differentiated and whose gradient is added to `grad`: a parameter.
    public Variable variable(Tensor value, Buffer grad) {
        if (grad.length() != value.shape().count()) {
            throw new ShapeException(
                    "variable: " + grad.length() + " gradient values for a value of shape " + value.shape());
        }
        return new Variable(this, value, true, grad);
    }

    /// Tells the listener, if there is one, which parameter a value is.
    public void named(String name, Variable value) {
        if (listener != null) {
            listener.named(name, value);
        }
    }

    /// Memory for `length` values from outside, such as those of a batch, until the next [#reset]. Not zeroed.
    public Buffer room(int length) {
        return arena.allocate(length);
    }

    /// Runs `op` on the inputs and returns its result.
    ///
    /// @throws ShapeException when the shapes do not fit
    public Variable apply(Op op, Variable... in) {
        Shape[] shapes = new Shape[in.length];
        boolean wantsGrad = false;
        for (int i = 0; i < in.length; i++) {
            shapes[i] = in[i].shape();
            wantsGrad |= in[i].wantsGrad();
        }
        Shape shape = op.outputShape(shapes);
        Variable out = new Variable(this, new Tensor(backend, shape, arena.allocate(shape.count())), wantsGrad, null);
        Frame frame = new Frame(op, arena, in, out);
        op.forward(backend, frame);
        if (wantsGrad) {
            frames.add(frame);
        }
        if (listener != null) {
            listener.applied(op, frame);
        }
        return out;
    }

    /// Differentiates a single number with respect to everything it depends on. Once between two calls of [#reset]:
    /// the results in between keep their gradients, and a second pass would count them twice.
    public void backward(Variable loss) {
        if (loss.shape().count() != 1) {
            throw new ShapeException("backward: the loss has shape " + loss.shape() + ", expected a single number");
        }
        clearGradients();
        backend.fill(1, loss.gradBuffer());
        walkBack();
    }

    /// Differentiates sum(cotangent · result). Other results may have been given their cotangent before ([#seed]).
    public void backward(Variable result, Tensor cotangent) {
        clearGradients();
        seed(result, cotangent);
        walkBack();
    }

    /// Adds `cotangent` to the gradient of `result`, without a backward pass yet.
    public void seed(Variable result, Tensor cotangent) {
        Op.requireSame("backward", result.shape(), cotangent.shape());
        backend.scaleAdd(1, cotangent.buffer(), result.gradBuffer());
    }

    /// Clears the gradients of all results in one go, where each call costs a launch. On a host each is cleared just
    /// before it is added to, while that brings it into the cache.
    private void clearGradients() {
        if (!backend.wantsWholeBatches()) {
            return;
        }
        long total = 0;
        for (Frame frame : frames) {
            total += frame.outShape().count();
        }
        if (total <= LARGEST) {
            cleared = arena.allocate((int) total);
            given = 0;
            backend.fill(0, cleared);
        }
    }

    /// Memory for a gradient: `length` zeros.
    Buffer gradient(int length) {
        if (cleared != null && length <= cleared.length() - given) {
            given += length;
            return cleared.slice(given - length, length);
        }
        Buffer room = arena.allocate(length);
        backend.fill(0, room);
        return room;
    }

    private void walkBack() {
        if (walked) {
            throw new IllegalStateException("backward: this tape was walked back before; reset it first");
        }
        walked = true;
        for (Frame frame : frames.reversed()) {
            if (frame.result().hasGrad()) { // else no differentiated result depends on it
                frame.op().backward(backend, frame);
            }
        }
    }

    /// Removes all records and takes the memory back: no variable of this tape may be used any more.
    public void reset() {
        frames.clear();
        arena.reset();
        cleared = null;
        walked = false;
    }

    /// Gives the memory of the arena back: no variable of this tape may be used any more, and neither may the tape.
    @Override
    public void close() {
        frames.clear();
        arena.close();
    }
}
