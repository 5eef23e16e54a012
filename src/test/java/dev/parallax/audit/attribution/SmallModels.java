package dev.parallax.audit.attribution;

import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Labels;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Pooling;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Models whose answers are known: linear in what they read, with weights that a test sets.
final class SmallModels {

    static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();

    /// The columns F0, voicing, rms and zero-crossing rate, every 10 ms; nothing is cut or levelled.
    static final FeatureConfig PROSODY = FeatureConfig.preset("prosody");

    static final int RATE = 16_000;
    private static final int RMS = 2; // its column

    private static final EncoderConfig LINEAR =
            new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.NONE, 4, 1, true, 0, 0, 0, Pooling.MEAN);

    private SmallModels() {}

    /// A model of three words, each an axis of the embedding, and two classes, `calm` and `angry`. The
    /// logit of angry is the mean over the tokens of the weight of each, that of calm is constant.
    ///
    /// @param calm    the logit of calm
    /// @param weights of the words bad, so, good; unknown words have none
    static EmotionModel ofWords(float calm, float... weights) {
        EmotionModel model =
                new EmotionModel(config(new NetworkConfig(null, LINEAR, 3, "late-add", 4)), vocabulary(), BACKEND, 1);
        set(model, "text.embedding.weight", 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        set(model, "text.head.weight", 0, 0, 0, weights[0], weights[1], weights[2]);
        set(model, "text.head.bias", calm, 0);
        return model;
    }

    private static Vocabulary vocabulary() {
        // by falling count, so the ids are 1, 2, 3
        return Vocabulary.build(List.of(List.of("bad", "bad", "bad", "so", "so", "good")), new Vocabulary.Limits(1, 9));
    }

    /// A model that hears how loud it is: the logit of angry is weight times the mean rms, that of calm
    /// is constant. Its features are standardised to themselves, so that the baseline is silence.
    static EmotionModel ofLoudness(float calm, float weight) {
        NetworkConfig network =
                new NetworkConfig(LINEAR, null, 3, "late-add", 4, true, Standardization.TRAINING, false);
        float[] ones = new float[PROSODY.size()];
        Arrays.fill(ones, 1);
        FeatureScaling scaling = new FeatureScaling(new float[ones.length], ones);
        EmotionModel model = new EmotionModel(config(network), null, scaling, BACKEND, 1);
        float[] weights = new float[2 * ones.length];
        weights[ones.length + RMS] = weight;
        set(model, "audio.head.weight", weights);
        set(model, "audio.head.bias", calm, 0);
        return model;
    }

    private static ModelConfig config(NetworkConfig network) {
        return new ModelConfig(
                Labels.of(List.of("calm", "angry")),
                PROSODY,
                Tokenizer.standard(),
                Subwords.NONE,
                network,
                true,
                ModelConfig.WINDOW_SECONDS);
    }

    /// An untrained model of both, with the encoders of the command line but smaller.
    static EmotionModel ofFusion(String fusion) {
        return ofFusion(fusion, 2);
    }

    /// The same with another number of heads, a divisor of 8.
    static EmotionModel ofFusion(String fusion, int heads) {
        EncoderConfig audio =
                new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.LSTM, 4, 1, true, heads, 0.2, 0.2, Pooling.MEAN);
        EncoderConfig text =
                new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.NONE, 4, 1, true, heads, 0.2, 0.2, Pooling.MEAN);
        NetworkConfig network = new NetworkConfig(audio, text, 8, fusion, 8);
        ModelConfig config = new ModelConfig(
                Labels.of(List.of("calm", "angry", "glad")),
                FeatureConfig.preset("speech").withStack(8),
                Tokenizer.standard(),
                Subwords.NONE,
                network,
                !network.fusesInputs(), // then there is no answer without both
                ModelConfig.WINDOW_SECONDS);
        return new EmotionModel(config, vocabulary(), BACKEND, 7);
    }

    static void set(EmotionModel model, String name, float... values) {
        Parameter parameter = model.parameters().all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        BACKEND.upload(values, model.parameters().value(parameter).buffer());
    }

    static Perturbation ask(EmotionModel model, List<Audio> windows, @Nullable String text) {
        return new Perturbation(model, UtteranceAudit.of(model, windows, text));
    }

    /// Speech of the embedded corpus, in which somebody is heard to speak.
    static Audio speech(int number) {
        SyntheticCorpus corpus =
                new SyntheticCorpus(SyntheticSettings.defaults(1).withSize(40));
        return Objects.requireNonNull(corpus.utterances().get(number).audio()).read();
    }

    /// A second of faint noise with a loud tone in some of its twenty stretches.
    static Audio tone(int... stretches) {
        RandomStream random = new RandomStream(4, 0, 0, 0);
        float[] samples = new float[RATE];
        for (int i = 0; i < samples.length; i++) {
            int stretch = i * Perturbation.STRETCHES / samples.length;
            boolean loud = Arrays.stream(stretches).anyMatch(one -> one == stretch);
            samples[i] = (float) ((loud ? 0.8 * Math.sin(0.3 * i) : 0) + 0.002 * random.uniform(-1, 1));
        }
        return new Audio(samples, RATE);
    }
}
