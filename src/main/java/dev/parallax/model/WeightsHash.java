package dev.parallax.model;

import dev.parallax.io.SafeFiles;
import dev.parallax.nn.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The hash of a model's weights, apart from that of its file: two trainings that end in the same weights have the same
/// one, whatever else their files say.
public final class WeightsHash {

    private WeightsHash() {}

    /// SHA-256 of all parameters in the order of their names: the line `name [sizes]`, then the values as little-endian
    /// single precision. In hex.
    public static String of(Model model) {
        List<byte[]> parts = new ArrayList<>();
        List<Parameter> sorted = model.parameters().all().stream()
                .sorted(Comparator.comparing(Parameter::name))
                .toList();
        for (Parameter parameter : sorted) {
            parts.add((parameter.name() + " " + parameter.shape() + "\n").getBytes(StandardCharsets.UTF_8));
            float[] values = model.parameters().value(parameter).toArray();
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            parts.add(bytes.array());
        }
        return SafeFiles.sha256(parts.toArray(new byte[0][]));
    }
}
