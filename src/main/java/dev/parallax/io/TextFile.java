package dev.parallax.io;

import dev.parallax.BadInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text of a file that people make, such as a table: UTF-8, or UTF-16 with a byte order mark. Other bytes are
/// refused with their line, since guessed letters could be wrong without anybody noticing.
public final class TextFile {

    /// The largest file that is read [bytes].
    public static final long MOST_BYTES = 256L << 20;

    private static final char REPLACEMENT = '\uFFFD';
    private static final String REMEDY = "save it as UTF-8 (Excel calls that \"CSV UTF-8\")";

    private TextFile() {}

    /// All of a file's text, without a byte order mark.
    ///
    /// @throws BadInputException if it is missing, no regular file (a pipe or a device might never end), larger
    ///     than [#MOST_BYTES], or contains bytes that are no text
    public static String read(Path file) {
        return decode(bytes(file), file.toString());
    }

    /// The same, but bytes that are not UTF-8 and zero bytes stay in it, so that [#fault] finds them.
    ///
    /// @throws BadInputException as [#read], except for these
    static String readWithFaults(Path file) {
        byte[] bytes = bytes(file);
        String where = file.toString();
        boolean isUtf8 = !begins(bytes, 0xFF, 0xFE) && !begins(bytes, 0xFE, 0xFF) && !begins(bytes, 0, 0, 0xFE, 0xFF);
        return isUtf8 ? escaped(bytes, begins(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0) : decode(bytes, where);
    }

    /// What is wrong with the characters of a part of such a text, or null.
    static @Nullable String fault(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds a zero byte, as no text does; remove it";
            }
            if (Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                return String.format(Locale.ROOT, "byte 0x%02X is not UTF-8; %s", c & 0xFF, REMEDY);
            }
        }
        return null;
    }

    /// Replaces a byte b that is not UTF-8 by the character U+DC00 + b, which UTF-8 cannot encode (PEP 383).
    private static String escaped(byte[] bytes, int offset) {
        CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
        CharBuffer out = CharBuffer.allocate(bytes.length - offset);
        for (CoderResult done = decoder.decode(in, out, true); done.isError(); done = decoder.decode(in, out, true)) {
            for (int i = 0; i < done.length(); i++) {
                out.put((char) (Character.MIN_LOW_SURROGATE + (in.get() & 0xFF)));
            }
        }
        return out.flip().toString();
    }

    /// The bytes of a file of text in any encoding.
    ///
    /// @throws BadInputException if it is missing, no regular file, or larger than [#MOST_BYTES]
    public static byte[] bytes(Path file) {
        SafeFiles.requireRegular(file);
        if (file.toFile().length() > MOST_BYTES) {
            throw new BadInputException(file + ": has " + file.toFile().length() + " bytes, more than the " + MOST_BYTES
                    + " of the largest table that is read; split it");
        }
        return SafeFiles.read(file);
    }

    /// The text that the bytes of a file encode.
    ///
    /// @param where what the bytes are, the start of every message
    public static String decode(byte[] bytes, String where) {
        if (begins(bytes, 0xFF, 0xFE, 0, 0) || begins(bytes, 0, 0, 0xFE, 0xFF)) {
            throw new BadInputException(where + ": is UTF-32; " + REMEDY);
        }
        String text;
        if (begins(bytes, 0xFF, 0xFE)) {
            text = strict(bytes, 2, StandardCharsets.UTF_16LE, where);
        } else if (begins(bytes, 0xFE, 0xFF)) {
            text = strict(bytes, 2, StandardCharsets.UTF_16BE, where);
        } else {
            int start = begins(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
            String fast = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
            text = fast.indexOf(REPLACEMENT) < 0 ? fast : strict(bytes, start, StandardCharsets.UTF_8, where);
        }
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw new BadInputException(where + " line " + lineAt(text, zero)
                    + ": holds a zero byte, as no text does; if it is UTF-16 without a byte order mark, " + REMEDY);
        }
        return text;
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String strict(byte[] bytes, int offset, Charset charset, String where) {
        CharsetDecoder decoder = strict(charset);
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
        CharBuffer out = CharBuffer.allocate(bytes.length - offset);
        if (decoder.decode(in, out, true).isError()) {
            out.flip();
            String wrong = String.format(Locale.ROOT, "byte 0x%02X", in.get(in.position()) & 0xFF);
            throw new BadInputException(where + " line " + lineAt(out, out.length()) + ": " + wrong + " is not "
                    + charset.name().replaceFirst("[BL]E$", "") + "; " + REMEDY);
        }
        return out.flip().toString();
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /// The line of a position, from 1; lines end with LF, CR or both.
    static int lineAt(CharSequence text, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            char c = text.charAt(i);
            if (c == '\n' ? i == 0 || text.charAt(i - 1) != '\r' : c == '\r') {
                line++;
            }
        }
        return line;
    }
}
