package dev.parallax.io;

import dev.parallax.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// The checksum of a safetensors file, CRC-32C (RFC 3720, appendix B.4), as the first metadata of its header:
/// `{"__metadata__":{"checksum":"crc32c:89abcdef", ...}, ...}`. It covers every byte of the file except its own
/// eight digits, so a damaged byte anywhere is found before the file is used. A file without it is not checked.
final class FileChecksum {

    static final String KEY = "checksum";

    private static final String KIND = "crc32c:";
    private static final int HEADER = Long.BYTES; // where the header begins
    private static final byte[] START =
            ("{\"" + SafeTensorsHeader.METADATA + "\":{\"" + KEY + "\":\"" + KIND).getBytes(StandardCharsets.UTF_8);
    private static final int DIGITS_AT = HEADER + START.length;
    private static final int DIGITS = 8;

    private FileChecksum() {}

    /// The metadata with zeros in place of the sum.
    static String placeholder() {
        return KIND + "0".repeat(DIGITS);
    }

    /// Puts the sum in the place of the placeholder.
    static void write(byte[] file) {
        byte[] digits = digits(file).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, file, DIGITS_AT, DIGITS);
    }

    /// Refuses a file whose sum does not match its bytes.
    static void check(byte[] file, String where) {
        if (file.length < DIGITS_AT + DIGITS || !startsWithSum(file)) {
            return;
        }
        String found = new String(file, DIGITS_AT, DIGITS, StandardCharsets.US_ASCII);
        String expected = digits(file);
        if (!found.equals(expected)) {
            throw new BadInputException(where + ": the file is damaged (its checksum is " + Printable.escaped(found)
                    + ", its bytes give " + expected + "); take it again from where it came from");
        }
    }

    private static boolean startsWithSum(byte[] file) {
        for (int i = 0; i < START.length; i++) {
            if (file[HEADER + i] != START[i]) {
                return false;
            }
        }
        return true;
    }

    private static String digits(byte[] file) {
        CRC32C sum = new CRC32C();
        sum.update(file, 0, DIGITS_AT);
        sum.update(file, DIGITS_AT + DIGITS, file.length - DIGITS_AT - DIGITS);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
