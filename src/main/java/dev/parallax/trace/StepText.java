package dev.parallax.trace;

import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A step as `trace.json` has it; its numbers are in the other file, under its name.
///
/// @param name     `step.0012`
/// @param part     of the model: `audio`, `text`, `fusion` or `answer`; `audio encoder` or `text encoder` of a
/// pretrained
///                 encoder's own steps
/// @param what     is done
/// @param formula  in one line
/// @param settings all that decides the result beside what is read
/// @param in       what it reads
/// @param shape    of its result
/// @param type     `F32` or `F64`
/// @param sha256   of the numbers of its result, little-endian, in hex
public record StepText(
        String name,
        String part,
        String what,
        String formula,
        JsonObject settings,
        List<Source> in,
        List<Integer> shape,
        String type,
        String sha256) {

    static final RecordJson<StepText> JSON = RecordJson.of(StepText.class);

    static final String SINGLE = "F32";
    static final String DOUBLE = "F64";

    public StepText {
        in = List.copyOf(in);
        shape = List.copyOf(shape);
    }

    /// What stands of a step in the file.
    public static StepText of(Step step) {
        Step.Action action = step.action();
        return new StepText(
                step.name(),
                action.part(),
                action.what(),
                action.formula(),
                action.settings(),
                step.in(),
                step.shape(),
                step.isDouble() ? DOUBLE : SINGLE,
                hash(step.values(), step.isDouble()));
    }

    /// The hash of numbers as the file has them.
    public static String hash(double[] values, boolean isDouble) {
        ByteBuffer bytes = ByteBuffer.allocate((isDouble ? Double.BYTES : Float.BYTES) * values.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (isDouble) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        return SafeFiles.sha256(bytes.array());
    }

    public boolean isDouble() {
        return type.equals(DOUBLE);
    }
}
