package dev.parallax.trace;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A trace as two files: `trace.json` has what was done, `trace.safetensors` the numbers. The first names the second by
/// its hash.
public final class TraceFile {

    /// What was done.
    public static final String STEPS = "trace.json";

    /// The numbers.
    public static final String VALUES = "trace.safetensors";

    private static final int FORMAT = 1;

    private final JsonObject head;
    private final boolean isWhole;
    private final List<StepText> steps;
    private final Map<String, double[]> values;

    private TraceFile(JsonObject head, boolean isWhole, List<StepText> steps, Map<String, double[]> values) {
        this.head = head;
        this.isWhole = isWhole;
        this.steps = List.copyOf(steps);
        this.values = values;
    }

    /// Writes a trace into a folder, which is there.
    ///
    /// @param head of the document: what the trace is of
    public static void write(Path folder, JsonObject head, Trace trace) {
        SafeTensors.Builder numbers = new SafeTensors.Builder();
        for (Step step : trace.steps()) {
            int[] shape = step.shape().stream().mapToInt(Integer::intValue).toArray();
            if (step.isDouble()) {
                numbers.doubles(step.name(), shape, step.values());
            } else {
                numbers.floats(step.name(), shape, step.floats());
            }
        }
        byte[] bytes = numbers.toBytes();
        SafeFiles.write(folder.resolve(VALUES), bytes);
        JsonObject document = Json.object()
                .with("format", FORMAT)
                .with("values", SafeFiles.sha256(bytes))
                .with("of", head)
                .with(
                        "steps",
                        Json.array(trace.steps().stream()
                                .map(step -> StepText.JSON.write(StepText.of(step)))
                                .toList()));
        SafeFiles.write(folder.resolve(STEPS), document.toIndentedText().getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a trace; whether it is true is another question.
    ///
    /// @throws BadInputException when the folder holds no trace, or a step has no numbers
    public static TraceFile read(Path folder) {
        if (!Files.isRegularFile(folder.resolve(STEPS))) {
            throw new BadInputException(folder + ": holds no trace; give a folder that audit has written");
        }
        JsonObject document = Json.parseObject(folder.resolve(STEPS));
        if (!document.has("format") || document.integer("format") != FORMAT) {
            throw new BadInputException(folder.resolve(STEPS) + ": is no trace of format " + FORMAT
                    + "; give the folder that audit has written with this version");
        }
        List<StepText> steps = document.array("steps").objects().stream()
                .map(StepText.JSON::read)
                .toList();
        Path numbers = folder.resolve(VALUES);
        String found = SafeFiles.sha256(numbers);
        SafeTensors tensors = SafeTensors.read(numbers);
        Map<String, double[]> values = new HashMap<>();
        for (StepText step : steps) {
            values.put(step.name(), numbers(tensors, step));
        }
        return new TraceFile(document.object("of"), document.text("values").equals(found), steps, values);
    }

    private static double[] numbers(SafeTensors tensors, StepText step) {
        List<Integer> there = Arrays.stream(tensors.shape(step.name())).boxed().toList();
        if (!there.equals(step.shape())) {
            throw new BadInputException("trace: " + step.name() + " has the shape " + there + " in " + VALUES + " and "
                    + step.shape() + " in " + STEPS + "; write it again with audit");
        }
        if (step.isDouble()) {
            return tensors.doubles(step.name());
        }
        float[] floats = tensors.floats(step.name());
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    /// What the trace is of.
    public JsonObject head() {
        return head;
    }

    /// Whether the numbers are those that were written.
    public boolean isWhole() {
        return isWhole;
    }

    public List<StepText> steps() {
        return steps;
    }

    /// The numbers of a step, not a copy.
    public double[] values(StepText step) {
        double[] found = values.get(step.name());
        if (found == null) {
            throw new BadInputException("trace: there is no step " + step.name());
        }
        return found;
    }

    /// What a step reads of another.
    ///
    /// @throws BadInputException when there is no such step, or it has fewer numbers
    public double[] values(Source source) {
        double[] whole = values.get(source.value());
        int count = source.count();
        if (whole == null || source.first() < 0 || count < 0 || source.first() > whole.length - count) {
            throw new BadInputException("trace: " + source.value() + " from " + source.first() + " of shape "
                    + source.shape() + " is not there");
        }
        double[] some = new double[count];
        System.arraycopy(whole, source.first(), some, 0, count);
        return some;
    }
}
