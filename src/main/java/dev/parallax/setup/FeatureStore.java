package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.FeatureKind;
import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.model.ModelConfig;
import dev.parallax.pretrained.FrozenText;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where the features of a corpus are kept: in a folder between runs, and in a third of the memory. Computes them
/// before they are used, and leaves out recordings that cannot be read.
public final class FeatureStore {

    private static final int SHOWN = 5;

    private final @Nullable Path folder;
    private final Remarks remarks;

    private FeatureStore(@Nullable Path folder, Remarks remarks) {
        this.folder = folder;
        this.remarks = remarks;
    }

    /// In a folder, else the user's; in memory alone for corpora that are made.
    ///
    /// @param cache    the requested folder, or null
    /// @param embedded whether no corpus is on disk
    public static FeatureStore of(@Nullable Path cache, boolean embedded, Remarks remarks) {
        Path usual = FeatureCache.defaultFolder(System.getenv(), Path.of(System.getProperty("user.home", ".")));
        return new FeatureStore(cache != null ? cache : embedded ? null : usual, remarks);
    }

    /// In memory alone.
    public static FeatureStore inMemory(Remarks remarks) {
        return new FeatureStore(null, remarks);
    }

    /// A cache of these features.
    public FeatureCache cache(FeatureKind features) {
        return shared(features, 1);
    }

    /// The same of features by formula.
    public FeatureCache cache(FeatureConfig features) {
        return cache(new FeatureExtractor(features));
    }

    /// One of several caches that share the memory.
    ///
    /// @param sharers how many there are, at least 1
    public FeatureCache shared(FeatureKind features, int sharers) {
        long memory = Runtime.getRuntime().maxMemory() / 3;
        return new FeatureCache(features, folder, memory / sharers, remarks::warn);
    }

    /// Where states of texts are kept: beside the features of recordings.
    public KeptFeatures texts() {
        return new KeptFeatures(folder, Runtime.getRuntime().maxMemory() / 4, remarks::warn);
    }

    /// Computes the states of all texts that are not kept yet.
    void readTexts(List<Utterance> utterances, FrozenText encoder, int threads) {
        List<Utterance> read = utterances.stream()
                .filter(utterance -> utterance.text() != null)
                .toList();
        try (Remarks.Progress progress = remarks.progress("texts", read.size())) {
            Preparation.parallel(
                    read,
                    threads,
                    (_, _) -> progress.advance(1),
                    utterance -> encoder.states(Objects.requireNonNull(utterance.text()))
                            .frames());
        }
    }

    /// Where facts about recordings are cached: beside their features.
    public SoundCache sounds() {
        return new SoundCache(folder, remarks::warn);
    }

    /// The utterances whose audio can be used; of the others the first are named. It computes features alone and no
    /// facts about recordings, so one with cached features is not decoded.
    ///
    /// @throws BadInputException when none can
    public List<Utterance> usable(List<Utterance> utterances, FeatureCache cache, int threads) {
        Preparation preparation;
        try (Remarks.Progress progress = remarks.progress("features", utterances.size())) {
            preparation = Preparation.of(
                    utterances, cache, ModelConfig.WINDOW_SECONDS, threads, (_, _) -> progress.advance(1));
        }
        return said(preparation, "").utterances();
    }

    /// The same, with the facts about their recordings.
    ///
    /// @param sounds      where facts are kept
    /// @param textIsFixed whether the texts tell nothing, so that to read them alone is no remedy
    Preparation prepared(
            List<Utterance> utterances, FeatureCache cache, SoundCache sounds, int threads, boolean textIsFixed) {
        Preparation preparation;
        try (Remarks.Progress progress = remarks.progress("features", utterances.size())) {
            preparation = Preparation.withFacts(
                    utterances, cache, sounds, ModelConfig.WINDOW_SECONDS, threads, (_, _) -> progress.advance(1));
        }
        boolean read = !textIsFixed && utterances.stream().anyMatch(utterance -> utterance.text() != null);
        return said(preparation, read ? "; to train on the texts without them, give ‹modalities text›" : "");
    }

    /// The same, after reporting those that cannot be used.
    ///
    /// @param remedy the end of the line where none can
    private Preparation said(Preparation preparation, String remedy) {
        List<Preparation.Failure> failures = preparation.failures();
        failures.stream().limit(SHOWN).forEach(failure -> remarks.warn("left out: " + failure.message()));
        if (failures.size() > SHOWN) {
            remarks.warn("left out: " + (failures.size() - SHOWN) + " more; corpus verify lists all");
        }
        if (preparation.usable().isEmpty()) {
            throw new BadInputException("corpus: "
                    + Count.of(failures.size(), "recording, which cannot", "recordings, none of which can")
                    + " be used; corpus verify tells why" + remedy);
        }
        return preparation;
    }
}
