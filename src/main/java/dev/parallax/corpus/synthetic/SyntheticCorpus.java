package dev.parallax.corpus.synthetic;

import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The embedded corpus: synthetic utterances with sound, words, emotion, speaker and split, the same for the same
/// settings on every machine. Sound is made when it is asked for, in any order, on any thread.
///
/// Training, validation and test share no speaker and no carrier sentence; they share the emotion words. What each
/// perspective of an utterance shows is known here and to tests only: it is in no [Utterance].
public final class SyntheticCorpus {

    /// The classes, in order.
    public static final List<String> LABELS = Symbol.LABELS;

    private final SyntheticSettings settings;
    private final List<Planned> plan;
    private final Map<Split, List<String>> carriers = new EnumMap<>(Split.class);
    private final List<Utterance> utterances;

    /// Draws the corpus; takes milliseconds, since no sound is made yet.
    public SyntheticCorpus(SyntheticSettings settings) {
        this.settings = settings;
        this.plan = SyntheticDesign.of(settings);
        for (Split split : Split.values()) {
            carriers.put(split, Sentences.carriers(split));
        }
        this.utterances = plan.stream().map(this::utterance).toList();
    }

    /// What it was drawn from.
    public SyntheticSettings settings() {
        return settings;
    }

    /// The utterances: training, then validation, then test, each in random order.
    public List<Utterance> utterances() {
        return utterances;
    }

    /// The best accuracies that can be reached.
    public SyntheticCeilings ceilings() {
        return SyntheticCeilings.of(settings);
    }

    /// The truth behind the utterances, in their order. For tests: nothing that a model is given may come from here.
    List<Planned> plan() {
        return plan;
    }

    /// What the sound of an utterance is made from. For tests, likewise.
    SoundDesign score(Planned planned) {
        Voice voice = Voice.draw(settings.seed(), planned.speaker());
        return SoundDesign.draw(settings, planned.number(), voice, planned.audio());
    }

    private Utterance utterance(Planned planned) {
        SoundDesign score = score(planned);
        return new Utterance(
                String.format(Locale.ROOT, "synthetic-%05d", planned.number()),
                new SyntheticAudio(score, settings.sampleRate()),
                sentence(planned),
                LABELS.get(planned.emotion()),
                Origin.ofSpeaker(score.voice().name()).withSplit(planned.split().label()));
    }

    private String sentence(Planned planned) {
        RandomStream random = new RandomStream(settings.seed(), 0, Streams.WORDS, planned.number());
        List<String> choice = carriers.getOrDefault(planned.split(), List.of());
        return Sentences.fill(choice.get(random.nextInt(choice.size())), planned.text(), random);
    }
}
