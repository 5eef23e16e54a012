package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The kinds of recordings that are decoded here, recognised by their first bytes. Other kinds are recognised, too,
/// to have them decoded or to say how to mend them.
enum FileKind {
    WAV,
    WAVE64,
    AIFF,
    AU,
    FLAC,
    /// None of those.
    OTHER;

    private static final int LOOKED_AT = 256;

    /// Packets of an MPEG transport stream begin with G.
    private static final int TRANSPORT_PACKET = 188;

    /// Kind and codec of Ogg: the codec's name begins the first packet, behind a page header of one segment.
    private static final int OGG_CODEC_AT = 28;

    /// Recordings and films that are not decoded here, by a mark near their beginning.
    private record Other(int at, String mark, String kind) {}

    private static final List<Other> OTHERS = List.of(
            new Other(4, "ftyp", "MP4 or M4A"),
            new Other(4, "moov", "QuickTime"),
            new Other(4, "mdat", "QuickTime"),
            new Other(4, "wide", "QuickTime"),
            new Other(0, "caff", "Core Audio (CAF)"),
            new Other(0, "#!AMR", "AMR"),
            new Other(0, "ADIF", "AAC"),
            new Other(0, "\u001aE\u00df\u00a3", "Matroska or WebM"),
            new Other(0, "0&\u00b2u\u008ef\u00cf\u0011", "Windows Media (WMA)"),
            new Other(0, "NIST_1A", "NIST SPHERE"),
            new Other(0, "FLV\1", "Flash video"),
            new Other(0, "\0\0\1\u00ba", "MPEG video"),
            new Other(0, ".RMF", "RealMedia"),
            new Other(0, "MAC ", "Monkey's Audio"),
            new Other(0, "wvpk", "WavPack"),
            new Other(0, "TTA1", "True Audio"),
            new Other(0, "MPCK", "Musepack"),
            new Other(0, "MP+", "Musepack"),
            new Other(0, "DSD ", "DSF"),
            new Other(0, "\u000bw", "AC-3"),
            new Other(0, "Creative Voice File", "VOC"));

    /// Files that are read, but not from a stream.
    private static final List<Other> NOT_STREAMED = List.of(
            new Other(0, "fLaC", "FLAC"),
            new Other(0, "FORM", "AIFF"),
            new Other(0, ".snd", "AU"),
            new Other(0, "riff.\u0091\u00cf\u0011", "Wave64"),
            new Other(0, "RF64", "WAV of more than 4 GB (RF64)"),
            new Other(0, "BW64", "WAV of more than 4 GB (BW64)"),
            new Other(0, "RIFX", "big-endian WAV (RIFX)"),
            new Other(0, "OggS", "Ogg"));

    private static final int LEAST_MARK = 4; // bytes that are no chance
    private static final Pattern ID3 = Pattern.compile("ID3[\\x02-\\x04][^\\xff].[\\x00-\\x7f]{4}", Pattern.DOTALL);

    /// What the first bytes say; `OTHER` where it is nothing that is decoded here.
    static FileKind ofStart(ByteSource source) throws IOException {
        String start = text(source, 0);
        boolean isRiff = WavHeader.FILE_IDS.stream().anyMatch(start::startsWith);
        if (isRiff && (start.length() < 12 || start.startsWith("WAVE", 8))) {
            return WAV;
        }
        if (Wave64Header.begins(source)) {
            return WAVE64;
        }
        if (start.startsWith("FORM") && (start.startsWith("AIFF", 8) || start.startsWith("AIFC", 8))) {
            return AIFF;
        }
        if (start.startsWith(".snd")) {
            return AU;
        }
        return start.startsWith("fLaC") ? FLAC : OTHER;
    }

    private static String text(ByteSource source, long at) throws IOException {
        ByteBuffer bytes = ChunkBytes.readUpTo(source, Math.min(at, source.size()), LOOKED_AT);
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    /// What a stream looks like that is neither raw samples nor WAV, by its first 16 bytes or what is there of them;
    /// empty where no mark is.
    static String marked(String start) {
        if (ID3.matcher(start).lookingAt()) {
            return "MP3 behind a tag";
        }
        return Stream.concat(NOT_STREAMED.stream(), OTHERS.stream())
                .filter(other -> other.mark.length() >= LEAST_MARK && start.startsWith(other.mark, other.at))
                .map(Other::kind)
                .findFirst()
                .orElse("");
    }

    /// Eleven ones; then version, and the layer, which is 0 for AAC and 1 for III.
    private static boolean isMpegFrame(String start) {
        boolean isUtf16 = start.startsWith("\u00ff\u00fe");
        return start.length() >= 2 && !isUtf16 && start.charAt(0) == 0xFF && (start.charAt(1) & 0xE0) == 0xE0;
    }

    /// One line: what the file looks like and what to do.
    private static String explain(String name, String start) {
        if (start.startsWith("version https://") || start.startsWith("version http://")) {
            return name + ": a git-lfs pointer, not the recording itself; run `git lfs pull` in its repository";
        }
        if (start.isEmpty()) {
            return name + ": holds nothing but tags; copy or download it again";
        }
        if (start.startsWith("<") || start.startsWith("{")) {
            return name + ": looks like a web page or other text, not a recording; download it again";
        }
        if (start.startsWith("PK\3\4") || start.startsWith("\u001f\u008b")) {
            return name + ": looks like an archive (zip or gzip), not a recording; unpack it first";
        }
        return name
                + ": not a recording that is known (" + AudioFile.MORE_FORMATS + "); if it is one, convert it: "
                + convert(name);
    }

    /// The command that makes a WAV file of any recording.
    static String convert(String name) {
        int dot = name.lastIndexOf('.');
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        String stem = dot > slash ? name.substring(0, dot) : name;
        return "ffmpeg -i \"" + name + "\" -c:a pcm_s16le \"" + stem + "-pcm.wav\"";
    }

    /// What a recording that is not decoded here looks like.
    ///
    /// @param source behind tags that stand before it
    /// @param tagged whether there were any
    /// @throws BadInputException when it is no recording: one line, what it looks like and what to do
    static String other(ByteSource source, boolean tagged, String name) throws IOException {
        String start = text(source, 0);
        String audio = otherAudio(start);
        if (audio.isEmpty() && tagged && !start.isEmpty()) {
            return "MP3 behind a tag";
        }
        if (audio.isEmpty()) {
            throw new BadInputException(explain(name, start));
        }
        return audio;
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
        if (start.startsWith("RIFX")) {
            return "big-endian WAV (RIFX)";
        }
        if (start.startsWith("RIFF")) {
            return "RIFF of another kind (AVI, WebP)";
        }
        if (start.startsWith("G") && start.startsWith("G", TRANSPORT_PACKET)) {
            return "MPEG-TS";
        }
        return OTHERS.stream()
                .filter(other -> start.startsWith(other.mark, other.at))
                .map(Other::kind)
                .findFirst()
                .orElse("");
    }
}
