package dev.parallax.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Text that may be in one of several encodings, as the transcripts of older corpora are.
public final class TextLines {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextLines() {}

    /// The lines of a file (see [#text]).
    public static List<String> of(Path file, Charset otherwise) {
        return text(file, otherwise).lines().toList();
    }

    /// The text of a file. It is UTF-16 where it begins with a byte order mark or has a zero byte in its first two,
    /// else UTF-8. What is neither is in the other encoding, in which every byte is a character.
    ///
    /// @param otherwise the other encoding
    public static String text(Path file, Charset otherwise) {
        byte[] bytes = TextFile.bytes(file);
        String text = isUtf16(bytes) ? new String(bytes, utf16(bytes)) : utf8Or(otherwise, bytes);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static boolean isUtf16(byte[] bytes) {
        boolean marked = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
        return marked || (bytes.length >= 2 && (bytes[0] == 0 || bytes[1] == 0));
    }

    private static Charset utf16(byte[] bytes) {
        boolean little = bytes[0] == (byte) 0xFF || bytes[1] == 0;
        return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static String utf8Or(Charset otherwise, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, otherwise);
        }
    }
}
