package dev.parallax.io;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what exists in place of a missing path. It may differ in case, Unicode form, blanks at its ends, the
/// slashes of Windows, a typing error, or its ending. At most one folder is listed.
public final class NearbyPath {

    private static final int MOST_NAMES = 10_000;
    private static final int MOST_EDITS = 2;

    /// A name of fewer letters has too many neighbours.
    private static final int LEAST_LETTERS = 4;

    private static final Set<String> RECORDINGS = Set.of(
            ".wav", ".wave", ".w64", ".flac", ".aif", ".aiff", ".aifc", ".au", ".mp3", ".m4a", ".mp4", ".ogg", ".opus");
    private static final Set<String> TABLES = Set.of(".csv", ".tsv", ".txt", ".json", ".html", ".md");

    private NearbyPath() {}

    /// A name that exists, and in what it differs from the missing one.
    private record Candidate(String name, int distance, String difference) {}

    /// The end of a message: `; did you mean "wav/A11.WAV"? (differs in case)`, or nothing.
    ///
    /// @param missing a path that leads to nothing; one that leads somewhere gives no hint
    public static String hint(Path missing) {
        if (Files.exists(missing)) {
            return "";
        }
        try {
            String hint = find(missing, "");
            return hint == null ? "" : hint;
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            return ""; // what may not be looked into gives no hint
        }
    }

    private static @Nullable String find(Path missing, String difference) throws IOException {
        String text = missing.toString();
        if (text.contains("\\") && difference.isEmpty()) {
            Path slashed = path(text.replace('\\', '/'));
            if (slashed != null) {
                return Files.exists(slashed) ? said(slashed, "write / for \\") : find(slashed, "write / for \\");
            }
        }
        Path base = missing;
        int depth = 0; // names below the folder that exists
        for (; base != null && !Files.isDirectory(base); depth++) {
            base = base.getParent();
        }
        if (base == null && missing.isAbsolute()) {
            return null;
        }
        int first = missing.getNameCount() - depth;
        int wanted = base == null ? 0 : first;
        String name = missing.getName(wanted).toString();
        Path rest = wanted + 1 < missing.getNameCount() ? missing.subpath(wanted + 1, missing.getNameCount()) : null;
        for (Candidate candidate : candidates(base == null ? Path.of("") : base, name, rest == null)) {
            Path there = base == null ? Path.of(candidate.name) : base.resolve(candidate.name);
            Path whole = rest == null ? there : there.resolve(rest);
            if (Files.exists(whole)) {
                return said(
                        whole, difference.isEmpty() ? candidate.difference : difference + ", " + candidate.difference);
            }
        }
        return null;
    }

    private static String said(Path there, String difference) {
        return "; did you mean \"" + there + "\"? (" + difference + ")";
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static List<Candidate> candidates(Path folder, String wanted, boolean isFile) throws IOException {
        List<Candidate> found = new ArrayList<>();
        try (DirectoryStream<Path> names =
                Files.newDirectoryStream(folder.toString().isEmpty() ? Path.of(".") : folder)) {
            int count = 0;
            for (Path each : names) {
                Candidate candidate = compare(wanted, String.valueOf(each.getFileName()), isFile);
                if (candidate != null) {
                    found.add(candidate);
                }
                if (++count == MOST_NAMES) {
                    break;
                }
            }
        }
        found.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name));
        return found;
    }

    private static @Nullable Candidate compare(String wanted, String there, boolean isFile) {
        if (isOfAnotherKind(wanted, there)) {
            return null;
        }
        List<String> differences = differences(wanted, there);
        String a = folded(wanted);
        String b = folded(there);
        if (a.equals(b)) {
            return new Candidate(there, differences.size(), "differs in " + String.join(" and ", differences));
        }
        int edits = Math.abs(a.length() - b.length()) > MOST_EDITS ? Integer.MAX_VALUE : Nearest.distance(a, b);
        if (edits <= (stem(a).length() > Nearest.SHORT ? MOST_EDITS : 1)
                && stem(a).length() >= LEAST_LETTERS
                && digits(a).equals(digits(b))) {
            return new Candidate(there, 10 + edits, "differs in " + Count.of(edits, "letter"));
        }
        boolean sameStem = isFile && !stem(a).isEmpty() && stem(a).equals(stem(b));
        return sameStem ? new Candidate(there, 20, "differs in its ending") : null;
    }

    /// Whether one name is that of a recording and the other that of a table.
    private static boolean isOfAnotherKind(String wanted, String there) {
        String a = ending(wanted);
        String b = ending(there);
        return (RECORDINGS.contains(a) && TABLES.contains(b)) || (TABLES.contains(a) && RECORDINGS.contains(b));
    }

    private static String ending(String name) {
        return folded(name.substring(stem(name).length()));
    }

    /// In what two names differ that are equal after folding.
    private static List<String> differences(String wanted, String there) {
        List<String> differences = new ArrayList<>();
        if (!wanted.strip().equals(wanted) || !there.strip().equals(there)) {
            differences.add("blanks at its ends");
        }
        String a = wanted.strip();
        String b = there.strip();
        if (!composed(a).equals(composed(b))) {
            differences.add("case");
        }
        if (!a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT))) {
            differences.add("its Unicode form");
        }
        return differences;
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String folded(String name) {
        return composed(name).strip().toLowerCase(Locale.ROOT);
    }

    /// Other numbers are other recordings, not typing errors.
    private static String digits(String name) {
        return name.replaceAll("\\D", "");
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
