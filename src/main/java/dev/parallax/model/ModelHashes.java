package dev.parallax.model;

import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What identifies a model: its file, and its weights alone.
///
/// The hash of the weights is SHA-256 over all parameters of the network ([ModelFile#isWeight]), sorted by name. Each
/// contributes one line of ASCII, its name and its sizes with a blank before each, and then the bytes of its values as
/// the file has them (little endian, row-major):
///
///     audio.head.bias 4 LF, 16 bytes, audio.head.weight 4 552 LF, 8832 bytes, ...
///
/// So two files of the same network have the same hash of weights although vocabulary, scores or metadata differ.
///
/// @param file    SHA-256 of all bytes of the file, 64 lower-case hexadecimal digits
/// @param weights that of the parameters
public record ModelHashes(String file, String weights) {

    /// Those of a model file.
    public static ModelHashes of(SafeTensors file) {
        List<byte[]> parts = new ArrayList<>();
        file.names().stream().filter(ModelFile::isWeight).sorted().forEach(name -> {
            String sizes =
                    Arrays.stream(file.shape(name)).mapToObj(size -> " " + size).collect(Collectors.joining());
            parts.add((name + sizes + "\n").getBytes(StandardCharsets.US_ASCII));
            parts.add(file.raw(name));
        });
        return new ModelHashes(file.sha256(), SafeFiles.sha256(parts.toArray(byte[][]::new)));
    }
}
