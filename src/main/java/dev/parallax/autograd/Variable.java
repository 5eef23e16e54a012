package dev.parallax.autograd;

import dev.parallax.backend.Buffer;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A tensor in a computation, with memory for its gradient. Made by a [Tape].
public final class Variable {

    private final Tape tape;
    private final Tensor value;
    private final boolean wantsGrad;
    private final @Nullable Variable base; // of a view: whose elements these are; never a view itself
    private final int firstElement;
    private @Nullable Buffer grad;

    Variable(Tape tape, Tensor value, boolean wantsGrad, @Nullable Buffer grad) {
        this(tape, value, wantsGrad, grad, null, 0);
    }

    private Variable(
            Tape tape,
            Tensor value,
            boolean wantsGrad,
            @Nullable Buffer grad,
            @Nullable Variable base,
            int firstElement) {
        this.tape = tape;
        this.value = value;
        this.wantsGrad = wantsGrad;
        this.grad = grad;
        this.base = base;
        this.firstElement = firstElement;
    }

    public Tensor value() {
        return value;
    }

    public Shape shape() {
        return value.shape();
    }

    /// Whether a gradient is computed for it.
    public boolean wantsGrad() {
        return wantsGrad;
    }

    /// A view of the rows `from .. from + rows - 1` along the first axis: shares value and gradient, costs nothing.
    public Variable rows(int from, int rows) {
        int stride = shape().rank() == 0 || shape().size(0) == 0 ? 0 : shape().count() / shape().size(0);
        return view(value.rows(from, rows), from * stride);
    }

    /// A view of all elements in another arrangement: shares value and gradient, costs nothing.
    public Variable reshape(int... sizes) {
        return view(new Tensor(value.backend(), Shape.of(sizes), value.buffer()), 0);
    }

    private Variable view(Tensor part, int from) {
        return new Variable(tape, part, wantsGrad, null, base == null ? this : base, firstElement + from);
    }

    /// The variable whose elements these are: of a view, the one that it looks at.
    public Variable base() {
        return base == null ? this : base;
    }

    /// The first of the elements of [#base] that these are.
    public int firstElement() {
        return firstElement;
    }

    /// The gradient, after [Tape#backward].
    ///
    /// @throws IllegalStateException when nothing that was differentiated depends on this variable
    public Tensor grad() {
        if (!hasGrad()) {
            throw new IllegalStateException("grad: no gradient reached this variable of shape " + shape());
        }
        return new Tensor(value.backend(), shape(), gradBuffer());
    }

    boolean hasGrad() {
        return wantsGrad && (grad != null || (base != null && base.hasGrad()));
    }

    /// The gradient's buffer, made and zeroed when first asked for.
    Buffer gradBuffer() {
        if (grad == null) {
            if (base != null) {
                grad = base.gradBuffer().slice(firstElement, shape().count());
            } else {
                grad = tape.gradient(shape().count());
            }
        }
        return grad;
    }
}
