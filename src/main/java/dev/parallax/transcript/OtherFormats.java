package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Formats of other tools that are known and not read. Without this their times would be taken for words, or a
/// field of theirs for another, since plain text and CTM are told by little.
final class OtherFormats {

    private static final String FREQUENCIES = "\\\t"; // of a label of Audacity, in a line of their own
    private static final Pattern LABEL = Pattern.compile("\\s*-?\\d+(?:\\.\\d+)?\t\\s*-?\\d+(?:\\.\\d+)?(?:\t.*)?");
    private static final Pattern TABLE =
            Pattern.compile("\"?start\"?([,;\t])\"?end\"?\\1.*\"?text\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHISPER_TABLE = Pattern.compile("start\tend\ttext", Pattern.CASE_INSENSITIVE);
    private static final Pattern LYRIC = Pattern.compile("\\[\\d{1,3}:\\d{2}(?:[.:]\\d{1,3})?].*");
    private static final Pattern LYRIC_TAG = Pattern.compile("\\[[A-Za-z#]{1,9}:.*]");
    private static final Set<String> RTTM_TYPES = Set.of(
            "SPEAKER",
            "SPKR-INFO",
            "LEXEME",
            "NON-LEX",
            "NON-SPEECH",
            "SEGMENT",
            "NOSCORE",
            "NO_RT_METADATA",
            "SU",
            "FILLER",
            "EDIT",
            "IP",
            "CB",
            "A/P");
    private static final int RTTM_FIELDS = 9;

    private OtherFormats() {}

    /// @throws BadInputException if a text is in one of these formats: which, and what to give in its place
    static void refuse(String text, String where) {
        String name = name(text);
        if (name != null) {
            throw new BadInputException(where + ": is " + name);
        }
    }

    private static @Nullable String name(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(NistLines.COMMENT) && !line.startsWith(FREQUENCIES))
                .toList();
        if (lines.isEmpty()) {
            return null;
        }
        if (all(lines, line -> LABEL.matcher(line).matches())) {
            return "a table of labels, as Audacity writes it, which is not read; export the labels as SubRip";
        }
        if (all(lines, OtherFormats::isRttm)) {
            return "RTTM, which says who speaks when and has no words; give a transcript that names the speakers,"
                    + " such as STM: RECORDING CHANNEL SPEAKER START END TEXT";
        }
        String first = lines.getFirst();
        if (TABLE.matcher(first).matches() && !WHISPER_TABLE.matcher(first).matches()) {
            return "a table with the columns " + Lines.shown(first) + ", which is not read; give SubRip, JSON, or"
                    + " the columns start, end and text between tabs";
        }
        if (lines.stream().anyMatch(line -> LYRIC.matcher(line).matches()) && all(lines, OtherFormats::isLyric)) {
            return "LRC, which has no ends of turns and is not read; give SubRip or JSON";
        }
        return null;
    }

    private static boolean isLyric(String line) {
        return LYRIC.matcher(line).matches() || LYRIC_TAG.matcher(line).matches();
    }

    private static boolean all(List<String> lines, Predicate<String> isOne) {
        return lines.stream().allMatch(isOne);
    }

    private static boolean isRttm(String line) {
        List<String> fields = Lines.fields(line);
        return fields.size() >= RTTM_FIELDS && RTTM_TYPES.contains(fields.getFirst());
    }
}
