package dev.parallax.audio.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// What follows the recording in a file: another one (`cat a.wav b.wav`), or anything.
final class Trailing {

    /// A byte that fills up an even length is nothing.
    private static final int PADDING = 1;

    private Trailing() {}

    /// Warns in one line of what follows, if anything does; tags at the end of a file are skipped.
    ///
    /// @param end the first byte after the recording
    static void tell(ByteSource source, long end, String name, Consumer<String> warnings) throws IOException {
        long bytes = Id3.beginAtEnd(source) - end;
        if (bytes <= PADDING) {
            return;
        }
        int recordings = 1;
        long at = end;
        for (long next = behindRecording(source, at); next > at; next = behindRecording(source, at)) {
            recordings++;
            at = next;
        }
        warnings.accept(
                recordings > 1
                        ? name + ": only the first of " + recordings + " recordings in it is read; the " + bytes
                                + " bytes behind it are passed over: give each a file of its own"
                        : name + ": " + bytes + " bytes behind the samples that its header declares are passed over;"
                                + " is it as it was recorded?");
    }

    /// Where a recording that begins here ends according to its header, or the end of the file if that does not
    /// say; `at` where none begins.
    private static long behindRecording(ByteSource source, long at) throws IOException {
        if (at >= source.size()) {
            return at;
        }
        ByteSource rest = source.from(at);
        ByteBuffer head = ChunkBytes.readUpTo(rest, 0, 24);
        return switch (FileKind.ofStart(rest)) {
            case WAV ->
                behind(source, at, 8 + (head.order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFFFFFFL));
            case AIFF -> behind(source, at, 8 + (head.getInt(4) & 0xFFFFFFFFL));
            case WAVE64, AU, FLAC -> source.size();
            case OTHER -> at;
        };
    }

    private static long behind(ByteSource source, long at, long length) {
        long even = length + (length & 1);
        return at + even < source.size() ? at + even : source.size();
    }
}
