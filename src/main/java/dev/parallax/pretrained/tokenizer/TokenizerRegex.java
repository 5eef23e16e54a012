package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The patterns in a `tokenizer.json`: `{"String": "..."}` for these characters, `{"Regex": "..."}` for a
/// regular expression.
///
/// The files are written for the library Oniguruma (Ruby's syntax). Java compiles only the part that both
/// read alike, with the flags that make it so: classes are those of Unicode, `^` and `$` are the ends of
/// lines, which `\n` ends. A group must not be repeated, since the time of such a search can be
/// exponential in the length of the text.
final class TokenizerRegex {

    static final int LONGEST = 1000; // characters

    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES | Pattern.MULTILINE;
    private static final String ESCAPES = "sSwWdDrnt";

    /// What `\w` is in Oniguruma inside of a class: Java's without the joiners U+200C and U+200D.
    private static final String WORD = "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}";

    /// What it is outside of classes: that, and of the other numbers those of Latin-1.
    private static final String WORD_ALONE = WORD + "\u00B2\u00B3\u00B9\u00BC-\u00BE";

    private static final Pattern CATEGORY = Pattern.compile("\\\\[pP]\\{[LMNPSZC][a-z]?\\}");
    private static final Pattern GROUP = Pattern.compile("\\((\\?(:|!|=|i:))?(?!\\?)");
    private static final Pattern QUANTIFIER = Pattern.compile("[*+?]|\\{\\d{1,4}(,\\d{0,4})?\\}");

    private TokenizerRegex() {}

    /// Reads a pattern.
    ///
    /// @throws BadInputException if it is empty, longer than [#LONGEST], or no regular expression of the
    ///     common part
    static Pattern read(JsonObject json) {
        json.allowOnly(List.of("String", "Regex"));
        if (json.fields().size() != 1) {
            throw new BadInputException(json.where() + ": expected one field, String or Regex");
        }
        boolean isRegex = json.has("Regex");
        String key = isRegex ? "Regex" : "String";
        String text = json.text(key);
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new BadInputException(
                    json.where(key) + ": has " + text.length() + " characters, expected 1 to " + LONGEST);
        }
        return isRegex ? compile(text, json.where(key)) : Pattern.compile(Pattern.quote(text));
    }

    private static Pattern compile(String regex, String where) {
        StringBuilder java = new StringBuilder();
        boolean afterGroup = false;
        for (int at = 0, next; at < regex.length(); at = next) {
            next = elementEnd(regex, at, afterGroup);
            if (next < 0) {
                throw new BadInputException(where + ": \"" + regex + "\" is not supported from its character "
                        + (at + 1) + " on; simple expressions without repeated groups are");
            }
            String element = regex.substring(at, next);
            java.append(element.startsWith("[") ? element.replace("\\w", WORD) : alone(element));
            afterGroup = element.equals(")");
        }
        try {
            Pattern pattern = Pattern.compile(java.toString(), FLAGS);
            if (pattern.matcher("").find()) {
                throw new BadInputException(where + ": \"" + regex + "\" matches also where there is nothing");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new BadInputException(
                    where + ": \"" + regex + "\" is no regular expression: " + e.getDescription(), e);
        }
    }

    /// An element outside of classes as Java writes it.
    private static String alone(String element) {
        return switch (element) {
            case "\\w" -> "[" + WORD_ALONE + "]";
            case "\\W" -> "[^" + WORD_ALONE + "]";
            default -> element;
        };
    }

    /// The end of the element that begins at a character, or -1 where none does that Java and Oniguruma
    /// read alike.
    private static int elementEnd(String regex, int at, boolean afterGroup) {
        return switch (regex.charAt(at)) {
            case '\\' -> escapeEnd(regex, at);
            case '[' -> classEnd(regex, at);
            case '(' -> endOf(GROUP, regex, at);
            case '*', '+', '?', '{' -> afterGroup ? -1 : quantifierEnd(regex, at);
            case ']', '}' -> -1;
            default -> at + 1;
        };
    }

    private static int escapeEnd(String regex, int at) {
        if (at + 1 == regex.length()) {
            return -1;
        }
        char escaped = regex.charAt(at + 1);
        boolean isPunctuation = escaped < 0x80 && !Character.isLetterOrDigit(escaped);
        return isPunctuation || ESCAPES.indexOf(escaped) >= 0 ? at + 2 : endOf(CATEGORY, regex, at);
    }

    /// A class of characters without another inside; `&&` would be an intersection.
    private static int classEnd(String regex, int at) {
        int i = regex.startsWith("^", at + 1) ? at + 2 : at + 1;
        boolean isEmpty = true;
        while (i < regex.length() && regex.charAt(i) != ']') {
            boolean isUnclear = regex.charAt(i) == '[' || regex.startsWith("&&", i) || regex.startsWith("\\W", i);
            i = isUnclear ? -1 : regex.charAt(i) == '\\' ? escapeEnd(regex, i) : i + 1;
            if (i < 0) {
                return -1;
            }
            isEmpty = false;
        }
        return i < regex.length() && !isEmpty ? i + 1 : -1;
    }

    /// A quantifier, which may be reluctant (`+?`) or possessive (`++`).
    private static int quantifierEnd(String regex, int at) {
        int end = endOf(QUANTIFIER, regex, at);
        if (end < 0 || end == regex.length()) {
            return end;
        }
        boolean isCounted = regex.charAt(at) == '{';
        return switch (regex.charAt(end)) {
            case '?', '+' -> isCounted ? -1 : end + 1; // Oniguruma reads {2}+ as a repeated repetition
            default -> end;
        };
    }

    private static int endOf(Pattern element, String regex, int at) {
        var match = element.matcher(regex).region(at, regex.length());
        return match.lookingAt() ? match.end() : -1;
    }
}
