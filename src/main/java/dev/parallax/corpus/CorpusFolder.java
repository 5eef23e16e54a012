package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.io.NearbyPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Knows the folder at which a corpus begins, and from one above or inside it finds the one to give.
///
/// @param kind   of the corpus, as in `--corpus KIND:PATH`
/// @param holds  what lies in the folder: `Session1 to Session5`
/// @param begins whether a corpus begins at a folder
record CorpusFolder(String kind, String holds, Predicate<Path> begins) {

    private static final int LEVELS_ABOVE = 4;
    private static final String HOW_TO_GET_IT = " (how to get the corpus: data/README.md)";

    /// The folder, if the corpus begins there.
    ///
    /// @throws BadInputException when it is another folder, with the one to give where it is near
    Path of(Path given) {
        if (!Files.isDirectory(given)) {
            throw new BadInputException(
                    kind + ": there is no folder " + given + NearbyPath.hint(given) + HOW_TO_GET_IT);
        }
        if (begins.test(given)) {
            return given;
        }
        for (Path folder : inside(given)) {
            if (isOne(folder)) {
                throw new BadInputException(kind + ": " + given + " is above the corpus; give the folder that holds "
                        + holds + ": " + kind + ":" + folder);
            }
        }
        Path above = given.toAbsolutePath().normalize().getParent();
        for (int level = 0; level < LEVELS_ABOVE && above != null; level++) {
            if (isOne(above)) {
                throw new BadInputException(kind + ": " + given + " is only a part of the corpus; give the folder that"
                        + " holds " + holds + ": " + kind + ":" + above);
            }
            above = above.getParent();
        }
        throw new BadInputException(
                kind + ": " + given + " does not hold " + holds + "; give the folder that does" + HOW_TO_GET_IT);
    }

    /// Whether a folder nearby is the one; what may not be looked into is not.
    private boolean isOne(Path folder) {
        try {
            return begins.test(folder);
        } catch (BadInputException e) {
            return false;
        }
    }

    /// The folders one level below, then those two levels below.
    private static List<Path> inside(Path folder) {
        List<Path> found = new ArrayList<>(Listing.folders(folder));
        for (Path first : List.copyOf(found)) {
            if (Files.isReadable(first)) {
                found.addAll(Listing.folders(first));
            }
        }
        return found;
    }
}
