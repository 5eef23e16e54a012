package dev.parallax.audit;

import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.backend.Backend;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Labels;
import dev.parallax.data.VectorScaling;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.model.Turn;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Pooling;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Untrained models of dialogues with a first stage, and a dialogue of four turns: sound and words, words alone, sound
/// alone, and a long recording of two windows.
public final class SmallDialogues {

    public static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();

    private static final Labels LABELS = Labels.of(List.of("anger", "joy", "sadness"));
    private static final int RATE = 16_000;
    private static final int HIDDEN = 4;
    private static final double WINDOW = 1; // [s]

    private SmallDialogues() {}

    /// A model of dialogues.
    ///
    /// @param fusion   of the dialogue's network
    /// @param speakers whether it is told who speaks
    /// @param scaled   whether it reads its vectors on a common scale
    public static DialogueModel model(String fusion, boolean speakers, boolean scaled, long seed) {
        return model(fusion, speakers, scaled, true, seed);
    }

    /// A model that never uses later turns.
    public static DialogueModel causal(long seed) {
        return model("late-add", true, true, false, seed);
    }

    private static DialogueModel model(
            String fusion, boolean speakers, boolean scaled, boolean bidirectional, long seed) {
        EncoderConfig reader = new EncoderConfig(
                0, 6, EncoderConfig.RecurrentKind.GRU, HIDDEN, 1, bidirectional, 2, 0.2, 0.2, Pooling.MEAN);
        Standardization standardization = scaled ? Standardization.TRAINING : Standardization.NONE;
        NetworkConfig network =
                new NetworkConfig(reader, reader, 1, fusion, 2 * HIDDEN, true, standardization, speakers);
        DialogueModelSpec spec = new DialogueModelSpec(LABELS, network, 2 * HIDDEN, HIDDEN);
        VectorScaling scaling = new VectorScaling(scaling(2 * HIDDEN), scaling(HIDDEN));
        return spec.newModel(true, scaled ? scaling : VectorScaling.NONE, first(seed), BACKEND, seed);
    }

    /// The first column never changed.
    private static FeatureScaling scaling(int columns) {
        float[] mean = new float[columns];
        float[] deviation = new float[columns];
        for (int i = 1; i < columns; i++) {
            mean[i] = 0.01f * i;
            deviation[i] = 0.1f + 0.02f * i;
        }
        return new FeatureScaling(mean, deviation);
    }

    /// The dialogue, its recordings written into a folder.
    public static List<Turn> turns(Path folder) {
        return List.of(
                new Turn(sound(folder, 1, 0.3), "so glad", "a"),
                new Turn(null, "so so", "b"),
                new Turn(sound(folder, 2, 0.2), null, "a"),
                new Turn(sound(folder, 3, 1.2), "glad you came", null));
    }

    private static FileAudio sound(Path folder, int number, double seconds) {
        RandomStream random = new RandomStream(number, 0, 0, 0);
        float[] samples = new float[(int) (RATE * seconds)];
        for (int i = 0; i < samples.length; i++) {
            double voice = Math.sin(i * 0.03 * (number + 1)) * (1 + Math.sin(i * 0.002));
            samples[i] = (float) (0.2 * voice + 0.01 * random.uniform(-1, 1));
        }
        Path file = folder.resolve("turn" + number + ".wav");
        WavWriter.PCM_16.write(file, new Audio(samples, RATE));
        return new FileAudio(file);
    }

    /// Turns as they are audited.
    public static List<HeardTurn> heard(List<Turn> turns) {
        return turns.stream()
                .map(turn -> new HeardTurn(windows(turn.audio()), turn.text(), turn.speaker()))
                .toList();
    }

    private static List<Audio> windows(@Nullable AudioSource audio) {
        return audio == null
                ? List.of()
                : SpeechWindows.of(audio, WINDOW).stream()
                        .map(AudioSource::read)
                        .toList();
    }

    private static EmotionModel first(long seed) {
        EncoderConfig audio =
                new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.LSTM, HIDDEN, 1, true, 2, 0.2, 0.2, Pooling.MEAN);
        EncoderConfig text =
                new EncoderConfig(0, 0, EncoderConfig.RecurrentKind.NONE, HIDDEN, 1, true, 2, 0.2, 0.2, Pooling.MEAN);
        ModelConfig config = new ModelConfig(
                LABELS,
                FeatureConfig.preset("speech").withStack(4),
                Tokenizer.standard(),
                Subwords.NONE,
                new NetworkConfig(audio, text, HIDDEN, "late-add", HIDDEN),
                true,
                WINDOW);
        Vocabulary vocabulary = Vocabulary.build(List.of(List.of("so", "glad")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, vocabulary, BACKEND, seed);
    }
}
