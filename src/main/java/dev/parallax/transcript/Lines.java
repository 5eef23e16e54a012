package dev.parallax.transcript;

import dev.parallax.io.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lines of a text, and what is in them.
final class Lines {

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Zs}\\uFEFF]+");
    private static final Pattern NUMBERED = Pattern.compile("\\((speaker (\\d{1,3}|\\?))\\)\\s*(.*)");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^\\[\\]]{1,60})\\]:\\s*(.*)");
    private static final int SHOWN = 60;

    private Lines() {}

    /// All lines; they end with LF, CR or both.
    static List<String> of(String text) {
        return List.of(text.split("\r\n|[\r\n]", -1));
    }

    /// The first line with anything in it, stripped; empty where there is none.
    static String first(String text) {
        return filled(text).findFirst().orElse("");
    }

    /// The same of the lines that are no comments.
    ///
    /// @param comment with which comments begin
    static String first(String text, String comment) {
        return filled(text)
                .filter(line -> !line.startsWith(comment))
                .findFirst()
                .orElse("");
    }

    private static Stream<String> filled(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    /// One line with a single blank between words.
    static String joined(List<String> parts) {
        return spaced(String.join(" ", parts));
    }

    /// A text with a single blank between words.
    static String spaced(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    /// A speaker and what he or she says.
    record Said(@Nullable String speaker, String text) {}

    /// The speaker before a text, as whisperX writes it: `[SPEAKER_00]: so glad`; and as whisper.cpp does, which
    /// says `(speaker ?)` where it does not know: `(speaker 0) so glad`.
    static Said speakerInBrackets(String text) {
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            return new Said("?".equals(numbered.group(2)) ? null : numbered.group(1), numbered.group(3));
        }
        Matcher named = IN_BRACKETS.matcher(text);
        return named.matches() ? new Said(spaced(named.group(1)), named.group(2)) : new Said(null, text);
    }

    /// A line as a message shows it.
    static String shown(String line) {
        String whole = Printable.escaped(line.strip());
        return '"' + (whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "...") + '"';
    }

    /// The parts of a line between blanks.
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>(List.of(line.strip().split("\\s+")));
        fields.removeIf(String::isEmpty);
        return fields;
    }
}
