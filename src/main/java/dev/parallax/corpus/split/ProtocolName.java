package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.io.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `--protocol` and `--folds` name: `sessions`, or `speakers-5` for five folds of speakers.
///
/// @param kind  without the number: `speakers-K`
/// @param folds K, or 0 where no number is named
record ProtocolName(String kind, int folds) {

    private static final Pattern NUMBERED = Pattern.compile("(.+-)(\\d{1,6})");

    /// Reads a name; `folds-5` is the old one of `speakers-5`.
    ///
    /// @param kinds those that there are, `-K` after those that need a number
    /// @throws BadInputException when it is none of them, with all and the nearest
    static ProtocolName parse(String name, List<String> kinds) {
        if (kinds.contains(name) && !name.endsWith("-K")) {
            return new ProtocolName(name, 0);
        }
        Matcher numbered = NUMBERED.matcher(name);
        String number = numbered.matches() ? numbered.group(2) : "5";
        String kind = numbered.matches() ? numbered.group(1) + "K" : name;
        kind = kind.equals("folds-K") ? "speakers-K" : kind;
        if (numbered.matches() && kinds.contains(kind)) {
            return new ProtocolName(kind, Integer.parseInt(number));
        }
        List<String> written = new ArrayList<>(kinds);
        written.replaceAll(each -> each.endsWith("-K") ? each.substring(0, each.length() - 1) + number : each);
        throw new BadInputException(
                "‹protocol›: \"" + name + "\" is not one of " + kinds + Nearest.hint(name, written));
    }
}
