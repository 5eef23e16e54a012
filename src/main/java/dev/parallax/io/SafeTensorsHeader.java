package dev.parallax.io;

import dev.parallax.BadInputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The first part of a safetensors file: 8 bytes of header length N (little endian), then N bytes of JSON,
/// `{"__metadata__": {...}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}`.
/// Everything is checked against the size of the file: the tensors must tile what follows the header exactly.
///
/// Source of the format: https://github.com/huggingface/safetensors, section "Format".
///
/// @param entries   the tensors in the order of the header
/// @param dataStart where the tensors' bytes begin [bytes from the start of the file]
public record SafeTensorsHeader(Map<String, String> metadata, Map<String, Entry> entries, long dataStart) {

    static final String METADATA = "__metadata__";
    private static final String REMEDY = "; copy it again, or name another file";
    private static final int LENGTH_BYTES = 8;
    static final int START_BYTES = LENGTH_BYTES + 1;
    private static final int MAX_HEADER = 100_000_000; // the limit of the reference reader

    /// One tensor: type, sizes, and its first and one-past-last byte, counted from the end of the header.
    public record Entry(String name, String dtype, List<Integer> shape, long begin, long end) {}

    /// Reads and checks the header of a whole file, which may be larger than an array.
    ///
    /// @param where what the file is, the start of every message
    /// @throws BadInputException if it is not a safetensors file, is cut off, or contradicts itself
    public static SafeTensorsHeader parse(MemorySegment file, String where) {
        byte[] start = bytes(file, 0, (int) Math.min(START_BYTES, file.byteSize()));
        int length = checkStart(start, file.byteSize(), where);
        String text = Utf8.decode(bytes(file, LENGTH_BYTES, length), where + " header");
        JsonObject header = Json.parseObject(text, where + " header");
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String name : header.fields().keySet()) {
            if (name.equals(METADATA)) {
                JsonObject pairs = header.object(name);
                pairs.fields().keySet().forEach(key -> metadata.put(key, pairs.text(key)));
            } else {
                entries.put(name, entry(name, header.object(name)));
            }
        }
        long dataStart = (long) LENGTH_BYTES + length;
        checkTiling(entries, file.byteSize() - dataStart, where);
        return new SafeTensorsHeader(metadata, entries, dataStart);
    }

    private static byte[] bytes(MemorySegment file, long from, int count) {
        return file.asSlice(from, count).toArray(ValueLayout.JAVA_BYTE);
    }

    /// Checks by the first [#START_BYTES] whether a file can be in this format; returns the length of its header.
    ///
    /// @param size of the whole file [bytes]
    static int checkStart(byte[] start, long size, String where) {
        if (start.length < LENGTH_BYTES) {
            throw new BadInputException(where + ": has " + size + " bytes, too short for a safetensors file" + REMEDY);
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MAX_HEADER || length > size - LENGTH_BYTES || start[LENGTH_BYTES] != '{') {
            throw new BadInputException(where + ": not a safetensors file, or cut off: its header would have "
                    + Long.toUnsignedString(length) + " bytes, the file has " + size + REMEDY);
        }
        return (int) length;
    }

    private static Entry entry(String name, JsonObject json) {
        json.allowOnly(List.of("dtype", "shape", "data_offsets"));
        String dtype = json.text("dtype");
        int[] shape = json.array("shape").integers();
        long[] offsets = json.array("data_offsets").wholes();
        if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
            throw new BadInputException(json.where()
                    + ": data_offsets must be [begin, end] with 0 <= begin <= end, are " + Arrays.toString(offsets));
        }
        long expected = byteCount(dtype, shape, json.where());
        if (offsets[1] - offsets[0] != expected) {
            throw new BadInputException(json.where() + ": " + dtype + " " + Arrays.toString(shape) + " takes "
                    + expected + " bytes, data_offsets give " + (offsets[1] - offsets[0]));
        }
        return new Entry(name, dtype, Arrays.stream(shape).boxed().toList(), offsets[0], offsets[1]);
    }

    /// Bytes of one element times the product of the sizes; [] is one element.
    private static long byteCount(String dtype, int[] shape, String where) {
        long bytes = bytesPerElement(dtype, where);
        for (int size : shape) {
            if (size < 0) {
                throw new BadInputException(where + ": shape " + Arrays.toString(shape) + " has a negative size");
            }
        }
        try {
            for (int size : shape) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw new BadInputException(where + ": shape " + Arrays.toString(shape) + " is larger than any file", e);
        }
        return bytes;
    }

    private static int bytesPerElement(String dtype, String where) {
        return switch (dtype) {
            case "BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2" -> 1;
            case "U16", "I16", "F16", "BF16" -> 2;
            case "U32", "I32", "F32" -> 4;
            case "U64", "I64", "F64" -> 8;
            default -> throw new BadInputException(where + ": unknown dtype \"" + dtype + "\"");
        };
    }

    /// Checks that each byte of the data belongs to exactly one tensor.
    private static void checkTiling(Map<String, Entry> entries, long dataBytes, String where) {
        List<Entry> byPlace = new ArrayList<>(entries.values());
        byPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long next = 0;
        for (Entry entry : byPlace) {
            if (entry.begin != next) {
                throw new BadInputException(where + ": tensor \"" + entry.name + "\" begins at byte " + entry.begin
                        + " of the data, expected " + next + (entry.begin < next ? " (overlap)" : " (hole)"));
            }
            next = entry.end;
        }
        if (next != dataBytes) {
            throw new BadInputException(where + ": the tensors take " + next + " bytes, the file holds " + dataBytes
                    + (next > dataBytes ? "; it is cut off, copy it again" : "; something was appended"));
        }
    }
}
