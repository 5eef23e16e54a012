package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The kinds of recordings that are read, told by their first bytes; what is none of them is told, too, to say
/// how to mend it.
enum FileKind {
    WAV,
    AIFF,
    AU,
    FLAC;

    private static final int LOOKED_AT = 64;

    /// Kind and codec of Ogg: the codec's name begins the first packet, behind a page header of one segment.
    private static final int OGG_CODEC_AT = 28;

    /// What the file is.
    ///
    /// @throws BadInputException when it is none of the kinds: one line, what it looks like and what to do
    static FileKind of(ByteSource source, String name) throws IOException {
        if (source.size() == 0) {
            throw new BadInputException(name + ": empty, 0 bytes; copy or download it again");
        }
        String start = text(source, 0);
        if (start.startsWith("ID3")) {
            return behindTag(source, name);
        }
        if (start.startsWith("RIFF") || start.startsWith("RF64")) {
            if (start.length() < 12 || start.startsWith("WAVE", 8)) {
                return WAV;
            }
        }
        if (start.startsWith("FORM") && (start.startsWith("AIFF", 8) || start.startsWith("AIFC", 8))) {
            return AIFF;
        }
        if (start.startsWith(".snd")) {
            return AU;
        }
        if (start.startsWith("fLaC")) {
            return FLAC;
        }
        throw new BadInputException(explain(name, start));
    }

    /// A tag may stand before some kinds; players skip it.
    private static FileKind behindTag(ByteSource source, String name) throws IOException {
        String start = text(source, Id3.end(source));
        if (start.startsWith("fLaC")) {
            return FLAC;
        }
        throw new BadInputException(explain(name, isMpegFrame(start) ? start : "ID3"));
    }

    private static String text(ByteSource source, long at) throws IOException {
        ByteBuffer bytes = ChunkBytes.readUpTo(source, Math.min(at, source.size()), LOOKED_AT);
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    /// Eleven ones; then version, and the layer, which is 0 for AAC and 1 for III.
    private static boolean isMpegFrame(String start) {
        return start.length() >= 2 && start.charAt(0) == 0xFF && (start.charAt(1) & 0xE0) == 0xE0;
    }

    /// One line: what the file looks like and what to do.
    private static String explain(String name, String start) {
        if (start.startsWith("version https://") || start.startsWith("version http://")) {
            return name + ": a git-lfs pointer, not the recording itself; run `git lfs pull` in its repository";
        }
        String audio = otherAudio(start);
        if (!audio.isEmpty()) {
            return name + ": looks like " + audio + ", which is not read; convert it: " + convert(name);
        }
        if (start.startsWith("<") || start.startsWith("{")) {
            return name + ": looks like a web page or other text, not a recording; download it again";
        }
        if (start.startsWith("PK\3\4") || start.startsWith("\u001f\u008b")) {
            return name + ": looks like an archive (zip or gzip), not a recording; unpack it first";
        }
        return name
                + ": not a recording that is known (" + AudioFile.FORMATS + "); if it is one, convert it: "
                + convert(name);
    }

    /// The command that makes a WAV file of any recording.
    static String convert(String name) {
        int dot = name.lastIndexOf('.');
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        String stem = dot > slash ? name.substring(0, dot) : name;
        return "ffmpeg -i \"" + name + "\" -c:a pcm_s16le \"" + stem + "-pcm.wav\"";
    }

    private static String otherAudio(String start) {
        if (start.startsWith("OggS")) {
            boolean opus = start.startsWith("OpusHead", OGG_CODEC_AT);
            return opus ? "Ogg Opus" : start.startsWith("vorbis", OGG_CODEC_AT + 1) ? "Ogg Vorbis" : "Ogg";
        }
        if (isMpegFrame(start)) {
            return switch (start.charAt(1) >> 1 & 3) {
                case 0 -> "AAC";
                case 1 -> "MP3";
                default -> "MPEG audio of layer I or II";
            };
        }
        if (start.startsWith("ftyp", 4)) {
            return "MP4 or M4A";
        }
        if (start.startsWith("RIFX")) {
            return "big-endian WAV (RIFX)";
        }
        if (start.startsWith("RIFF")) {
            return "RIFF of another kind (AVI, WebP)";
        }
        if (start.startsWith("caff")) {
            return "Core Audio (CAF)";
        }
        if (start.startsWith("#!AMR")) {
            return "AMR";
        }
        if (start.startsWith("\u001aE\u00df\u00a3")) {
            return "Matroska or WebM";
        }
        if (start.startsWith("ID3")) {
            return "MP3 behind a tag";
        }
        return start.startsWith("NIST_1A") ? "NIST SPHERE" : "";
    }
}
