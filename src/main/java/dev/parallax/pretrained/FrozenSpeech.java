package dev.parallax.pretrained;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.features.FeatureKind;
import dev.parallax.audio.features.Features;
import dev.parallax.audio.features.Functionals;
import dev.parallax.backend.Backend;
import dev.parallax.pretrained.encoder.SpeechEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The states of a pretrained encoder of speech as features of recordings: a row for each frame of 20 ms, the states
/// of the layers that are read side by side, in half precision. The encoder stays as it is, and its weights are read
/// when the first recording needs them.
public final class FrozenSpeech implements FeatureKind {

    /// Seconds from one row to the next.
    public static final double ROW_SECONDS = (double) SpeechEncoder.HOP / SpeechEncoder.RATE;

    private final EncoderInput input;
    private final Path folder;
    private final Backend backend;
    private final List<String> columns;
    private final Lazily<SpeechEncoder> encoder;

    /// @param folder  of the encoder that `input` names
    /// @param backend that computes the states
    FrozenSpeech(EncoderInput input, Path folder, Backend backend) {
        this.input = input;
        this.folder = folder;
        this.backend = backend;
        List<String> names = new ArrayList<>();
        for (int layer : input.frozenLayers()) {
            for (int column = 0; column < input.width(); column++) {
                names.add("layer" + layer + "." + column);
            }
        }
        this.columns = List.copyOf(names);
        this.encoder = new Lazily<>(() -> SpeechEncoder.frozen(folder, backend));
    }

    public EncoderInput input() {
        return input;
    }

    /// The folder of the encoder.
    public Path folder() {
        return folder;
    }

    /// Reads the encoder and forgets it.
    ///
    /// @throws dev.parallax.BadInputException if it cannot be read
    void requireReadable() {
        SpeechEncoder.frozen(folder, backend).parameters().close();
    }

    @Override
    public String digest() {
        return Halves.digest(input);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    /// The layers: a mask on columns applies to all of them.
    @Override
    public int groups() {
        return input.frozenLayers().size();
    }

    @Override
    public boolean isHalfPrecision() {
        return true;
    }

    /// @throws dev.parallax.BadInputException if the recording is too short for a frame
    @Override
    public Features extract(Audio audio, Consumer<String> warnings, int threads) {
        if (audio.sampleRate() < SpeechEncoder.RATE) {
            warnings.accept(audio.sampleRate() + " Hz recording: it has nothing above " + audio.sampleRate() / 2
                    + " Hz, and the encoder has learned from recordings of " + SpeechEncoder.RATE
                    + " Hz; give a recording of a higher rate, if there is one");
        }
        float[] samples = audio.sampleRate() == SpeechEncoder.RATE
                ? audio.samples()
                : Resampler.of(audio.sampleRate(), SpeechEncoder.RATE).resample(audio.samples(), threads);
        SpeechEncoder ready = encoder.get();
        List<float[]> inputs = List.of(ready.input(samples));
        int last = input.frozenLayers().getLast();
        List<float[]> states = encoder.inTurn(
                backend.wantsWholeBatches(),
                () -> backend.onThreads(threads, some -> ready.frozenStates(some, inputs, last)));
        int rows = ready.frames(samples.length);
        return new Features(Halves.sideBySide(states, input, rows), rows, columns);
    }

    @Override
    public float[] row(Features features) {
        return statistics(features);
    }

    /// Statistics over time of the mean over layers.
    @Override
    public float[] statistics(Features features) {
        int width = input.width();
        int layers = input.frozenLayers().size();
        float[] means = new float[features.frames() * width];
        float[] values = features.values();
        for (int t = 0; t < features.frames(); t++) {
            for (int column = 0; column < width; column++) {
                double sum = 0;
                for (int layer = 0; layer < layers; layer++) {
                    sum += values[(t * layers + layer) * width + column];
                }
                means[t * width + column] = (float) (sum / layers);
            }
        }
        Features mean = new Features(means, features.frames(), columns.subList(0, width));
        return Functionals.STATISTICS.of(mean, ROW_SECONDS).values();
    }
}
