package dev.parallax.trace;

import dev.parallax.autograd.Frame;
import dev.parallax.autograd.Op;
import dev.parallax.autograd.SavingOp;
import dev.parallax.autograd.TapeListener;
import dev.parallax.autograd.Variable;
import dev.parallax.io.Json;
import dev.parallax.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts the operations of a tape into a trace, and what they save beside their results: gates, log-sum-exps, means. The
/// reference of a step is that of its operation.
public final class TapeRecorder implements TapeListener {

    private static final String FUSION = "fusion";

    private final Trace trace;
    private final List<Step> given;
    private final String prefix; // of parameters in the model's file
    private final @Nullable String part; // of the model, where all is of one
    private final IdentityHashMap<Variable, String> names = new IdentityHashMap<>(); // of results and parameters
    private final Map<String, String> parts = new HashMap<>(); // of the model, by the names of values

    /// @param given steps whose results may come onto the tape from outside; they are known by their values
    public TapeRecorder(Trace trace, List<Step> given) {
        this(trace, given, "");
    }

    /// The same of a network that is a part of the model.
    ///
    /// @param prefix what the names of its parameters begin with in the model's file
    public TapeRecorder(Trace trace, List<Step> given, String prefix) {
        this(trace, given, prefix, null);
    }

    /// The same of a network all of whose steps belong to one part of the model.
    ///
    /// @param part of the model, or null where the names of parameters tell it
    public TapeRecorder(Trace trace, List<Step> given, String prefix, @Nullable String part) {
        this.trace = trace;
        this.prefix = prefix;
        this.given = List.copyOf(given);
        this.part = part;
    }

    @Override
    public void named(String name, Variable value) {
        names.put(value.base(), Source.PARAMETER + prefix + name);
    }

    @Override
    public void applied(Op op, Frame frame) {
        List<Source> in = new ArrayList<>();
        Shape[] shapes = new Shape[frame.inputs()];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = frame.inShape(i);
            in.add(source(frame.input(i)));
        }
        OpText text = OpText.of(op);
        Step step = trace.add(
                new Step.Action(part(in), text.what(), text.formula(), text.settings()),
                in,
                frame.outShape().toArray(),
                frame.result().value().toArray(),
                values -> op.reference(shapes, values));
        know(frame.result(), step);
        if (op instanceof SavingOp saving) {
            addSaved(saving, frame, shapes, in, step.action().part());
        }
    }

    private void addSaved(SavingOp op, Frame frame, Shape[] shapes, List<Source> in, String of) {
        OpText text = OpText.ofSaved(op);
        float[] saved = new float[op.savedShape(shapes).count()];
        frame.result().value().backend().download(frame.saved(0), saved);
        trace.add(
                new Step.Action(of, text.what(), text.formula(), text.settings()),
                in,
                op.savedShape(shapes).toArray(),
                saved,
                values -> op.savedReference(shapes, values));
    }

    /// What is read of a value that is on the tape.
    ///
    /// @param variable a result of an operation or a view of one, a parameter, or one that came from outside
    public Source source(Variable variable) {
        String name = names.get(variable.base());
        if (name == null) {
            Step step = fromOutside(variable.base());
            know(variable.base(), step);
            name = step.name();
        }
        List<Integer> shape = Arrays.stream(variable.shape().toArray()).boxed().toList();
        return new Source(name, variable.firstElement(), shape);
    }

    private void know(Variable variable, Step step) {
        names.put(variable, step.name());
        parts.put(step.name(), step.action().part());
    }

    private Step fromOutside(Variable variable) {
        float[] values = variable.value().toArray();
        Step known = known(values);
        return known != null
                ? known
                : trace.add(
                        new Step.Action(part == null ? "answer" : part, "constant", "c", Json.object()),
                        List.of(),
                        variable.shape().toArray(),
                        values,
                        null);
    }

    private @Nullable Step known(float[] values) {
        for (Step step : given) {
            boolean same = step.values().length == values.length;
            for (int i = 0; same && i < values.length; i++) {
                same = Double.compare(step.values()[i], values[i]) == 0;
            }
            if (same) {
                return step;
            }
        }
        return null;
    }

    /// The part of the model that its parameters belong to; of a step without any, the part of what it reads.
    private String part(List<Source> in) {
        if (part != null) {
            return part;
        }
        Set<String> all = in.stream()
                .map(source -> source.isParameter()
                        ? firstWord(source.parameter().substring(prefix.length()))
                        : parts.getOrDefault(source.value(), FUSION))
                .collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : FUSION;
    }

    private static String firstWord(String name) {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }
}
