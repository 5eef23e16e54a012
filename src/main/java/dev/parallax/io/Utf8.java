package dev.parallax.io;

import dev.parallax.BadInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Text from bytes, without the silent replacement characters of `new String(bytes, UTF_8)`.
public final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /// The text that the bytes encode.
    ///
    /// @param where what the bytes are, for the message
    /// @throws BadInputException at the first byte that is not UTF-8, with its line where it is not the first
    public static String decode(byte[] bytes, String where) {
        return decode(bytes, 0, bytes.length, where);
    }

    /// The text that `length` bytes from `offset` on encode.
    public static String decode(byte[] bytes, int offset, int length, String where) {
        String fast = new String(bytes, offset, length, StandardCharsets.UTF_8); // many times faster than a decoder
        return fast.indexOf(REPLACEMENT) < 0 ? fast : strict(bytes, offset, length, where);
    }

    /// Distinguishes a replacement character in the text from one for bytes that are not UTF-8.
    private static String strict(byte[] bytes, int offset, int length, String where) {
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(length); // a character has at least one byte
        if (decoder.decode(in, out, true).isError()) {
            int line = TextFile.lineAt(out.flip(), out.length());
            throw new BadInputException(where + ": byte " + (in.position() - offset)
                    + (line == 1 ? "" : ", in line " + line + ",") + " is not UTF-8; save the text as UTF-8");
        }
        return out.flip().toString();
    }
}
