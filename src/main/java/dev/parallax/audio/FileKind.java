package dev.parallax.audio;

import java.nio.charset.StandardCharsets;

/// Tells from its first bytes what a file is that is not a WAV file, to say how to mend it.
final class FileKind {

    private static final int TRIES = 16;

    private FileKind() {}

    /// One line: what the file looks like and what to do.
    ///
    /// @param name  the file, for the message
    /// @param start its first bytes, up to 16 are looked at
    static String explain(String name, byte[] start) {
        String text = new String(start, 0, Math.min(TRIES, start.length), StandardCharsets.ISO_8859_1);
        if (text.startsWith("version https://") || text.startsWith("version http://")) {
            return name + ": a git-lfs pointer, not the recording itself; run `git lfs pull` in its repository";
        }
        String audio = audioKind(text);
        if (!audio.isEmpty()) {
            return name + ": looks like " + audio + ", not WAV; convert it: " + convert(name);
        }
        if (text.startsWith("<") || text.startsWith("{")) {
            return name + ": looks like a web page or other text, not WAV; download the recording again";
        }
        if (text.startsWith("PK\3\4") || text.startsWith("\u001f\u008b")) {
            return name + ": looks like an archive (zip or gzip), not WAV; unpack it first";
        }
        return name + ": not a WAV file (it does not start with RIFF); if it is a recording, convert it: "
                + convert(name);
    }

    /// The command that makes a WAV file of any recording.
    static String convert(String name) {
        int dot = name.lastIndexOf('.');
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        String stem = dot > slash ? name.substring(0, dot) : name;
        return "ffmpeg -i \"" + name + "\" -c:a pcm_s16le \"" + stem + "-pcm.wav\"";
    }

    private static String audioKind(String start) {
        if (start.startsWith("fLaC")) {
            return "FLAC";
        }
        if (start.startsWith("OggS")) {
            return "Ogg (Vorbis or Opus)";
        }
        if (start.startsWith("ID3") || isMpegFrame(start)) {
            return "MP3";
        }
        if (start.startsWith("ftyp", 4)) {
            return "MP4 or M4A";
        }
        if (start.startsWith("FORM")) {
            return "AIFF";
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
        if (start.startsWith(".snd")) {
            return "Sun AU";
        }
        if (start.startsWith("\u001aE\u00df\u00a3")) {
            return "Matroska or WebM";
        }
        return start.startsWith("NIST_1A") ? "NIST SPHERE" : "";
    }

    /// An MPEG audio frame starts with eleven ones; layer bits 00 are AAC in ADTS, which the same command converts.
    private static boolean isMpegFrame(String start) {
        return start.length() >= 2 && start.charAt(0) == 0xFF && (start.charAt(1) & 0xE0) == 0xE0;
    }
}
