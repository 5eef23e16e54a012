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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All parameters of a model: those that training moves in ONE flat buffer with named views, those that are fixed in
/// another. So an optimiser step, clipping, the sum over shards and a checkpoint are one kernel call each, and what is
/// fixed costs none of them time or memory. Layers [#add] theirs while they are built; then [#initialize].
public final class Parameters implements AutoCloseable {

    private static final int STREAM = 0x1417; // of the random numbers for initial values

    private final List<Parameter> all = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final BitSet fixed = new BitSet(); // by ordinal
    private int size;
    private int[] offsets = {}; // of each one in its buffer, by ordinal
    private @Nullable Backend backend;
    private @Nullable Memory memory;
    private @Nullable Buffer values; // of those that move
    private @Nullable Buffer fixedValues;
    private final Map<Parameter, Packing> packings = new HashMap<>(); // of those that only multiply
    private @Nullable List<Tensor> frozen; // by ordinal
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /// Adds a parameter.
    public Parameter add(String name, Shape shape, Initializer initializer) {
        return add(name, shape, initializer, false);
    }

    /// Adds a parameter that keeps its initial values.
    public Parameter addFixed(String name, Shape shape, Initializer initializer) {
        return add(name, shape, initializer, true);
    }

    /// How a backend keeps a weight that does not change: [Backend#packed] or [Backend#packedKernel].
    @FunctionalInterface
    public interface Packing {
        Buffer of(Backend on, Memory memory, float[] weight);
    }

    /// Adds a weight [out, in] by which layers only multiply, as in x Wᵀ.
    ///
    /// @param parts of equal numbers of rows, by which layers multiply each alone; 1 for the whole
    public Parameter addFactor(String name, Shape shape, int parts, Initializer initializer) {
        int out = shape.size(0);
        int in = shape.size(1);
        return addFactor(name, shape, initializer, (on, memory, weight) -> on.packed(memory, weight, out, in, parts));
    }

    /// Adds a weight that is used for nothing but what its packing is for.
    public Parameter addFactor(String name, Shape shape, Initializer initializer, Packing packing) {
        Parameter parameter = add(name, shape, initializer);
        packings.put(parameter, packing);
        return parameter;
    }

    private Parameter add(String name, Shape shape, Initializer initializer, boolean stays) {
        if (values != null || frozen != null) {
            throw new IllegalStateException("parameters: " + name + " comes after the parameters were made");
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException("parameters: there are two of the name " + name);
        }
        Parameter parameter = new Parameter(name, shape, all.size(), initializer);
        fixed.set(parameter.ordinal(), stays);
        all.add(parameter);
        if (shape.count() > Integer.MAX_VALUE - size) {
            throw new ShapeException("parameters: with " + name + " " + shape + " there are more than 2^31 - 1 values");
        }
        size += shape.count();
        return parameter;
    }

    /// Makes the buffers and gives every parameter its initial values, each from a random stream of its own. The
    /// stream is that of its ordinal: other sizes, or further parameters behind it, change nothing.
    public void initialize(Backend on, long seed) {
        allocate(on);
        for (Parameter parameter : all) {
            float[] start = new float[parameter.shape().count()];
            parameter.initializer().fill(new RandomStream(seed, 0, STREAM, parameter.ordinal()), start);
            on.upload(start, value(parameter).buffer());
        }
    }

    /// Makes the buffers only, for callers that fill all of them.
    public void allocate(Backend on) {
        offsets = new int[all.size()];
        int moving = 0;
        int staying = 0;
        for (Parameter parameter : all) {
            int count = parameter.shape().count();
            if (isFixed(parameter)) {
                offsets[parameter.ordinal()] = staying;
                staying += count;
            } else {
                offsets[parameter.ordinal()] = moving;
                moving += count;
            }
        }
        backend = on;
        memory = on.memory();
        values = memory.allocate(moving);
        fixedValues = memory.allocate(staying);
    }

    /// Makes parameters that will not change, in place of the flat buffer: each is kept by itself, and a weight that
    /// only multiplies in the form of its packing. No gradient is computed for any.
    ///
    /// @param precision      of the weights that only multiply
    /// @param startingValues of a parameter
    public void freeze(Backend on, Precision precision, Function<Parameter, float[]> startingValues) {
        backend = on;
        Memory own = on.memory();
        memory = own;
        List<Tensor> tensors = new ArrayList<>();
        for (Parameter parameter : all) {
            float[] given = startingValues.apply(parameter);
            Packing packing = packings.get(parameter);
            Buffer buffer;
            if (packing == null) {
                buffer = own.allocate(given.length);
                on.upload(given, buffer);
            } else {
                buffer = packing.of(on, own, precision.round(given));
            }
            tensors.add(new Tensor(on, parameter.shape(), buffer));
        }
        frozen = tensors;
    }

    /// Gives their memory back: whoever asks for a value from now on gets an IllegalStateException. Waits for what
    /// runs in a [#use]. Closing twice is closing once.
    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            closed = true;
            if (memory != null) {
                memory.close();
            }
            memory = null; // nothing refers to the values on a host any more
            values = null;
            fixedValues = null;
            frozen = null;
        } finally {
            inUse.writeLock().unlock();
        }
    }

    /// The values are there until the use of them is closed, whoever closes these parameters meanwhile:
    ///
    ///     try (Parameters.Use _ = parameters.use()) { ... }
    ///
    /// @return to be closed by the same thread
    /// @throws IllegalStateException if they are closed
    public Use use() {
        inUse.readLock().lock();
        if (closed) {
            inUse.readLock().unlock();
        }
        requireOpen();
        return () -> inUse.readLock().unlock();
    }

    /// That values are read.
    public interface Use extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws IllegalStateException if they are closed
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model was closed, which gave its weights back; load it again");
        }
    }

    /// Fixes the parameters whose names match: they keep their values. Where these have been made, all values get
    /// other places: so this comes before an optimiser, a gradient or a view of values.
    public void fix(Predicate<String> names) {
        List<Parameter> those = all.stream()
                .filter(parameter -> names.test(parameter.name()))
                .filter(parameter -> !isFixed(parameter))
                .toList();
        Memory former = memory;
        List<Tensor> before = former == null || those.isEmpty()
                ? List.of()
                : all.stream().map(this::value).toList();
        those.forEach(parameter -> fixed.set(parameter.ordinal()));
        if (former != null && !those.isEmpty()) {
            allocate(backend());
            for (Parameter parameter : all) {
                backend()
                        .copy(
                                before.get(parameter.ordinal()).buffer(),
                                value(parameter).buffer());
            }
            former.close();
        }
    }

    /// Whether a parameter is fixed: no gradient is computed for it, and no step changes it.
    public boolean isFixed(Parameter parameter) {
        return frozen != null || fixed.get(parameter.ordinal());
    }

    /// All parameters in the order in which they were added; the flat buffer has those that move in the same order.
    public List<Parameter> all() {
        return Collections.unmodifiableList(all);
    }

    /// Number of values of all parameters together.
    public int size() {
        return size;
    }

    /// Number of values that training moves: the length of the flat buffer.
    public int trainableSize() {
        return values().length();
    }

    /// The flat buffer: the values of the parameters that are not fixed. Frozen parameters have none.
    public Buffer values() {
        requireOpen();
        return requireMade(values);
    }

    public Backend backend() {
        return requireMade(backend);
    }

    /// The value of one parameter: a view.
    public Tensor value(Parameter parameter) {
        requireOpen();
        if (frozen != null) {
            return frozen.get(parameter.ordinal());
        }
        Buffer flat = isFixed(parameter) ? requireMade(fixedValues) : values();
        return new Tensor(backend(), parameter.shape(), part(flat, parameter));
    }

    /// The part of a flat buffer (values, gradients, moments) that belongs to a parameter that is not fixed.
    public Buffer slice(Buffer flat, Parameter parameter) {
        if (isFixed(parameter)) {
            throw new IllegalArgumentException("parameters: " + parameter.name() + " is fixed: it has no gradient");
        }
        return part(flat, parameter);
    }

    private Buffer part(Buffer flat, Parameter parameter) {
        return flat.slice(offsets[parameter.ordinal()], parameter.shape().count());
    }

    /// The part of a flat buffer that belongs to all parameters whose name starts with `prefix` and which are not
    /// fixed.
    /// They follow each other; null where there are none.
    public @Nullable Buffer slice(Buffer flat, String prefix) {
        List<Parameter> those = all.stream()
                .filter(parameter -> parameter.name().startsWith(prefix))
                .filter(parameter -> !isFixed(parameter))
                .toList();
        if (those.isEmpty()) {
            return null;
        }
        int from = offsets[those.getFirst().ordinal()];
        int length =
                those.stream().mapToInt(parameter -> parameter.shape().count()).sum();
        Parameter last = those.getLast();
        if (offsets[last.ordinal()] + last.shape().count() - from != length) {
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
