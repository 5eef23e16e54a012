package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/// FLAC, written from its standard, RFC 9639 (2024): the existing decoders for Java have licences that do not suit a
/// single jar with all libraries in it.
///
/// Opening goes through all frames without decoding them: a frame ends where the checksum over it comes out as zero
/// and the next frame's header follows. So a file that is damaged anywhere or ends too early is refused before
/// anything is taken from it, and the start of each frame is known.
final class FlacFile implements SampleSource {

    private static final int[] CRC_16 = crcTable();

    /// More than a frame of 65535 samples of 8 channels takes, stored as they are with 4 bytes each.
    private static final long MOST_FRAME_BYTES = 1L << 22;

    private final ByteSource source;
    private final String name;
    private final FlacHeader header;
    private final FrameIndex index;
    private final FlacFrame frame;
    private float[][] decoded = {};
    private int decodedIndex = -1;

    /// @param warnings receives what follows the recording
    FlacFile(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        this.source = source;
        this.name = name;
        this.header = FlacHeader.read(source, name);
        this.frame = new FlacFrame(header);
        this.index = index();
        if (header.samples() != 0 && header.samples() != frames()) {
            throw new BadInputException(name + ": truncated: declares " + header.samples() + " samples, " + frames()
                    + " are there; copy or download it again");
        }
        Trailing.tell(source, index.offset(index.count() - 1) + index.length(index.count() - 1), name, warnings);
    }

    private FrameIndex index() throws IOException {
        ByteCursor bytes = new ByteCursor(source);
        long end = Id3.beginAtEnd(source);
        FrameIndex found = new FrameIndex();
        long at = header.firstFrame();
        FlacFrameHeader current = at < end ? FlacFrameHeader.read(bytes, at, end) : null;
        if (current == null || current.number() != 0) {
            throw new BadInputException(name + ": " + (at < end ? "damaged" : "truncated")
                    + ": no samples follow its metadata; copy or download it again");
        }
        while (current != null) {
            found.add(at, found.samples() + current.blockSize());
            long expected = current.varying() ? found.samples() : found.count();
            int crc = 0;
            long next = at;
            FlacFrameHeader following = null;
            while (next < end && following == null) {
                crc = (crc << 8 ^ CRC_16[crc >>> 8 ^ bytes.at(next)]) & 0xFFFF;
                next++;
                if (crc == 0) {
                    following = FlacFrameHeader.read(bytes, next, end);
                    following = following != null && following.number() == expected ? following : null;
                }
            }
            if (following == null && crc != 0) {
                next = header.samples() == 0 || found.samples() == header.samples() ? endOfFrame(at, end, current) : -1;
                if (next < 0) {
                    throw damaged(found.samples() - current.blockSize());
                }
            }
            at = next;
            current = following;
        }
        found.end(at);
        return found;
    }

    /// Where the last frame ends when something follows it, found by decoding it. -1 where it is damaged, or where
    /// nothing shows that it is the last.
    private long endOfFrame(long at, long end, FlacFrameHeader head) throws IOException {
        byte[] bytes = ChunkBytes.array(source, at, (int) Math.min(MOST_FRAME_BYTES, end - at));
        try {
            int length = frame.decode(bytes, head, new float[header.channels()][head.blockSize()]);
            int crc = 0;
            for (int i = 0; i < length; i++) {
                crc = (crc << 8 ^ CRC_16[crc >>> 8 ^ (bytes[i] & 0xFF)]) & 0xFFFF;
            }
            boolean isKnownEnd = header.samples() > 0 || FileKind.ofStart(source.from(at + length)) != FileKind.OTHER;
            return crc == 0 && isKnownEnd ? at + length : -1;
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
            return -1; // damaged, as the checksum has shown already
        }
    }

    private BadInputException damaged(long sample) {
        return new BadInputException(String.format(
                Locale.ROOT,
                "%s: truncated or damaged at %.3f s: the checksum is wrong there; copy or download it again",
                name,
                (double) sample / header.sampleRate()));
    }

    @Override
    public int sampleRate() {
        return header.sampleRate();
    }

    @Override
    public int channels() {
        return header.channels();
    }

    @Override
    public boolean isCoarse() {
        return header.bits() <= 8;
    }

    @Override
    public long frames() {
        return index.samples();
    }

    @Override
    public void read(long start, int count, float[][] out) throws IOException {
        int done = 0;
        while (done < count) {
            int i = index.containing(start + done);
            decode(i);
            int within = (int) (start + done - index.start(i));
            int some = Math.min(count - done, decoded[0].length - within);
            for (int c = 0; c < decoded.length; c++) {
                System.arraycopy(decoded[c], within, out[c], done, some);
            }
            done += some;
        }
    }

    private void decode(int i) throws IOException {
        if (i == decodedIndex) {
            return;
        }
        byte[] bytes = ChunkBytes.array(source, index.offset(i), Math.toIntExact(index.length(i)));
        float[][] samples = new float[header.channels()][(int) (index.start(i + 1) - index.start(i))];
        FlacFrameHeader head = FlacFrameHeader.read(new ByteCursor(ByteSource.of(bytes)), 0, bytes.length);
        try {
            if (head == null) {
                throw new IllegalStateException("its header is gone");
            }
            frame.decode(bytes, head, samples);
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
            throw new BadInputException(
                    String.format(
                            Locale.ROOT,
                            "%s: damaged at %.3f s (%s); copy or download it again",
                            name,
                            (double) index.start(i) / header.sampleRate(),
                            e.getMessage()),
                    e);
        }
        decoded = samples;
        decodedIndex = i;
    }

    /// x^16 + x^15 + x^2 + 1.
    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x8005) & 0xFFFF : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
