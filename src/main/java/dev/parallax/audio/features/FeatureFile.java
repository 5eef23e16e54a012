package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.io.SafeFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/// The features of one recording or text on disk, little endian: `PLXF`, version, frames, size, CRC-32C of the values
/// (five words of 32 bits), then the values [frames, size] as float32, or in half precision in version 2.
final class FeatureFile {

    /// Part of the name under which features are kept: another layout is another file.
    static final int VERSION = 1;

    private static final int HALVES = 2; // the version of values in half precision

    private static final int MAGIC = 0x46584C50; // "PLXF"
    private static final int HEADER_BYTES = 20;

    private FeatureFile() {}

    /// @param folder the cache
    /// @param hash   of the recording's content
    /// @param digest of the feature settings
    static Path place(Path folder, String hash, String digest) {
        String key = hash + "/" + digest + "/" + VERSION;
        String name = SafeFiles.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 40);
        return folder.resolve(name.substring(0, 2)).resolve(name + ".plxf");
    }

    /// @param halves whether all values have half precision, and are written so
    static void write(Path target, Features features, boolean halves) {
        float[] values = features.values();
        byte[] bytes = new byte[HEADER_BYTES + (halves ? 2 : 4) * values.length];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.position(HEADER_BYTES);
        if (halves) {
            for (float value : values) {
                out.putShort(Float.floatToFloat16(value));
            }
        } else {
            out.asFloatBuffer().put(values);
        }
        out.putInt(0, MAGIC)
                .putInt(4, halves ? HALVES : VERSION)
                .putInt(8, features.frames())
                .putInt(12, features.size());
        out.putInt(16, checksum(bytes));
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            SafeFiles.createFolder(folder);
        }
        SafeFiles.writeCached(target, bytes); // the checksum reveals a damaged one
    }

    /// @param columns names of the columns that are expected
    /// @throws BadInputException when the file is not what [#write] wrote
    static Features read(Path file, List<String> columns) {
        byte[] bytes = SafeFiles.read(file);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean headed = bytes.length >= HEADER_BYTES && in.getInt(0) == MAGIC;
        int version = headed ? in.getInt(4) : 0;
        if (version != VERSION && version != HALVES) {
            throw new BadInputException(file + ": is no feature file; delete it");
        }
        boolean halves = version == HALVES;
        int frames = in.getInt(8);
        int size = in.getInt(12);
        long wanted = HEADER_BYTES + (halves ? 2L : 4L) * frames * size;
        if (frames < 1 || size != columns.size() || bytes.length != wanted || in.getInt(16) != checksum(bytes)) {
            throw new BadInputException(file + ": is damaged; delete it");
        }
        float[] values = new float[frames * size];
        in.position(HEADER_BYTES);
        if (halves) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat(in.getShort());
            }
        } else {
            in.asFloatBuffer().get(values);
        }
        return new Features(values, frames, columns);
    }

    private static int checksum(byte[] file) {
        CRC32C crc = new CRC32C();
        crc.update(file, HEADER_BYTES, file.length - HEADER_BYTES);
        return (int) crc.getValue();
    }
}
