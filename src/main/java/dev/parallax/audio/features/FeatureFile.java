package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.io.SafeFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/// The features of one recording on disk, little endian: `PLXF`, version, frames, size, CRC-32C of the values (five
/// words of 32 bits), then the values [frames, size] as float32.
final class FeatureFile {

    /// Part of the name under which features are kept: another layout is another file.
    static final int VERSION = 1;

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

    static void write(Path target, Features features) {
        float[] values = features.values();
        byte[] bytes = new byte[HEADER_BYTES + 4 * values.length];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.position(HEADER_BYTES);
        out.asFloatBuffer().put(values);
        out.putInt(0, MAGIC).putInt(4, VERSION).putInt(8, features.frames()).putInt(12, features.size());
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
        if (bytes.length < HEADER_BYTES || in.getInt(0) != MAGIC || in.getInt(4) != VERSION) {
            throw new BadInputException(file + ": is no feature file; delete it");
        }
        int frames = in.getInt(8);
        int size = in.getInt(12);
        long wanted = HEADER_BYTES + 4L * frames * size;
        if (frames < 1 || size != columns.size() || bytes.length != wanted || in.getInt(16) != checksum(bytes)) {
            throw new BadInputException(file + ": is damaged; delete it");
        }
        float[] values = new float[frames * size];
        in.position(HEADER_BYTES).asFloatBuffer().get(values);
        return new Features(values, frames, columns);
    }

    private static int checksum(byte[] file) {
        CRC32C crc = new CRC32C();
        crc.update(file, HEADER_BYTES, file.length - HEADER_BYTES);
        return (int) crc.getValue();
    }
}
