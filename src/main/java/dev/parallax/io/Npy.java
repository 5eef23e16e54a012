package dev.parallax.io;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One array of numbers in NumPy's `.npy` format. First come the bytes `\x93NUMPY`, the version, and the header
/// length (2 bytes in version 1, 4 in version 2, little endian). Then come a header such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }` and the values.
///
/// Source: numpy.lib.format, in NumPy's documentation.
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int START_BYTES = 12; // magic, version, length of the header
    private static final int MAX_HEADER = 65_536;
    private static final int ALIGNMENT = 64; // of the first value, as NumPy writes it
    private static final Pattern HEADER = Pattern.compile("\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*"
            + "(True|False),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*}\\s*");

    private final int[] shape;
    private final float[] values;

    private Npy(int[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /// The sizes; empty for a single number.
    public int[] shape() {
        return shape.clone();
    }

    /// The values, row-major; not copied, do not modify.
    public float[] values() {
        return values;
    }

    /// Reads a file of float32, or of float64 rounded to float32, in C order.
    ///
    /// @throws BadInputException if it is missing, not such a file, or its length and its shape differ
    public static Npy read(Path file) {
        checkStart(SafeFiles.readStart(file, START_BYTES), file.toString());
        return parse(SafeFiles.read(file), file.toString());
    }

    /// The same from bytes.
    ///
    /// @param where what the bytes are, the start of every message
    public static Npy parse(byte[] file, String where) {
        checkStart(file, where);
        int version = file[6];
        if (version != 1 && version != 2) {
            throw new BadInputException(where + ": .npy version " + version + ", expected 1 or 2");
        }
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(8);
        long headerLength = version == 1 ? Short.toUnsignedLong(in.getShort()) : Integer.toUnsignedLong(in.getInt());
        if (headerLength > Math.min(in.remaining(), MAX_HEADER)) {
            throw new BadInputException(where + ": cut off, or no .npy file: its header would have " + headerLength
                    + " bytes, " + in.remaining() + " follow");
        }
        String text = new String(file, in.position(), (int) headerLength, StandardCharsets.ISO_8859_1);
        in.position(in.position() + (int) headerLength);
        Matcher header = HEADER.matcher(text);
        if (!header.matches()) {
            throw new BadInputException(where + ": header not understood: "
                    + Json.array(text.strip()).toText());
        }
        if (header.group(2).equals("True")) {
            throw new BadInputException(where + ": is in Fortran order; save it with numpy.ascontiguousarray(a)");
        }
        int[] shape = shape(header.group(3), where);
        return new Npy(shape, values(in, header.group(1), shape, where));
    }

    private static void checkStart(byte[] file, String where) {
        if (file.length < START_BYTES || !Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length))) {
            throw new BadInputException(where + ": not a .npy file (numpy.save writes them)");
        }
    }

    private static int[] shape(String sizes, String where) {
        try {
            return Arrays.stream(sizes.split(","))
                    .map(String::strip)
                    .filter(size -> !size.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new BadInputException(where + ": shape (" + sizes + ") is not made of sizes below 2^31", e);
        }
    }

    private static float[] values(ByteBuffer in, String type, int[] shape, String where) {
        int elementBytes = switch (type) {
            case "<f4" -> Float.BYTES;
            case "<f8" -> Double.BYTES;
            default ->
                throw new BadInputException(where + ": holds values of type \"" + type
                        + "\", expected <f4 or <f8; save it with a.astype(\"float32\")");
        };
        long count = in.remaining() / elementBytes;
        if (product(shape) != count || in.remaining() % elementBytes != 0) {
            throw new BadInputException(where + ": shape " + Arrays.toString(shape) + " of " + type
                    + " does not fit the " + in.remaining() + " bytes that follow the header; copy it again");
        }
        float[] values = new float[(int) count];
        if (elementBytes == Float.BYTES) {
            in.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) in.getDouble();
            }
        }
        return values;
    }

    /// The number of values, or -1 if it is beyond 64 bits or a size is negative.
    private static long product(int[] shape) {
        long product = 1;
        for (int size : shape) {
            if (size < 0 || Math.multiplyHigh(product, size) != 0 || product * size < 0) {
                return -1;
            }
            product *= size;
        }
        return product;
    }

    /// Writes float32 in C order, as `numpy.save` does.
    ///
    /// @param shape  sizes whose product is the number of values
    /// @param values row-major, not modified
    public static void write(Path target, int[] shape, float[] values) {
        if (product(shape) != values.length) {
            throw new ShapeException(
                    "npy: shape " + Arrays.toString(shape) + " does not have " + values.length + " values");
        }
        String sizes = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String tuple = shape.length == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + ", }";
        int start = MAGIC.length + 4;
        int end = (start + dictionary.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT; // leaves room for the line break
        String padded = dictionary + " ".repeat(end - start - dictionary.length() - 1) + "\n";
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(end, Math.multiplyExact(values.length, Float.BYTES)));
        out.order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (end - start));
        out.put(padded.getBytes(StandardCharsets.US_ASCII));
        out.asFloatBuffer().put(values);
        SafeFiles.write(target, out.array());
    }
}
