package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first bytes of a stream that are taken for raw samples, by which a file of another kind tells itself: its bytes
/// would be heard as noise. They are looked at as they come; no sample waits for it.
///
/// A mark of four bytes or more begins raw samples by chance once in 2^32 streams. What is shorter is no evidence: of
/// MP3 and AAC, two frames in a row are ([MpegFrame]); of MP3 behind a tag, `ID3` with a version that exists.
final class StreamStart {

    private static final int MOST = MpegFrame.MOST_BYTES + MpegFrame.HEADER_BYTES;
    private static final int MARKS = 16; // bytes in which all marks lie

    private final String name;
    private byte[] start = {};
    private boolean isKnown; // to be none of these files

    /// @param name of the stream, the start of messages
    StreamStart(String name) {
        this.name = name;
    }

    /// Looks at the next bytes.
    ///
    /// @throws BadInputException where the stream is a file of another kind
    void look(byte[] bytes) {
        if (isKnown) {
            return;
        }
        int before = start.length;
        start = Arrays.copyOf(start, (int) Math.min(MOST, (long) before + bytes.length));
        System.arraycopy(bytes, 0, start, before, start.length - before);
        if (before < MARKS) {
            requireNone(
                    FileKind.marked(new String(start, 0, Math.min(MARKS, start.length), StandardCharsets.ISO_8859_1)));
        }
        if (start.length >= MARKS) {
            lookForFrames();
        }
        if (isKnown) {
            start = new byte[0];
        }
    }

    private void lookForFrames() {
        MpegFrame first = MpegFrame.at(start, 0);
        isKnown = first == null || start.length >= first.needed();
        if (first != null && isKnown && first.isFollowed(start)) {
            requireNone(first.kind());
        }
    }

    private void requireNone(String kind) {
        if (!kind.isEmpty()) {
            throw new BadInputException(
                    name + ": looks like " + kind + ", which is not read from a stream; send WAV, or raw samples");
        }
    }
}
