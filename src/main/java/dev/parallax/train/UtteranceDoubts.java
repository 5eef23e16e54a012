package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.corpus.recordings.Preparation.Window;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.domain.Doubts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What makes answers to the utterances of a corpus unreliable.
final class UtteranceDoubts {

    private UtteranceDoubts() {}

    /// By the ids of the utterances.
    ///
    /// @param cache of the model's features, which knows them and their sounds or decodes what it does not know
    static Map<String, Doubts> of(EmotionModel model, List<Prepared> utterances, FeatureCache cache, Workers workers) {
        Doubts[] doubts = new Doubts[utterances.size()];
        workers.forEach(doubts.length, i -> {
            Prepared prepared = utterances.get(i);
            List<AudioSource> windows =
                    prepared.windows().stream().map(Window::source).toList();
            doubts[i] = model.doubts(windows, cache, prepared.utterance().text());
        });
        Map<String, Doubts> byId = new HashMap<>();
        for (int i = 0; i < doubts.length; i++) {
            byId.put(utterances.get(i).utterance().id(), doubts[i]);
        }
        return byId;
    }
}
