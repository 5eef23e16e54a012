package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Standardization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the features of a set of utterances are standardised for a model: over its training part, or over all
/// recordings of the same speaker in the set. Their labels are not used.
final class SpeakerScaling {

    private static final int LEAST = FeatureScaling.LEAST_OF_SPEAKER;

    private final @Nullable FeatureScaling general;
    private final Map<String, FeatureScaling> bySpeaker = new HashMap<>();

    /// @param cache of the model's features
    /// @param notes receives speakers with too few recordings
    SpeakerScaling(EmotionModel model, List<Prepared> utterances, FeatureCache cache, Consumer<String> notes) {
        this.general = model.scaling();
        if (general == null || model.config().network().standardization() != Standardization.SPEAKER) {
            return;
        }
        Map<String, List<Prepared>> heard = utterances.stream()
                .filter(prepared -> !prepared.windows().isEmpty())
                .collect(Collectors.groupingBy(
                        prepared ->
                                Objects.requireNonNullElse(prepared.utterance().speaker(), ""),
                        TreeMap::new,
                        Collectors.toList()));
        int few = 0;
        for (Map.Entry<String, List<Prepared>> speaker : heard.entrySet()) {
            if (!speaker.getKey().isEmpty() && speaker.getValue().size() >= LEAST) {
                bySpeaker.put(speaker.getKey(), over(speaker.getValue(), cache));
            } else {
                few += speaker.getValue().size();
            }
        }
        if (few > 0) {
            notes.accept(Count.of(few, "recording is", "recordings are")
                    + " of unknown speakers or of such with fewer than " + LEAST
                    + "; " + (few == 1 ? "its" : "their") + " features are standardised over the training part");
        }
    }

    /// The scaling of all windows of recordings.
    static FeatureScaling over(List<Prepared> utterances, FeatureCache cache) {
        return FeatureScaling.of(
                cache.columns(),
                () -> utterances.stream()
                        .flatMap(prepared -> prepared.windows().stream())
                        .map(window -> cache.values(window.source()))
                        .iterator());
    }

    /// Features of an utterance as the model reads them.
    float[] apply(Utterance utterance, float[] values) {
        if (general == null) {
            return values;
        }
        String speaker = Objects.requireNonNullElse(utterance.speaker(), "");
        return bySpeaker.getOrDefault(speaker, general).apply(values);
    }
}
