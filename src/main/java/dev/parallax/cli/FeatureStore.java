package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.audio.FeatureConfig;
import dev.parallax.corpus.FeatureCache;
import dev.parallax.corpus.Preparation;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.List;

/// Computes the features of a corpus before it is used, and leaves out what cannot be read.
final class FeatureStore {

    private static final int SHOWN = 5;

    private FeatureStore() {}

    /// The cache of a command: on disk where corpora are, in memory alone for those that are made.
    ///
    /// @param embedded whether no corpus is on disk
    static FeatureCache cache(FeatureConfig features, boolean embedded, Console console) {
        Path home = Path.of(System.getProperty("user.home", "."));
        Path folder = embedded ? null : FeatureCache.defaultFolder(System.getenv(), home);
        return new FeatureCache(features, folder, Runtime.getRuntime().maxMemory() / 3, console::warn);
    }

    /// The utterances whose audio can be used; of the others the first are named.
    ///
    /// @throws BadInputException when none can
    static List<Utterance> usable(List<Utterance> utterances, FeatureCache cache, int threads, Console console) {
        Preparation preparation;
        try (Progress progress = console.progress("features", utterances.size())) {
            preparation = Preparation.of(utterances, cache, threads, (_, _) -> progress.advance(1));
        }
        List<Preparation.Failure> failures = preparation.failures();
        failures.stream().limit(SHOWN).forEach(failure -> console.warn("left out: " + failure.message()));
        if (failures.size() > SHOWN) {
            console.warn("left out: " + (failures.size() - SHOWN) + " more; corpus verify lists all");
        }
        if (preparation.usable().isEmpty()) {
            throw new BadInputException(
                    "corpus: none of its " + utterances.size() + " recordings can be used; corpus verify tells why");
        }
        return preparation.usable();
    }
}
