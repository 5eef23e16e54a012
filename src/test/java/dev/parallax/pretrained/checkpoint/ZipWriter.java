package dev.parallax.pretrained.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes a zip archive of stored entries, with or without zip64 numbers, and the places where a test can
/// lie.
final class ZipWriter {

    static final int CENTRAL = 0x02014B50;
    static final int END = 0x06054B50;
    static final int END_64 = 0x06064B50;
    static final int LOCAL = 0x04034B50;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private boolean is64;
    private String comment = "";

    ZipWriter entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    ZipWriter zip64() {
        is64 = true;
        return this;
    }

    ZipWriter comment(String text) {
        comment = text;
        return this;
    }

    byte[] toBytes() {
        int room = 1000 + comment.length();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            room += 300 + 2 * entry.getKey().length() + entry.getValue().length;
        }
        ByteBuffer out = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Integer> places = new LinkedHashMap<>();
        entries.forEach((name, bytes) -> {
            places.put(name, out.position());
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            out.putInt(LOCAL)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(0);
            out.putInt(bytes.length).putInt(bytes.length).putShort((short) text.length);
            out.putShort((short) 5).put(text).put(new byte[5]).put(bytes); // extra bytes, as padding of PyTorch
        });
        int directory = out.position();
        places.forEach((name, place) -> central(name, place, out));
        end(directory, out);
        byte[] zip = new byte[out.position()];
        out.flip().get(zip);
        return zip;
    }

    private void central(String name, int place, ByteBuffer out) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int size = entries.getOrDefault(name, new byte[0]).length;
        out.putInt(CENTRAL)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0);
        out.putInt(0)
                .putInt(0)
                .putInt(is64 ? -1 : size)
                .putInt(is64 ? -1 : size)
                .putShort((short) text.length);
        out.putShort((short) (is64 ? 34 : 0))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0);
        out.putInt(is64 ? -1 : place).put(text);
        if (is64) { // behind another extra field
            out.putShort((short) 0x5455).putShort((short) 2).putShort((short) 0);
            out.putShort((short) 1)
                    .putShort((short) 24)
                    .putLong(size)
                    .putLong(size)
                    .putLong(place);
        }
    }

    private void end(int directory, ByteBuffer out) {
        int end = out.position();
        int length = end - directory;
        int count = entries.size();
        if (is64) {
            out.putInt(END_64)
                    .putLong(44)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(0);
            out.putLong(count).putLong(count).putLong(length).putLong(directory);
            out.putInt(0x07064B50).putInt(0).putLong(end).putInt(1);
        }
        out.putInt(END).putShort((short) 0).putShort((short) 0);
        out.putShort((short) (is64 ? -1 : count)).putShort((short) (is64 ? -1 : count));
        out.putInt(is64 ? -1 : length).putInt(is64 ? -1 : directory);
        out.putShort((short) comment.length()).put(comment.getBytes(StandardCharsets.US_ASCII));
    }

    /// Where the `number`-th record of a kind begins, counted from 0.
    static int find(byte[] zip, int signature, int number) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int seen = 0;
        for (int i = 0; i + 4 <= zip.length; i++) {
            if (bytes.getInt(i) == signature && seen++ == number) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such record");
    }
}
