package dev.parallax.nn;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All parameters of a model in ONE flat buffer with named views. So an optimiser step, clipping, the sum over
/// shards and a checkpoint are one kernel call each. Layers [#add] theirs while they are built; then [#initialize].
public final class Parameters implements AutoCloseable {

    private static final int STREAM = 0x1417; // of the random numbers for initial values

    private final List<Parameter> all = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final BitSet fixed = new BitSet(); // by ordinal
    private int size;
    private @Nullable Backend backend;
    private @Nullable Memory memory;
    private @Nullable Buffer values;
    private @Nullable Buffer kept; // room for the fixed ones, while all are changed

    /// Adds a parameter.
    public Parameter add(String name, Shape shape, Initializer initializer) {
        return add(name, shape, initializer, false);
    }

    /// Adds a parameter that keeps its initial values.
    public Parameter addFixed(String name, Shape shape, Initializer initializer) {
        return add(name, shape, initializer, true);
    }

    private Parameter add(String name, Shape shape, Initializer initializer, boolean stays) {
        if (values != null) {
            throw new IllegalStateException("parameters: " + name + " comes after the parameters were made");
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException("parameters: there are two of the name " + name);
        }
        Parameter parameter = new Parameter(name, shape, size, all.size(), initializer);
        fixed.set(parameter.ordinal(), stays);
        all.add(parameter);
        if (shape.count() > Integer.MAX_VALUE - size) {
            throw new ShapeException("parameters: with " + name + " " + shape + " there are more than 2^31 - 1 values");
        }
        size += shape.count();
        return parameter;
    }

    /// Makes the buffer and gives every parameter its initial values, each from a random stream of its own. The
    /// stream is that of its ordinal: other sizes, or further parameters behind it, change nothing.
    public void initialize(Backend on, long seed) {
        allocate(on);
        for (Parameter parameter : all) {
            float[] start = new float[parameter.shape().count()];
            parameter.initializer().fill(new RandomStream(seed, 0, STREAM, parameter.ordinal()), start);
            on.upload(start, slice(values(), parameter));
        }
    }

    /// Makes the buffer only, for callers that fill all of it.
    public void allocate(Backend on) {
        backend = on;
        memory = on.memory();
        values = memory.allocate(size);
    }

    /// Gives their memory back: no value may be used any more.
    @Override
    public void close() {
        if (memory != null) {
            memory.close();
        }
    }

    /// Fixes the parameters whose names match: they keep their values.
    public void fix(Predicate<String> names) {
        all.stream()
                .filter(parameter -> names.test(parameter.name()))
                .forEach(parameter -> fixed.set(parameter.ordinal()));
    }

    /// Whether a parameter is fixed: no gradient is computed for it, and no step changes it.
    public boolean isFixed(Parameter parameter) {
        return fixed.get(parameter.ordinal());
    }

    /// The parameters in the order of the flat buffer.
    public List<Parameter> all() {
        return Collections.unmodifiableList(all);
    }

    /// Number of values of all parameters together.
    public int size() {
        return size;
    }

    /// The flat buffer.
    public Buffer values() {
        return requireMade(values);
    }

    public Backend backend() {
        return requireMade(backend);
    }

    /// Makes a change of all values, such as an optimiser's step, and restores the fixed parameters.
    public void changeUnfixed(Runnable change) {
        if (fixed.isEmpty()) {
            change.run();
            return;
        }
        Buffer room = kept == null ? requireMade(memory).allocate(size) : kept;
        kept = room;
        List<Parameter> those = all.stream().filter(this::isFixed).toList();
        those.forEach(parameter -> backend().copy(slice(values(), parameter), slice(room, parameter)));
        change.run();
        those.forEach(parameter -> backend().copy(slice(room, parameter), slice(values(), parameter)));
    }

    /// The value of one parameter: a view.
    public Tensor value(Parameter parameter) {
        return new Tensor(backend(), parameter.shape(), slice(values(), parameter));
    }

    /// The part of a flat buffer (values, gradients, moments) that belongs to `parameter`.
    public static Buffer slice(Buffer flat, Parameter parameter) {
        return flat.slice(parameter.offset(), parameter.shape().count());
    }

    /// The part of a flat buffer that belongs to all parameters whose name starts with `prefix`, which follow each
    /// other; null where there are none.
    public @Nullable Buffer slice(Buffer flat, String prefix) {
        List<Parameter> those = all.stream()
                .filter(parameter -> parameter.name().startsWith(prefix))
                .toList();
        if (those.isEmpty()) {
            return null;
        }
        int from = those.getFirst().offset();
        int length =
                those.stream().mapToInt(parameter -> parameter.shape().count()).sum();
        Parameter last = those.getLast();
        if (last.offset() + last.shape().count() - from != length) {
            throw new IllegalStateException("parameters: those of " + prefix + " do not follow each other");
        }
        return flat.slice(from, length);
    }

    private static <T> T requireMade(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("parameters: initialize them first");
        }
        return made;
    }
}
