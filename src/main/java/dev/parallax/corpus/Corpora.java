package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.io.Nearest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Opens a corpus by its kind and place, as in `--corpus emodb:/data/emodb`.
public final class Corpora {

    /// A kind of corpus.
    ///
    /// @param name  as it is written before the colon
    /// @param place what stands after it
    /// @param about one line for people: language, how it was made, emotions
    /// @param protocols names of those of its own
    /// @param open  by its place
    private record Kind(
            String name, String place, String about, List<String> protocols, Function<String, Corpus> open) {

        Kind(String name, String place, String about, Function<String, Corpus> open) {
            this(name, place, about, List.of(), open);
        }

        String described() {
            String own = protocols.isEmpty()
                    ? ""
                    : "; protocol" + (protocols.size() == 1 ? " " : "s ") + String.join(", ", protocols);
            return String.format(Locale.ROOT, "  %-19s %s%s", name + ":" + place, about, own);
        }
    }

    private static final String MANIFEST = "manifest";

    private static final List<Kind> ALL = List.of(
            folder("cremad", "CREMA-D: English, acted, 6 emotions", CremaDCorpus::open),
            folder("emodb", "EMO-DB: German, acted, 7 emotions", List.of("pairs"), EmoDbCorpus::open),
            folder(
                    "esd",
                    "ESD: Mandarin and English, acted, 5 emotions",
                    List.of("english", "mandarin"),
                    EsdCorpus::open),
            folder("features", "dialogues as vectors that other models made", FeaturesCorpus::open),
            folder(
                    "goemotions",
                    "GoEmotions, Ekman grouping: English comments, no sound, 7 emotions",
                    GoEmotionsCorpus::open),
            folder(
                    "iemocap",
                    "IEMOCAP: English dialogues (default ‹labels 4›)",
                    List.of("dialogues-120-31", "improvised"),
                    IemocapCorpus::open),
            new Kind(MANIFEST, "FILE.csv", "your own recordings and sentences", at -> ManifestCorpus.open(path(at))),
            folder("meld", "MELD: English dialogues of a television series, 7 emotions", MeldCorpus::open),
            folder("ravdess", "RAVDESS, its speech: English, acted, 8 emotions", RavdessCorpus::open),
            folder("savee", "SAVEE: English, acted by four men, 7 emotions", SaveeCorpus::open),
            new Kind(
                    "synthetic",
                    "SEED",
                    "made by rules, no speech; needs no files",
                    at -> new EmbeddedCorpus(SyntheticSettings.defaults(seed(at)))),
            folder("tess", "TESS: English, acted by two women, 7 emotions", TessCorpus::open));

    /// The kinds that can be opened, each as it is written.
    public static final List<String> KINDS =
            ALL.stream().map(kind -> kind.name + ":" + kind.place).toList();

    private static final List<String> NAMES = ALL.stream().map(Kind::name).toList();

    private Corpora() {}

    private static Kind folder(String name, String about, Function<Path, Corpus> open) {
        return folder(name, about, List.of(), open);
    }

    private static Kind folder(String name, String about, List<String> protocols, Function<Path, Corpus> open) {
        return new Kind(name, "DIR", about, protocols, at -> open.apply(path(at)));
    }

    /// Names of the protocols of a corpus's own, before it is opened; none of a place that names no kind.
    public static List<String> protocols(String place) {
        return ALL.stream()
                .filter(kind -> place.startsWith(kind.name + ":"))
                .flatMap(kind -> kind.protocols.stream())
                .toList();
    }

    /// A line for each kind: how it is written, and what it is.
    public static List<String> described() {
        return ALL.stream().map(Kind::described).toList();
    }

    /// Whether a place is that of a manifest, whose recordings may lie elsewhere.
    public static boolean isManifest(String place) {
        return place.startsWith(MANIFEST + ":");
    }

    /// Opens `KIND:PATH`, a manifest with its recordings elsewhere.
    ///
    /// @param root the folder of its recordings, null for its own
    /// @throws BadInputException also when there is a root and the place is that of no manifest
    public static Corpus open(String place, @Nullable Path root) {
        if (root == null) {
            return open(place);
        }
        if (!isManifest(place)) {
            throw new BadInputException("‹root " + root + "›: it is where the recordings of a manifest lie, and \""
                    + place + "\" is none; leave it out");
        }
        return ManifestCorpus.open(path(place.substring(MANIFEST.length() + 1)), root);
    }

    /// Opens `KIND:PATH`.
    ///
    /// @throws BadInputException when there is no such kind, nothing at that place, or something else there
    public static Corpus open(String place) {
        int colon = place.indexOf(':');
        if (colon < 0) {
            String guess = place.endsWith(".csv") ? "; did you mean \"manifest:" + place + "\"?" : "";
            throw new BadInputException(
                    "‹corpus›: \"" + place + "\" names no kind; write KIND:PATH, one of " + KINDS + guess);
        }
        String kind = place.substring(0, colon);
        String rest = place.substring(colon + 1);
        if (rest.isBlank()) {
            throw new BadInputException("‹corpus›: nothing stands after \"" + kind + ":\"; write one of " + KINDS);
        }
        return ALL.stream()
                .filter(each -> each.name.equals(kind))
                .findFirst()
                .orElseThrow(() -> new BadInputException("‹corpus›: there is no kind \"" + kind + "\"; write one of "
                        + KINDS + Nearest.hint(kind, NAMES)))
                .open
                .apply(rest);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadInputException("‹corpus›: \"" + text + "\" is no path: " + e.getReason(), e);
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new BadInputException("‹corpus›: synthetic:" + text + ": the seed must be a whole number", e);
        }
    }
}
