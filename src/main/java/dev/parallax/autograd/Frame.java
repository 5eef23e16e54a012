package dev.parallax.autograd;

import dev.parallax.backend.Buffer;
import dev.parallax.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// What an operation works on when it runs: its inputs, its result, what it saved, and the gradients.
public final class Frame {

    private final Op op;
    private final Arena arena;
    private final Variable[] in;
    private final Variable out;
    private final List<Buffer> saved = new ArrayList<>(1);

    Frame(Op op, Arena arena, Variable[] in, Variable out) {
        this.op = op;
        this.arena = arena;
        this.in = in;
        this.out = out;
    }

    Op op() {
        return op;
    }

    /// The result.
    public Variable result() {
        return out;
    }

    /// Input `i`.
    public Variable input(int i) {
        return in[i];
    }

    /// Number of inputs.
    public int inputs() {
        return in.length;
    }

    /// Values of input `i`.
    public Buffer in(int i) {
        return in[i].value().buffer();
    }

    /// Shape of input `i`.
    public Shape inShape(int i) {
        return in[i].shape();
    }

    /// Values of the result: to be filled by forward, to be read by backward. Not zeroed.
    public Buffer out() {
        return out.value().buffer();
    }

    /// Shape of the result.
    public Shape outShape() {
        return out.shape();
    }

    /// Memory for `length` values that backward finds again as [#saved], in the order of the calls. Not zeroed.
    public Buffer save(int length) {
        Buffer room = arena.allocate(length);
        saved.add(room);
        return room;
    }

    /// What forward saved with its call number `i`.
    public Buffer saved(int i) {
        return saved.get(i);
    }

    /// Whether the gradient of input `i` is needed; where it is not, backward may skip the work.
    public boolean wantsGrad(int i) {
        return in[i].wantsGrad();
    }

    /// Gradient of input `i`, to be added to. Where it is not needed: memory that is never read.
    public Buffer inGrad(int i) {
        return in[i].gradBuffer();
    }

    /// Gradient of the result.
    public Buffer outGrad() {
        return out.gradBuffer();
    }
}
