package dev.parallax.backend.cases;

import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The kernels whose results are the same to the last bit on every device, and the hashes of these results: made
/// once, on PoCL, and kept in `promised-bits.txt` beside this class. A device is compared with them where neither
/// PoCL nor the vector backend is.
///
/// A line of the file is a kernel, a size of its case ([KernelCases]), and a hash of all bits that it wrote: FNV-1a
/// over the words of each result in turn, in 16 hexadecimal digits. All NaN count as one.
public final class PromisedBits {

    /// Sizes of the cases: odd ones around groups and tiles. 97 is the first hidden size whose weights are too many
    /// for a device's registers, and 301 has sums of more than one block of 256 terms.
    private static final int[] SIZES = {1, 7, 33, 97, 301};

    private static final long START = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;
    private static final String INPUTS = "upload";

    private PromisedBits() {}

    /// The kernels, in the order of their names: products, the recurrent layers forward, and what works element by
    /// element or chooses rows. `docs/gpu.md` says why the others have bits of their own.
    public static Set<String> kernels() {
        return new TreeSet<>(Set.of(
                "adam",
                "add",
                "broadcastRow",
                "copy",
                "copyColumns",
                "copyColumnsAdd",
                "download",
                "dropoutAdd",
                "fill",
                "gatherRows",
                "gelu",
                "geluGradAdd",
                "gemm",
                "gru",
                "lstm",
                "multiply",
                "multiplyAdd",
                "relu",
                "reluGradAdd",
                "scaleAdd",
                "scaleInPlace",
                "scatterRowsAdd",
                "sequenceMax",
                "sequenceMaxGradAdd",
                "sequenceMean",
                "sgd",
                "sigmoid",
                "sigmoidGradAdd",
                "sumRowsAdd",
                "tanh",
                "tanhGradAdd",
                INPUTS,
                "uploadAll"));
    }

    /// The lines of a backend, as the file has them.
    public static List<String> of(Backend backend) {
        KernelCases cases = new KernelCases();
        List<String> lines = new ArrayList<>();
        for (String kernel : kernels()) {
            for (int size : SIZES) {
                lines.add(line(cases, kernel, size, backend));
            }
        }
        return lines;
    }

    private static String line(KernelCases cases, String kernel, int size, Backend backend) {
        long hash = START;
        for (KernelResult result : cases.run(kernel, size, backend)) {
            for (float value : result.values()) {
                hash = (hash ^ (Float.floatToIntBits(value) & 0xFFFF_FFFFL)) * PRIME;
            }
        }
        return kernel + " " + size + " " + HexFormat.of().toHexDigits(hash);
    }

    /// The lines of the file.
    public static List<String> promised() {
        try (InputStream in = Objects.requireNonNull(PromisedBits.class.getResourceAsStream("promised-bits.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The kernels whose bits on a backend are not those that are promised, each with its sizes: `gemm (7, 33)`.
    public static List<String> broken(Backend backend) {
        List<String> promised = promised();
        List<String> lines = of(backend);
        List<String> broken = new ArrayList<>();
        for (String kernel : kernels()) {
            List<String> sizes = lines.stream()
                    .filter(line -> line.startsWith(kernel + " ") && !promised.contains(line))
                    .map(line -> line.split(" ")[1])
                    .toList();
            if (!sizes.isEmpty()) {
                broken.add(kernel + " (" + String.join(", ", sizes) + ")");
            }
        }
        return broken;
    }

    /// Whether the inputs of the cases are those of the file: not where this JVM's logarithm or cosine have other
    /// last digits, as Java allows. No bits can be compared then.
    public static boolean canBeCompared() {
        KernelCases cases = new KernelCases();
        List<String> promised = promised();
        for (int size : SIZES) {
            if (!promised.contains(line(cases, INPUTS, size, new ScalarBackend()))) {
                return false;
            }
        }
        return true;
    }
}
