package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.math.BigDecimal;
import java.util.function.IntPredicate;

/// The values of a text file of Praat, one after the other: numbers that stand free, texts in double quotes, flags in
/// angle brackets. All else is for people, so the long form of a file and its short one have the same values.
///
/// Source: Praat manual, "TextGrid file formats".
final class PraatText {

    private final String text;
    private final String where;
    private int at;
    private int line = 1;
    private int valueLine = 1;

    PraatText(String text, String where) {
        this.text = text;
        this.where = where;
    }

    /// The line of the last value.
    int line() {
        return valueLine;
    }

    /// The next value, a text.
    String text() {
        String token = token("a text in quotes", word -> word.charAt(0) == '"');
        return token.substring(1);
    }

    /// The next value, a flag: `exists` or `absent`.
    String flag() {
        String token = token("<exists>", word -> word.charAt(0) == '<');
        return token.substring(1, Math.max(1, token.length() - 1));
    }

    /// The next value, a number.
    double number() {
        String token = token("a number", word -> Span.seconds(word) != null);
        BigDecimal number = Span.seconds(token);
        return number == null ? Double.NaN : number.doubleValue();
    }

    private interface Kind {
        boolean is(String token);
    }

    /// The next value; it must be of this kind.
    private String token(String what, Kind kind) {
        while (true) {
            pass(Character::isWhitespace);
            valueLine = line;
            if (at == text.length()) {
                throw new BadInputException(
                        where + " line " + line + ": the file ends where " + what + " should stand; is it whole?");
            }
            char c = text.charAt(at);
            String token = c == '"' ? quoted() : word();
            boolean isValue = c == '"' || c == '<' || Span.seconds(token) != null;
            if (isValue && kind.is(token)) {
                return token;
            }
            if (isValue) {
                throw new BadInputException(where + " line " + valueLine + ": expected " + what + ", found "
                        + Lines.shown(c == '"' ? token.substring(1) : token) + "; export the file again");
            }
            if (c == '!') {
                pass(character -> character != '\n' && character != '\r');
            }
        }
    }

    private String word() {
        int from = at;
        pass(character -> !Character.isWhitespace(character));
        return text.substring(from, at);
    }

    /// A text with its first quote, and quotes within it that are written twice.
    private String quoted() {
        StringBuilder out = new StringBuilder("\"");
        step();
        while (true) {
            int from = at;
            pass(character -> character != '"');
            out.append(text, from, at);
            if (at == text.length()) {
                throw new BadInputException(
                        where + " line " + valueLine + ": a quote is opened and never closed; is the file whole?");
            }
            step();
            if (at == text.length() || text.charAt(at) != '"') {
                return out.toString();
            }
            out.append('"');
            step();
        }
    }

    private void pass(IntPredicate some) {
        while (at < text.length() && some.test(text.charAt(at))) {
            step();
        }
    }

    private void step() {
        char c = text.charAt(at++);
        if (c == '\n' || (c == '\r' && !(at < text.length() && text.charAt(at) == '\n'))) {
            line++;
        }
    }
}
