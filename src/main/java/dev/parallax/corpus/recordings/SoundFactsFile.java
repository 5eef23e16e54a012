package dev.parallax.corpus.recordings;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.Fingerprint;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.io.SafeFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The facts of one recording on disk: `PLXS`, version, CRC-32C of the rest (three words of 32 bits), then the
/// facts in the order of the record.
final class SoundFactsFile {

    /// Part of the name under which facts are kept: another way to find them out is another file.
    static final int VERSION = 2;

    private static final int MAGIC = 0x53584C50;
    private static final int HEADER_BYTES = 12;

    private SoundFactsFile() {}

    /// @param folder the cache
    /// @param hash   of the file's bytes
    static Path place(Path folder, String hash) {
        String key = hash + "/sound/" + VERSION;
        String name = SafeFiles.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 40);
        return folder.resolve(name.substring(0, 2)).resolve(name + ".plxs");
    }

    static void write(Path target, SoundFacts facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] body = body(facts);
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(checksum(body, 0));
            out.write(body);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            SafeFiles.createFolder(folder);
        }
        SafeFiles.writeCached(target, bytes.toByteArray()); // the checksum tells a damaged one
    }

    private static byte[] body(SoundFacts facts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(facts.frames());
            out.writeInt(facts.sampleRate());
            out.writeInt(facts.channels());
            out.writeDouble(facts.least());
            out.writeDouble(facts.greatest());
            out.writeDouble(facts.offset());
            out.writeDouble(facts.fullScaleShare());
            out.writeUTF(facts.hash());
            int[] words = facts.fingerprint().words();
            out.writeInt(words.length);
            for (int word : words) {
                out.writeInt(word);
            }
            out.writeInt(facts.warnings().size());
            for (String warning : facts.warnings()) {
                out.writeUTF(warning);
            }
        }
        return bytes.toByteArray();
    }

    /// @throws BadInputException when the file is not what [#write] wrote
    static SoundFacts read(Path file) {
        byte[] bytes = SafeFiles.read(file);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            boolean known = bytes.length >= HEADER_BYTES && in.readInt() == MAGIC && in.readInt() == VERSION;
            if (!known || in.readInt() != checksum(bytes, HEADER_BYTES)) {
                throw new BadInputException(file + ": is damaged; delete it");
            }
            return new SoundFacts(
                    in.readLong(),
                    in.readInt(),
                    in.readInt(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readUTF(),
                    new Fingerprint(words(in)),
                    warnings(in));
        } catch (IOException e) {
            throw new BadInputException(file + ": is damaged; delete it", e);
        }
    }

    private static int[] words(DataInputStream in) throws IOException {
        int size = size(in, Integer.BYTES);
        int[] words = new int[size];
        for (int i = 0; i < size; i++) {
            words[i] = in.readInt();
        }
        return words;
    }

    private static List<String> warnings(DataInputStream in) throws IOException {
        int size = size(in, Short.BYTES);
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            warnings.add(in.readUTF());
        }
        return warnings;
    }

    /// A number of things of so many bytes at least, which the rest of the file must be able to hold.
    private static int size(DataInputStream in, int bytes) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > in.available() / bytes) {
            throw new IOException("a size of " + size);
        }
        return size;
    }

    private static int checksum(byte[] bytes, int start) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, bytes.length - start);
        return (int) crc.getValue();
    }
}
