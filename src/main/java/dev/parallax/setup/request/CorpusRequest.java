package dev.parallax.setup.request;

import dev.parallax.io.RecordJson;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which corpora are used, and what of them.
///
/// @param places  where they are, each as `KIND:PATH`: `emodb:/data/emodb`
/// @param labels  a map of emotions to labels, or the name of a class set; null where a single corpus decides
/// @param size    utterances of a synthetic corpus, null for its own number
/// @param synergy share of a synthetic corpus whose emotion only both perspectives together determine, null for its
///                own
/// @param leaveOut faults whose recordings take no part
/// @param cache   where features are kept between runs, null for the user's folder
/// @param root    where the recordings of manifests lie, null for the folder of each manifest
public record CorpusRequest(
        List<String> places,
        @Nullable String labels,
        @Nullable Integer size,
        @Nullable Double synergy,
        List<String> leaveOut,
        @Nullable Path cache,
        @Nullable Path root) {

    public CorpusRequest {
        places = List.copyOf(places);
        leaveOut = List.copyOf(leaveOut);
    }

    /// Corpora as they are.
    public static CorpusRequest of(String... places) {
        return new CorpusRequest(List.of(places), null, null, null, List.of(), null, null);
    }

    /// The places without paths: `emodb`, and `synthetic:1`, whose number is no path.
    public List<String> kinds() {
        return places.stream()
                .map(place -> place.matches("[a-z]+:\\d+") ? place : place.split(":", 2)[0])
                .toList();
    }

    /// The same with other labels.
    public CorpusRequest withLabels(String map) {
        return RecordJson.with(this, "labels", map);
    }

    /// The same with a synthetic corpus of another size.
    public CorpusRequest withSize(int utterances) {
        return RecordJson.with(this, "size", utterances);
    }

    /// The same with features kept elsewhere.
    public CorpusRequest withCache(Path folder) {
        return RecordJson.with(this, "cache", folder);
    }

    /// The same with the recordings of manifests elsewhere.
    public CorpusRequest withRoot(Path folder) {
        return RecordJson.with(this, "root", folder);
    }
}
