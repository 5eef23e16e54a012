package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The lines of the two formats of the NIST scoring tools, [Stm] and [Ctm]: fields between blanks, of which the first
/// two are the recording and its channel. Lines that begin with `;;` are comments.
final class NistLines {

    /// With which comments begin.
    static final String COMMENT = ";;";

    private static final int TELLING = 20; // lines, by which a format is known
    private static final Pattern MEANT_AS_TIME = Pattern.compile("-?\\d\\S*[.,]\\S+");

    private NistLines() {}

    /// A line that is no comment.
    ///
    /// @param number from 1, among all lines of the file
    record Line(int number, String text, List<String> fields) {

        /// A message about this line.
        BadInputException refused(String where, String what) {
            return new BadInputException(where + " line " + number + ": " + what);
        }
    }

    /// All lines that have a field and are no comments.
    ///
    /// @throws BadInputException where they are of several recordings
    static List<Line> of(String text, String where) {
        List<Line> all = new ArrayList<>();
        List<String> lines = Lines.of(text);
        for (int i = 0; i < lines.size(); i++) {
            Line line = new Line(i + 1, lines.get(i), Lines.fields(lines.get(i)));
            if (line.fields.isEmpty() || line.fields.getFirst().startsWith(COMMENT)) {
                continue;
            }
            all.add(line);
            String recording = all.getFirst().fields.getFirst();
            if (!recording.equals(line.fields.getFirst())) {
                throw line.refused(
                        where,
                        "is of the recording " + line.fields.getFirst() + ", those above are of " + recording
                                + "; keep the lines of one");
            }
        }
        return all;
    }

    /// Whether a text begins with a comment of these formats.
    static boolean beginWithComment(String text) {
        return Lines.first(text).startsWith(COMMENT);
    }

    /// The fields of the first line that is no comment; empty where there is none.
    static List<String> first(String text) {
        return Lines.fields(Lines.first(text, COMMENT));
    }

    /// Whether one of the lines after the first is of a format, and of the same recording and channel as the first:
    /// then the first is meant so too, though it is damaged.
    static boolean anyBesideFirst(String text, Predicate<List<String>> isOne) {
        List<String> first = first(text);
        return first.size() > 1
                && text.lines()
                        .limit(TELLING)
                        .map(Lines::fields)
                        .anyMatch(fields -> fields.size() > 1
                                && fields.subList(0, 2).equals(first.subList(0, 2))
                                && isOne.test(fields));
    }

    /// Whether two fields that follow each other are meant as numbers with a decimal point, as in no sentence.
    static boolean areMeantAsTimes(List<String> fields, int first) {
        return fields.size() > first + 1
                && MEANT_AS_TIME.matcher(fields.get(first)).matches()
                && MEANT_AS_TIME.matcher(fields.get(first + 1)).matches();
    }
}
