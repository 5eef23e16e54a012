package dev.parallax.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The names most like a wrong one, for messages that say "did you mean".
public final class Nearest {

    /// A name of no more letters has too many neighbours at two edits.
    static final int SHORT = 4;

    private static final int AT_MOST = 3;

    private Nearest() {}

    /// Up to three names, nearest first, those equally near in the order given; upper and lower case count as equal.
    /// A name is near within as many edits as a third of the wanted one's length, at least 2. One of up to [#SHORT]
    /// letters is near at one edit only; two swapped neighbours are one edit.
    public static List<String> to(String wanted, Collection<String> names) {
        String folded = wanted.toLowerCase(Locale.ROOT);
        int limit = limit(wanted);
        record Candidate(String name, int distance) {}
        return names.stream()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= limit)
                .map(name -> new Candidate(name, distance(folded, name.toLowerCase(Locale.ROOT))))
                .map(candidate -> isSwap(folded, candidate.name.toLowerCase(Locale.ROOT))
                        ? new Candidate(candidate.name, 1)
                        : candidate)
                .filter(candidate -> candidate.distance <= limit)
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(AT_MOST)
                .map(Candidate::name)
                .toList();
    }

    private static boolean isSwap(String a, String b) {
        int at = 0;
        while (at < Math.min(a.length(), b.length()) && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return a.length() == b.length()
                && at + 1 < a.length()
                && a.charAt(at) == b.charAt(at + 1)
                && a.charAt(at + 1) == b.charAt(at)
                && a.substring(at + 2).equals(b.substring(at + 2));
    }

    private static int limit(String wanted) {
        return wanted.length() > SHORT ? Math.max(2, wanted.length() / 3) : Math.min(1, wanted.length() - 1);
    }

    /// The end of a message: `; did you mean "happiness"?`, or nothing when no name is near.
    public static String hint(String wanted, Collection<String> names) {
        List<String> near = to(wanted, names);
        return near.isEmpty() ? "" : "; did you mean \"" + String.join("\" or \"", near) + "\"?";
    }

    /// Levenshtein distance: the least number of insertions, deletions and replacements, one row at a time.
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
