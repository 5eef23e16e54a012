package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestBackends;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpeakerScalingTest {

    private static final Backend BACKEND = TestBackends.all().toList().getFirst();
    private static final FeatureConfig FEATURES = FeatureConfig.preset("speech").withStack(8);
    private static final FeatureCache CACHE = new FeatureCache(FEATURES, null, 1 << 26, line -> {});
    private static final int FEW = FeatureScaling.LEAST_OF_SPEAKER - 1;

    private final List<String> notes = new ArrayList<>();

    /// Eight recordings of speaker a, too few of b, one of nobody.
    private static List<Prepared> recordings() {
        List<Utterance> all = new SyntheticCorpus(SyntheticSettings.defaults(3).withSize(80)).utterances();
        List<Utterance> some = IntStream.range(0, 8 + FEW + 1)
                .mapToObj(i -> all.get(i).withOrigin(Origin.ofSpeaker(i < 8 ? "a" : i < 8 + FEW ? "b" : null)))
                .toList();
        try (Workers workers = new Workers(1)) {
            return Evaluation.usable(true, false, 15, some, CACHE, workers, line -> {});
        }
    }

    private static EmotionModel model(Standardization standardization, List<Prepared> training) {
        NetworkConfig network = NetworkConfig.fromJson(
                        NetworkConfig.STANDARD.toJson().with("standardization", standardization.name()))
                .withModalities(true, false);
        FeatureScaling scaling = standardization == Standardization.NONE ? null : SpeakerScaling.over(training, CACHE);
        return new UtteranceModelSpec(
                        Labels.of("x", "y"),
                        FEATURES,
                        network,
                        Tokenizer.standard(),
                        Subwords.NONE,
                        Vocabulary.Limits.standard())
                .newModel(StartingWeights.RANDOM, List.of(), scaling, true, BACKEND, 1, line -> {});
    }

    private static float[] values(Prepared prepared) {
        return CACHE.values(prepared.windows().getFirst().source());
    }

    @Test
    void apply_speaker_hasMeanZeroAndDeviationOneOverItsRecordings() {
        List<Prepared> recordings = recordings();
        SpeakerScaling scaling =
                new SpeakerScaling(model(Standardization.SPEAKER, recordings), recordings, CACHE, notes::add);
        List<float[]> scaled = recordings.subList(0, 8).stream()
                .map(prepared -> scaling.apply(prepared.utterance(), values(prepared)))
                .toList();
        FeatureScaling after = FeatureScaling.of(CACHE.columns(), scaled);
        for (int column = 0; column < CACHE.columns(); column++) {
            assertEquals(0, after.mean()[column], 1e-4);
            assertEquals(1, after.deviation()[column], 1e-4);
        }
    }

    @Test
    void apply_fewRecordingsOrNoName_areScaledOverTheTrainingPart() {
        List<Prepared> recordings = recordings();
        EmotionModel model = model(Standardization.SPEAKER, recordings);
        FeatureScaling general = Objects.requireNonNull(model.scaling());
        SpeakerScaling scaling = new SpeakerScaling(model, recordings, CACHE, notes::add);
        for (Prepared prepared : recordings.subList(8, recordings.size())) {
            assertArrayEquals(general.apply(values(prepared)), scaling.apply(prepared.utterance(), values(prepared)));
        }
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().startsWith((FEW + 1) + " recordings are of unknown speakers"), notes.toString());
    }

    @Test
    void apply_none_leavesFeaturesAsTheyAre() {
        List<Prepared> recordings = recordings();
        SpeakerScaling scaling =
                new SpeakerScaling(model(Standardization.NONE, recordings), recordings, CACHE, notes::add);
        float[] values = values(recordings.getFirst());
        assertArrayEquals(values, scaling.apply(recordings.getFirst().utterance(), values));
    }
}
