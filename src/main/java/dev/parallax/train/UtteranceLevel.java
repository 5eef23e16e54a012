package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.model.domain.Doubts;
import dev.parallax.model.domain.SoundDomain;
import dev.parallax.model.domain.TextDomain;
import dev.parallax.model.domain.TrainingDomain;
import dev.parallax.text.TextMeasures;
import dev.parallax.text.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Single utterances: recordings, sentences, or both.
final class UtteranceLevel implements Level {

    private final TrainingSetup setup;
    private final UtteranceModelSpec plan;
    private final FeatureCache cache;
    private final Workers workers;
    private final Consumer<String> notes;
    private final List<Prepared> usable;
    private final List<Prepared> copies;

    /// Prepares the features of all utterances, and of varied copies of those in the training part.
    ///
    /// @param plan     the setup's
    /// @param listener receives what people should know, and how many copies are made
    UtteranceLevel(
            TrainingSetup setup,
            UtteranceModelSpec plan,
            FeatureCache cache,
            Workers workers,
            Trainer.Listener listener) {
        this.setup = setup;
        this.plan = plan;
        this.cache = cache;
        this.workers = workers;
        this.notes = listener::note;
        this.usable = Evaluation.usable(
                plan.network().audio() != null,
                plan.network().text() != null,
                ModelConfig.WINDOW_SECONDS,
                setup.utterances(),
                cache,
                workers,
                notes);
        this.copies = copies(Part.TRAIN, listener::copyMade);
        List<Prepared> heard = part(Part.TRAIN);
        long cut =
                heard.stream().filter(prepared -> prepared.windows().size() > 1).count();
        if (cut > 0) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "%d of %s longer than %.0f s: each is heard in windows",
                    cut,
                    Count.of(heard.size(), "training recording is", "training recordings are"),
                    ModelConfig.WINDOW_SECONDS));
        }
    }

    private List<Prepared> copies(Part part, Preparation.Progress progress) {
        TrainingConfig training = setup.training();
        if (plan.network().audio() == null || training.augmentation().copies() == 0) {
            return List.of();
        }
        List<Utterance> varied = part(part).stream()
                .map(Prepared::utterance)
                .flatMap(utterance -> training.augmentation().copiesOf(utterance).stream())
                .toList();
        Preparation prepared = Preparation.of(varied, cache, ModelConfig.WINDOW_SECONDS, workers.threads(), progress);
        prepared.failures().forEach(failure -> notes.accept("left out: " + failure.message()));
        return prepared.usable();
    }

    private List<Prepared> part(Part part) {
        Set<String> ids =
                setup.split().members(part).stream().map(Split.Member::id).collect(Collectors.toSet());
        return usable.stream()
                .filter(prepared -> ids.contains(prepared.utterance().id()))
                .toList();
    }

    @Override
    public List<Utterance> learned() {
        return part(Part.TRAIN).stream().map(Prepared::utterance).toList();
    }

    @Override
    public EmotionModel newModel(Backend backend) {
        List<String> texts =
                learned().stream().map(Utterance::text).filter(Objects::nonNull).toList();
        TrainingConfig training = setup.training();
        return plan.newModel(
                setup.start(), texts, scaling(), training.loss().trainsPerspectives(), backend, training.seed(), notes);
    }

    /// The scaling of the features over the training part, or that of the model that training starts from; null for
    /// none.
    private @Nullable FeatureScaling scaling() {
        NetworkConfig network = plan.network();
        if (network.audio() == null || network.standardization() == Standardization.NONE) {
            return null;
        }
        EmotionModel from = setup.start().model();
        return from == null ? SpeakerScaling.over(part(Part.TRAIN), cache) : from.scaling();
    }

    @Override
    public Examples examples(Model model, Part part) {
        EmotionModel its = (EmotionModel) model;
        return part == Part.TRAIN
                ? new CorpusExamples(its, cache, part(part), copies, setup.training(), notes)
                : new CorpusExamples(its, cache, part(part), notes);
    }

    @Override
    public Examples variedValidation(Model model) {
        return new CorpusExamples((EmotionModel) model, cache, copies(Part.VAL, (_, _) -> {}), notes);
    }

    @Override
    public TrainingDomain domain(Model trained) {
        DomainFit fit = new DomainFit(cache, workers);
        NetworkConfig network = plan.network();
        Vocabulary vocabulary = ((EmotionModel) trained).vocabulary();
        return new TrainingDomain(
                network.audio() == null ? SoundDomain.ANY : fit.sound(part(Part.TRAIN), copies, part(Part.VAL)),
                vocabulary == null
                        ? TextDomain.ANY
                        : DomainFit.text(measures(vocabulary, Part.TRAIN), measures(vocabulary, Part.VAL)));
    }

    @Override
    public Map<String, Doubts> doubts(Model model, Part part) {
        return UtteranceDoubts.of((EmotionModel) model, part(part), cache, workers);
    }

    private List<TextMeasures> measures(Vocabulary vocabulary, Part part) {
        return part(part).stream()
                .map(prepared -> prepared.utterance().text())
                .filter(Objects::nonNull)
                .map(text -> TextMeasures.of(plan.tokenizer().tokenize(text), vocabulary))
                .filter(text -> text.words() > 0)
                .toList();
    }

    @Override
    public JsonObject identity() {
        return Json.object().with("features", cache.digest());
    }
}
