package dev.parallax.train;

import dev.parallax.corpus.FeatureCache;
import dev.parallax.data.Example;
import dev.parallax.data.Utterance;
import dev.parallax.model.EmotionModel;
import java.util.List;
import java.util.Map;

/// The utterances of a corpus as examples for one model: features from the cache, word ids from its vocabulary, the
/// class from its labels. Recordings longer than the model's window are heard up to its end.
final class CorpusExamples implements Examples {

    private final EmotionModel model;
    private final FeatureCache cache;
    private final List<Utterance> utterances;
    private final Map<String, Integer> frames;
    private final int mostFrames;

    /// @param frames number of feature frames by utterance id
    CorpusExamples(EmotionModel model, FeatureCache cache, List<Utterance> utterances, Map<String, Integer> frames) {
        this.model = model;
        this.cache = cache;
        this.utterances = List.copyOf(utterances);
        this.frames = frames;
        this.mostFrames = model.windowFrames();
    }

    @Override
    public int size() {
        return utterances.size();
    }

    @Override
    public int label(int i) {
        Utterance utterance = utterances.get(i);
        String emotion = utterance.emotion();
        return emotion == null ? -1 : model.config().labels().index(emotion, "utterance " + utterance.id());
    }

    @Override
    public int length(int i) {
        Utterance utterance = utterances.get(i);
        if (model.readsAudio() && utterance.audio() != null) {
            return Math.min(mostFrames, frames.getOrDefault(utterance.id(), 1));
        }
        String text = utterance.text();
        return text == null ? 0 : text.length();
    }

    @Override
    public Example get(int i) {
        Utterance utterance = utterances.get(i);
        float[] values = null;
        if (model.readsAudio() && utterance.audio() != null) {
            values = cache.frames(utterance, mostFrames);
        }
        return new Example(values, model.encode(utterance.text()), label(i));
    }

    /// Utterances whose recording is longer than the window.
    long tooLong() {
        return utterances.stream()
                .filter(utterance -> frames.getOrDefault(utterance.id(), 0) > mostFrames)
                .count();
    }
}
