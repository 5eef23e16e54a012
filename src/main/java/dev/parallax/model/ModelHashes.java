package dev.parallax.model;

import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What identifies a model: its file, and its weights alone.
///
/// The hash of the weights is SHA-256 over all parameters that the file carries ([ModelFile#isWeight]), sorted by name.
/// Each contributes one line of ASCII, its name and its sizes with a blank before each, and then the bytes of its
/// values as the file has them (little endian, row-major):
///
///     audio.head.bias 4 LF, 16 bytes, audio.head.weight 4 552 LF, 8832 bytes, ...
///
/// So two files of the same network have the same hash of weights although vocabulary, scores or metadata differ.
/// Parameters of a pretrained encoder that stay as they are, are not in the file: the model names that encoder by a
/// hash of its own.
///
/// @param file    SHA-256 of all bytes of the file, 64 lower-case hexadecimal digits
/// @param weights that of the parameters
public record ModelHashes(String file, String weights) {

    /// Those of a model file.
    public static ModelHashes of(SafeTensors file) {
        SortedMap<String, byte[]> values = new TreeMap<>();
        file.names().stream()
                .filter(ModelFile::isWeight)
                .forEach(name -> values.put(line(name, file.shape(name)), file.raw(name)));
        return new ModelHashes(file.sha256(), weights(values));
    }

    /// The hash of the weights of a model, which is that of its file.
    public static String weights(Model model) {
        SortedMap<String, byte[]> values = new TreeMap<>();
        ModelFile.parameters(model, (name, shape, floats) -> {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * floats.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(floats);
            values.put(line(name, shape), bytes.array());
        });
        return weights(values);
    }

    private static String line(String name, int... shape) {
        return name + Arrays.stream(shape).mapToObj(size -> " " + size).collect(Collectors.joining()) + "\n";
    }

    private static String weights(SortedMap<String, byte[]> values) {
        List<byte[]> parts = new ArrayList<>();
        values.forEach((line, bytes) -> {
            parts.add(line.getBytes(StandardCharsets.US_ASCII));
            parts.add(bytes);
        });
        return SafeFiles.sha256(parts.toArray(byte[][]::new));
    }
}
