package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of a stream whose bytes come in pieces of any size: raw samples, or a WAV file, whose header comes first
/// and says how they are stored. Nothing but the header is kept here.
///
/// A file of another kind that tells itself by its first bytes is refused ([StreamStart]).
///
/// A header that declares its samples is held to it: fewer are an error at the end, and what follows them (tags) is
/// passed over up to 1 MiB. One without a length (0, or from 0x7FFFF000 on, as writers to pipes leave it) is
/// followed by samples to the end.
public final class SampleStream {

    private static final int MOST_HEADER = 1 << 16; // bytes before the samples
    private static final int MOST_BEHIND = 1 << 20; // bytes after them
    private static final String RIFF = "RIFF";

    private static final int START = 12; // bytes that tell a WAV file
    private static final byte[] NONE = {};

    private final PcmForm raw;
    private final String name;
    private final StreamStart rawStart;
    private byte[] header = NONE;
    private @Nullable PcmForm form;
    private boolean isRaw; // there is no header
    private long declared = WavHeader.ANY_LENGTH; // bytes of samples
    private long samples; // bytes that came
    private long behind; // bytes that came after them

    /// @param raw  how samples without a header are stored
    /// @param name of the stream, the start of messages
    public SampleStream(PcmForm raw, String name) {
        this.raw = raw;
        this.name = name;
        this.rawStart = new StreamStart(name);
    }

    /// How the samples are stored, or null while too little has come to know.
    public @Nullable PcmForm form() {
        return form;
    }

    /// Takes the next bytes of the stream.
    ///
    /// @return the bytes of samples among them; a frame may begin in one piece and end in a later one
    /// @throws BadInputException when the header is none, or more follows the samples than tags
    public byte[] add(byte[] bytes) {
        if (form == null) {
            return begin(bytes);
        }
        if (isRaw) {
            rawStart.look(bytes);
        }
        return samples(bytes, 0);
    }

    private byte[] begin(byte[] bytes) {
        byte[] start = Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, start, header.length, bytes.length);
        header = start;
        String first = new String(start, 0, Math.min(start.length, RIFF.length()), StandardCharsets.ISO_8859_1);
        boolean isWav = RIFF.startsWith(first);
        if (!isWav) {
            isRaw = true;
            form = raw;
            header = NONE;
            rawStart.look(start);
            return samples(start, 0);
        }
        if (start.length < START) {
            return NONE;
        }
        int from = parse(ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN));
        if (form == null) {
            requireShort(from);
            return NONE;
        }
        header = NONE;
        return samples(start, from);
    }

    /// Walks the chunks up to the samples.
    ///
    /// @return where the samples begin, or how far the header is known to reach while they have not come
    private int parse(ByteBuffer start) {
        if (!ChunkBytes.id(start, 8).equals("WAVE")) {
            throw new BadInputException(name + ": begins with RIFF, but is no WAV; send WAV, or raw samples");
        }
        WavFormat format = null;
        long at = START;
        while (at + 8 <= start.limit()) {
            String id = ChunkBytes.id(start, (int) at);
            long length = start.getInt((int) at + 4) & 0xFFFFFFFFL;
            int body = (int) at + 8;
            if (id.equals("data")) {
                form = formOf(format);
                declared = WavHeader.isUnknown(length) ? WavHeader.ANY_LENGTH : length;
                return body;
            }
            if (id.equals("fmt ") && body + length <= start.limit()) {
                int size = (int) Math.min(WavFormat.MOST_BYTES, length);
                format = WavFormat.parse(start.slice(body, size).order(ByteOrder.LITTLE_ENDIAN), name);
            }
            at = body + length + (length & 1);
        }
        return (int) Math.min(at, Integer.MAX_VALUE);
    }

    private PcmForm formOf(@Nullable WavFormat format) {
        if (format == null) {
            throw new BadInputException(name + ": no fmt chunk before the samples; send a whole WAV header");
        }
        SampleFormat sample = format.sample();
        if (sample == null) {
            throw new BadInputException(name + ": " + format.unread() + "; send PCM of 16 bits");
        }
        return PcmForm.of(sample, format.channels(), (int) format.sampleRate());
    }

    private void requireShort(int reach) {
        if (Math.max(reach, header.length) > MOST_HEADER) {
            throw new BadInputException(
                    name + ": its samples do not begin within " + MOST_HEADER + " bytes; send a plain WAV header");
        }
    }

    /// The samples from a byte on; what follows the declared ones is passed over.
    private byte[] samples(byte[] bytes, int from) {
        int count = (int) Math.min(bytes.length - from, declared - samples);
        samples += count;
        behind += bytes.length - from - count;
        if (behind > MOST_BEHIND) {
            throw new BadInputException(name + ": its header declares " + declared + " bytes of samples, and more than "
                    + MOST_BEHIND + " bytes follow them; declare all, or 0 where it is not known how many come");
        }
        return from == 0 && count == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, from + count);
    }

    /// The stream is over.
    ///
    /// @throws BadInputException when it ends within its header or within a frame, or before the declared end
    public void end() {
        PcmForm known = form;
        if (known == null) {
            if (header.length > 0) {
                throw new BadInputException(name + ": ends before any samples; send it whole");
            }
            return;
        }
        if (declared != WavHeader.ANY_LENGTH && samples < declared) {
            throw new BadInputException(name + ": truncated: its header declares " + declared + " bytes of samples, "
                    + samples + " came; send all, or declare 0 where it is not known how many come");
        }
        long rest = samples % known.frameBytes();
        if (rest != 0) {
            throw new BadInputException(name + ": ends within a frame: " + rest + " of its " + known.frameBytes()
                    + " bytes came; send whole samples");
        }
    }
}
