package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audit.GradientCheck;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.model.EmotionModel;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.train.LabelledExamples;
import dev.parallax.train.Workers;
import java.util.List;
import java.util.stream.IntStream;

/// Checks the gradient of a training step on utterances of a corpus.
public final class GradientAudit {

    /// How many utterances are in the batch.
    public static final int BATCH = 8;

    private GradientAudit() {}

    /// The check on utterances that are evenly spread over the corpus.
    ///
    /// @param corpus with labels that the model knows
    /// @throws BadInputException when there is no such utterance
    public static GradientCheck of(EmotionModel model, CorpusRequest corpus, Workers workers, Remarks remarks) {
        CorpusSet opened = CorpusSet.open(corpus, Level.UTTERANCE, remarks);
        Labels labels = model.labels();
        List<Utterance> labelled = opened.utterances().stream()
                .filter(utterance -> utterance.emotion() != null && labels.contains(utterance.emotion()))
                .filter(utterance -> (model.readsAudio() && utterance.audio() != null) || model.reads(utterance.text()))
                .toList();
        if (labelled.isEmpty()) {
            throw new BadInputException("audit: no utterance of the corpus has one of the model's labels " + labels
                    + " and something that it reads; give ‹labels MAP› as in training, or another corpus");
        }
        int n = Math.min(BATCH, labelled.size());
        List<Utterance> some = IntStream.range(0, n)
                .mapToObj(i -> labelled.get((int) ((long) i * labelled.size() / n)))
                .toList();
        FeatureStore store = FeatureStore.of(corpus.cache(), opened.embedded(), remarks);
        FeatureCache cache = store.cache(model.kind());
        LabelledExamples batch = LabelledExamples.of(model, some, cache, workers, remarks::warn);
        long seed = model.record() == null ? 0 : model.record().seed();
        return GradientCheck.of(model, batch.examples(), batch.loss(), seed);
    }
}
