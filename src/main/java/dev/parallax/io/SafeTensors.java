package dev.parallax.io;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.io.SafeTensorsHeader.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A safetensors file: named arrays of numbers and a few strings of metadata. Immutable; the whole file is in memory.
/// Written with [Builder], readable by every safetensors tool; format and checks are in `SafeTensorsHeader`.
public final class SafeTensors {

    /// The metadata of a file that [Builder#checked] has made.
    public static final String CHECKSUM = FileChecksum.KEY;

    private final String where;
    private final byte[] file;
    private final SafeTensorsHeader header;

    private SafeTensors(String where, byte[] file, SafeTensorsHeader header) {
        this.where = where;
        this.file = file;
        this.header = header;
    }

    /// Reads and checks a file of at most 2 GiB.
    ///
    /// @throws BadInputException if it is missing, not a safetensors file, cut off, or contradicts itself
    public static SafeTensors read(Path file) {
        String where = file.toString();
        SafeTensorsHeader.checkStart(
                SafeFiles.readStart(file, SafeTensorsHeader.START_BYTES),
                file.toFile().length(),
                where);
        return parse(SafeFiles.read(file), where);
    }

    /// The same from a stream, up to its end; it is not closed. At most 2 GiB are read, or a third of the memory
    /// that the JVM may use if that is less.
    public static SafeTensors read(InputStream stream, String where) {
        return parse(SafeFiles.read(stream, where), where);
    }

    /// The same from bytes that were read already.
    ///
    /// @param bytes kept, not copied: do not modify
    /// @param where what the bytes are, the start of every message
    public static SafeTensors parse(byte[] bytes, String where) {
        FileChecksum.check(bytes, where);
        return new SafeTensors(where, bytes, SafeTensorsHeader.parse(MemorySegment.ofArray(bytes), where));
    }

    /// The strings stored beside the tensors, in the order of the file, not modifiable.
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /// The names of all tensors, in the order of the header.
    public List<String> names() {
        return List.copyOf(header.entries().keySet());
    }

    /// Whether there is a tensor of this name.
    public boolean contains(String name) {
        return header.entries().containsKey(name);
    }

    /// The sizes of a tensor; empty for a single number.
    public int[] shape(String name) {
        return sizes(entry(name).shape());
    }

    /// The type of a tensor's elements, as the format spells it: `F32`, `I32`, `U8`, ...
    public String dtype(String name) {
        return entry(name).dtype();
    }

    /// A copy of the values of an `F32` tensor, row-major.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed) or it has another type
    public float[] floats(String name) {
        ByteBuffer bytes = data(name, "F32");
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /// A copy of the values of an `F64` tensor, row-major.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed) or it has another type
    public double[] doubles(String name) {
        ByteBuffer bytes = data(name, "F64");
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    /// A copy of the values of an `I32` tensor, row-major.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed) or it has another type
    public int[] ints(String name) {
        ByteBuffer bytes = data(name, "I32");
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    /// A copy of the values of a `U8` tensor.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed) or it has another type
    public byte[] bytes(String name) {
        ByteBuffer bytes = data(name, "U8");
        byte[] values = new byte[bytes.remaining()];
        bytes.get(values);
        return values;
    }

    /// A copy of the bytes of a tensor of any type, as the file has them: little endian, row-major.
    ///
    /// @throws BadInputException if there is no such tensor (near names are listed)
    public byte[] raw(String name) {
        Entry entry = entry(name);
        return Arrays.copyOfRange(
                file, (int) (header.dataStart() + entry.begin()), (int) (header.dataStart() + entry.end()));
    }

    /// SHA-256 of the whole file, as 64 lower-case hexadecimal digits.
    public String sha256() {
        return SafeFiles.sha256(file);
    }

    /// The length of the whole file [bytes].
    public int length() {
        return file.length;
    }

    private static int[] sizes(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private ByteBuffer data(String name, String dtype) {
        Entry entry = entry(name);
        if (!entry.dtype().equals(dtype)) {
            throw new BadInputException(
                    where + ": tensor \"" + name + "\" has type " + entry.dtype() + ", expected " + dtype);
        }
        int begin = (int) (header.dataStart() + entry.begin());
        return ByteBuffer.wrap(file, begin, (int) (entry.end() - entry.begin())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Entry entry(String name) {
        Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new BadInputException(where + ": no tensor \"" + name + "\" among its "
                    + header.entries().size() + Nearest.hint(name, names()));
        }
        return entry;
    }

    /// Collects tensors and metadata, then writes them; the same calls give the same bytes. Values are not copied
    /// before they are written.
    public static final class Builder {

        private record Pending(String dtype, List<Integer> shape, ByteBuffer data) {}

        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final Map<String, Pending> tensors = new LinkedHashMap<>();

        /// Of a file without anything yet.
        public Builder() {}

        /// Gives the file a checksum, so that a reader notices damage.
        ///
        /// @return this, which has no metadata yet
        public Builder checked() {
            if (!metadata.isEmpty()) {
                throw new IllegalStateException("safetensors: the checksum is the first metadata");
            }
            metadata.put(FileChecksum.KEY, FileChecksum.placeholder());
            return this;
        }

        /// Adds one string, to be found again by its key.
        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        /// Adds an `F32` tensor.
        ///
        /// @param shape sizes whose product is the number of values
        public Builder floats(String name, int[] shape, float[] values) {
            ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
            data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
            return add(name, shape, values.length, "F32", data);
        }

        /// Adds an `F64` tensor.
        ///
        /// @param shape sizes whose product is the number of values
        public Builder doubles(String name, int[] shape, double[] values) {
            ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
            data.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
            return add(name, shape, values.length, "F64", data);
        }

        /// Adds a `BF16` tensor: each value rounded to the nearest one of 8 significant bits, ties to even.
        public Builder brainFloats(String name, int[] shape, float[] values) {
            ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, Short.BYTES));
            data.order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                int bits = Float.floatToIntBits(value);
                int rounded = Float.isNaN(value) ? bits : bits + 0x7FFF + (bits >>> 16 & 1);
                data.putShort((short) (rounded >>> 16));
            }
            return add(name, shape, values.length, "BF16", data.rewind());
        }

        /// Adds an `I32` tensor.
        public Builder ints(String name, int[] shape, int[] values) {
            ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES));
            data.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
            return add(name, shape, values.length, "I32", data);
        }

        /// Adds a `U8` tensor.
        public Builder bytes(String name, int[] shape, byte[] values) {
            return add(name, shape, values.length, "U8", ByteBuffer.wrap(values));
        }

        private Builder add(String name, int[] shape, int count, String dtype, ByteBuffer data) {
            long product = 1;
            for (int size : shape) {
                product = size < 0 ? -1 : Math.multiplyExact(product, size);
            }
            if (product != count) {
                throw new ShapeException("safetensors: \"" + name + "\" has shape " + Arrays.toString(shape) + " but "
                        + count + " values");
            }
            Pending tensor = new Pending(dtype, Arrays.stream(shape).boxed().toList(), data);
            if (name.equals(SafeTensorsHeader.METADATA) || tensors.put(name, tensor) != null) {
                throw new IllegalArgumentException("safetensors: name \"" + name + "\" is taken");
            }
            return this;
        }

        /// Writes the file in one step (see [SafeFiles#write]).
        public void write(Path target) {
            if (metadata.containsKey(FileChecksum.KEY)) {
                SafeFiles.write(target, toBytes());
            } else {
                SafeFiles.write(target, this::writeTo);
            }
        }

        /// The file as bytes.
        public byte[] toBytes() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException("no file is involved in writing to memory", e);
            }
            byte[] file = out.toByteArray();
            if (metadata.containsKey(FileChecksum.KEY)) {
                FileChecksum.write(file);
            }
            return file;
        }

        private void writeTo(OutputStream out) throws IOException {
            byte[] json = header().toText().getBytes(StandardCharsets.UTF_8);
            int padded = (json.length + 7) / 8 * 8; // so that the data is aligned in a mapped file
            byte[] start = Arrays.copyOf(json, padded);
            Arrays.fill(start, json.length, padded, (byte) ' ');
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(padded)
                    .array());
            out.write(start);
            WritableByteChannel channel = Channels.newChannel(out);
            for (Pending tensor : inFileOrder().values()) {
                channel.write(tensor.data.duplicate());
            }
        }

        private JsonObject header() {
            Map<String, Json> fields = new LinkedHashMap<>();
            if (!metadata.isEmpty()) {
                Map<String, Json> pairs = new LinkedHashMap<>();
                metadata.forEach((key, value) -> pairs.put(key, new Json.Text(value)));
                fields.put(SafeTensorsHeader.METADATA, Json.object(pairs));
            }
            int begin = 0;
            for (Map.Entry<String, Pending> tensor : inFileOrder().entrySet()) {
                int end = Math.addExact(begin, tensor.getValue().data.capacity());
                fields.put(
                        tensor.getKey(),
                        Json.object()
                                .with("dtype", tensor.getValue().dtype)
                                .with("shape", sizes(tensor.getValue().shape))
                                .with("data_offsets", new int[] {begin, end}));
                begin = end;
            }
            return Json.object(fields);
        }

        /// The tensors in the order given, those of single bytes last so that all others are aligned.
        private Map<String, Pending> inFileOrder() {
            Map<String, Pending> ordered = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> {
                if (!tensor.dtype.equals("U8")) {
                    ordered.put(name, tensor);
                }
            });
            tensors.forEach(ordered::putIfAbsent);
            return ordered;
        }
    }
}
