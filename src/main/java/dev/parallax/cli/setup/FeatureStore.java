package dev.parallax.cli.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Progress;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.data.Utterance;
import dev.parallax.model.ModelConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the features of a corpus before it is used, and leaves out what cannot be read.
public final class FeatureStore {

    private static final int SHOWN = 5;

    private FeatureStore() {}

    /// The cache that `--cache` names, else the user's; in memory alone for corpora that are made.
    ///
    /// @param embedded whether no corpus is on disk
    public static FeatureCache cache(Arguments arguments, FeatureConfig features, boolean embedded, Console console) {
        return shared(arguments, features, embedded, 1, console);
    }

    private static @Nullable Path folder(Arguments arguments, boolean embedded) {
        Path named = arguments.path("cache");
        Path usual = FeatureCache.defaultFolder(System.getenv(), Path.of(System.getProperty("user.home", ".")));
        return named != null ? named : embedded ? null : usual;
    }

    /// One of several caches that share the memory for features.
    ///
    /// @param sharers how many there are, at least 1
    public static FeatureCache shared(
            Arguments arguments, FeatureConfig features, boolean embedded, int sharers, Console console) {
        return new FeatureCache(features, folder(arguments, embedded), memory() / sharers, console::warn);
    }

    /// Where facts about recordings are kept: beside their features.
    ///
    /// @param embedded whether no corpus is on disk
    public static SoundCache sounds(Arguments arguments, boolean embedded, Console console) {
        return new SoundCache(folder(arguments, embedded), console::warn);
    }

    /// A cache in memory alone.
    public static FeatureCache inMemory(FeatureConfig features, Console console) {
        return new FeatureCache(features, null, memory(), console::warn);
    }

    /// How much of the memory features may take [bytes].
    private static long memory() {
        return Runtime.getRuntime().maxMemory() / 3;
    }

    /// The utterances whose audio can be used; of the others the first are named. Nothing is found out about
    /// recordings but their features, so what is kept is not decoded.
    ///
    /// @throws BadInputException when none can
    public static List<Utterance> usable(List<Utterance> utterances, FeatureCache cache, int threads, Console console) {
        Preparation preparation;
        try (Progress progress = console.progress("features", utterances.size())) {
            preparation = Preparation.of(
                    utterances, cache, ModelConfig.WINDOW_SECONDS, threads, (_, _) -> progress.advance(1));
        }
        return said(preparation, console).utterances();
    }

    /// The same, with the facts about their recordings.
    ///
    /// @param sounds where facts are kept
    static Preparation prepared(
            List<Utterance> utterances, FeatureCache cache, SoundCache sounds, int threads, Console console) {
        Preparation preparation;
        try (Progress progress = console.progress("features", utterances.size())) {
            preparation = Preparation.withFacts(
                    utterances, cache, sounds, ModelConfig.WINDOW_SECONDS, threads, (_, _) -> progress.advance(1));
        }
        return said(preparation, console);
    }

    /// The same, after those that cannot be used were named.
    private static Preparation said(Preparation preparation, Console console) {
        List<Preparation.Failure> failures = preparation.failures();
        failures.stream().limit(SHOWN).forEach(failure -> console.warn("left out: " + failure.message()));
        if (failures.size() > SHOWN) {
            console.warn("left out: " + (failures.size() - SHOWN) + " more; corpus verify lists all");
        }
        if (preparation.usable().isEmpty()) {
            throw new BadInputException(
                    "corpus: none of its " + failures.size() + " recordings can be used; corpus verify tells why");
        }
        return preparation;
    }
}
