package dev.parallax.serve;

import dev.parallax.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts of a form with files (`multipart/form-data`, RFC 7578). Between two delimiters, `CR LF --BOUNDARY`, each
/// has headers, an empty line and its bytes:
///
///     --BOUNDARY
///     Content-Disposition: form-data; name="audio"; filename="clip.wav"
///
///     ...bytes...
///     --BOUNDARY--
///
/// Names of files are passed over: nothing is written.
final class Multipart {

    private static final int MOST_PARTS = 16;
    private static final int MOST_HEADERS = 4096; // bytes of one part
    private static final int MOST_BOUNDARY = 70; // RFC 2046
    private static final byte[] LINE = {'\r', '\n'};
    private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};
    private static final Pattern DISPOSITION =
            Pattern.compile("(?i)(?:^|\r\n)content-disposition:[ \t]*form-data([^\r\n]*)");
    private static final Pattern PARAMETER =
            Pattern.compile(";[ \t]*([\\w*-]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    private final byte[] body;
    private final int start;
    private final int end;
    private final byte[] delimiter;
    private final Map<String, Stretch> parts = new LinkedHashMap<>();

    private Multipart(Stretch body, String boundary) {
        this.body = body.array();
        this.start = body.from();
        this.end = body.to();
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Where the bytes of each part are, by its name, in their order.
    ///
    /// @param boundary of the header `Content-Type`, or null where it has none
    /// @throws BadInputException where the body is no such form, or a name occurs twice
    static Map<String, Stretch> parse(Stretch body, @Nullable String boundary) {
        if (boundary == null || boundary.isEmpty() || boundary.length() > MOST_BOUNDARY) {
            throw new BadInputException("body: Content-Type names no boundary of 1 to " + MOST_BOUNDARY
                    + " characters; write multipart/form-data; boundary=...");
        }
        Multipart form = new Multipart(body, boundary);
        form.parse();
        return form.parts;
    }

    private void parse() {
        int at = isFirst() ? start + delimiter.length - LINE.length : after(delimiter, start, end, "has no boundary");
        while (!begins("--", at)) {
            at = after(LINE, at, Math.min(end, at + MOST_HEADERS), "breaks off after a boundary") - LINE.length;
            int most = Math.min(end, at + MOST_HEADERS);
            int content = after(EMPTY_LINE, at, most, "has no empty line after the headers of a part");
            int next = after(delimiter, content - LINE.length, end, "breaks off before its last boundary");
            String headers = new String(body, at, content - at, StandardCharsets.UTF_8);
            add(name(headers), new Stretch(body, content, Math.max(content, next - delimiter.length)));
            at = next;
        }
    }

    private void add(String name, Stretch content) {
        if (parts.put(name, content) != null) {
            throw new BadInputException("body: the part \"" + name + "\" occurs twice; send it once");
        }
        if (parts.size() > MOST_PARTS) {
            throw new BadInputException("body: more than " + MOST_PARTS + " parts");
        }
    }

    /// The name in the headers of a part.
    private static String name(String headers) {
        Matcher disposition = DISPOSITION.matcher(headers);
        if (disposition.find()) {
            Matcher parameter = PARAMETER.matcher(disposition.group(1));
            while (parameter.find()) {
                if (parameter.group(1).toLowerCase(Locale.ROOT).equals("name")) {
                    return parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
                }
            }
        }
        throw new BadInputException("body: a part has no name; write Content-Disposition: form-data; name=\"audio\"");
    }

    /// Whether the body begins with a delimiter, which then has no line before it.
    private boolean isFirst() {
        return Arrays.equals(
                body,
                start,
                Math.min(end, start + delimiter.length - LINE.length),
                delimiter,
                LINE.length,
                delimiter.length);
    }

    private boolean begins(String word, int at) {
        byte[] wanted = word.getBytes(StandardCharsets.US_ASCII);
        return end >= at + wanted.length && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /// The place after the next occurrence of some bytes. Where the last of a window is not among them, the window
    /// moves
    /// by its whole length (Horspool 1980).
    private int after(byte[] wanted, int from, int to, String otherwise) {
        int[] steps = new int[256];
        Arrays.fill(steps, wanted.length);
        for (int i = 0; i < wanted.length - 1; i++) {
            steps[wanted[i] & 0xFF] = wanted.length - 1 - i;
        }
        int last = wanted.length - 1;
        for (int i = from; i + last < to; i += steps[body[i + last] & 0xFF]) {
            if (Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        throw new BadInputException("body: the form " + otherwise + "; was it sent whole?");
    }
}
