package dev.parallax.trace;

import dev.parallax.io.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One step of a computation: what was done to which values, and what came of it.
public final class Step {

    /// What a step does.
    ///
    /// @param part     of the model ([StepText#part])
    /// @param what     is done
    /// @param formula  in one line
    /// @param settings all that decides the result beside what is read
    public record Action(String part, String what, String formula, JsonObject settings) {}

    private final int number;
    private final Action action;
    private final List<Source> in;
    private final List<Integer> shape;
    private final double[] values;
    private final boolean isDouble;
    private final @Nullable Reference reference;

    /// @param number    from 0, in the order of the computation
    /// @param in        what it reads
    /// @param shape     of its result
    /// @param values    of its result, row-major, not copied
    /// @param isDouble  whether the result has double precision
    /// @param reference the formula as plain loops, or null where there is none but the code itself
    Step(
            int number,
            Action action,
            List<Source> in,
            List<Integer> shape,
            double[] values,
            boolean isDouble,
            @Nullable Reference reference) {
        if (Shapes.count(shape) != values.length) {
            throw new IllegalArgumentException(
                    "step " + action.what() + ": " + values.length + " values of shape " + shape);
        }
        this.number = number;
        this.action = action;
        this.in = List.copyOf(in);
        this.shape = List.copyOf(shape);
        this.values = values;
        this.isDouble = isDouble;
        this.reference = reference;
    }

    public int number() {
        return number;
    }

    public Action action() {
        return action;
    }

    public List<Source> in() {
        return in;
    }

    public List<Integer> shape() {
        return shape;
    }

    /// The numbers of its result, row-major, not a copy; those of a result in single precision are these very numbers.
    public double[] values() {
        return values;
    }

    /// The numbers of its result in single precision; of one that has it, these very numbers.
    public float[] floats() {
        return floats(values);
    }

    /// Numbers in single precision.
    public static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /// Numbers in double precision.
    public static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    public boolean isDouble() {
        return isDouble;
    }

    /// The formula as plain loops, or null where there is none but the code itself.
    public @Nullable Reference reference() {
        return reference;
    }

    /// What its result is called in other steps and in the file of values: `step.0012`.
    public String name() {
        return String.format(Locale.ROOT, "step.%04d", number);
    }

    /// Its whole result.
    public Source result() {
        return new Source(name(), 0, shape);
    }
}
