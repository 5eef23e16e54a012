package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.io.Nearest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Opens a corpus by its kind and place, as in `--corpus emodb:/data/emodb`.
public final class Corpora {

    /// The kinds that can be opened, each as it is written.
    public static final List<String> KINDS =
            List.of("emodb:DIR", "features:DIR", "manifest:FILE.csv", "synthetic:SEED");

    private static final List<String> NAMES =
            KINDS.stream().map(kind -> kind.substring(0, kind.indexOf(':'))).toList();

    private Corpora() {}

    /// Opens `KIND:PATH`.
    ///
    /// @throws BadInputException when there is no such kind, nothing at that place, or something else there
    public static Corpus open(String place) {
        int colon = place.indexOf(':');
        if (colon < 0) {
            String guess = place.endsWith(".csv") ? "; did you mean \"manifest:" + place + "\"?" : "";
            throw new BadInputException(
                    "--corpus: \"" + place + "\" names no kind; write KIND:PATH, one of " + KINDS + guess);
        }
        String kind = place.substring(0, colon);
        String rest = place.substring(colon + 1);
        if (rest.isBlank()) {
            throw new BadInputException("--corpus: nothing stands after \"" + kind + ":\"; write one of " + KINDS);
        }
        return switch (kind) {
            case "emodb" -> EmoDbCorpus.open(path(rest));
            case "features" -> FeaturesCorpus.open(path(rest));
            case "manifest" -> ManifestCorpus.open(path(rest));
            case "synthetic" -> new EmbeddedCorpus(SyntheticSettings.defaults(seed(rest)));
            default ->
                throw new BadInputException("--corpus: there is no kind \"" + kind + "\"; write one of " + KINDS
                        + Nearest.hint(kind, NAMES));
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadInputException("--corpus: \"" + text + "\" is no path: " + e.getReason(), e);
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new BadInputException("--corpus: synthetic:" + text + ": the seed must be a whole number", e);
        }
    }
}
