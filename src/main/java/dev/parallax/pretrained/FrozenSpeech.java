package dev.parallax.pretrained;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.features.FeatureKind;
import dev.parallax.audio.features.Features;
import dev.parallax.audio.features.Functionals;
import dev.parallax.autograd.SpareTapes;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.TapeListener;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.encoder.InputFormula;
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
    private final Lazily<SpareTapes> tapes; // each keeps at most as much memory as the weights take

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
        this.tapes = new Lazily<>(
                () -> new SpareTapes(backend, encoder.get().parameters().size()));
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
        float[] samples = samples(audio, threads);
        SpeechEncoder ready = encoder.get();
        List<float[]> inputs = List.of(ready.input(samples));
        List<float[]> states = encoder.inTurn(
                backend.wantsWholeBatches(), () -> backend.onThreads(threads, some -> states(ready, inputs, some)));
        int rows = ready.frames(samples.length);
        return new Features(Halves.sideBySide(states, input, rows), rows, columns);
    }

    private List<float[]> states(SpeechEncoder ready, List<float[]> inputs, Backend on) {
        int last = input.frozenLayers().getLast();
        List<float[]> states = new ArrayList<>();
        SpareTapes spare = tapes.get();
        spare.lend(on, one -> spare.lend(on, two -> states.addAll(ready.frozenStates(one, two, inputs, last))));
        return states;
    }

    /// The samples of a recording at the encoder's rate, [SpeechEncoder#RATE].
    ///
    /// @param threads at most
    public static float[] samples(Audio audio, int threads) {
        return audio.sampleRate() == SpeechEncoder.RATE
                ? audio.samples()
                : Resampler.of(audio.sampleRate(), SpeechEncoder.RATE).resample(audio.samples(), threads);
    }

    /// What the encoder reads of samples at its rate.
    ///
    /// @throws dev.parallax.BadInputException if there are too few of them, or too many
    public float[] input(float[] samples) {
        return encoder.get().input(samples);
    }

    /// How that comes from the samples.
    public InputFormula inputFormula() {
        return encoder.get().inputFormula();
    }

    /// Computes the states of a recording once more, for those who follow how.
    ///
    /// @param read     what the encoder reads ([#input])
    /// @param listener is told of each operation
    /// @param use      takes the states behind the layers from 0 on, which are gone afterwards
    public void follow(float[] read, TapeListener listener, Consumer<List<Variable>> use) {
        SpeechEncoder ready = encoder.get();
        try (Tape tape = new Tape(backend, listener)) {
            Pass pass = Pass.inference(tape, ready.parameters());
            use.accept(ready.states(pass, List.of(read), input.frozenLayers().getLast()));
        }
    }

    /// Computes them once more, keeping nothing of what has been read.
    ///
    /// @param read     what the encoder reads ([#input])
    /// @param listener is told of each operation
    public void listen(float[] read, TapeListener listener) {
        try (Tape one = new Tape(backend, listener);
                Tape two = new Tape(backend, listener)) {
            encoder.get()
                    .frozenStates(one, two, List.of(read), input.frozenLayers().getLast());
        }
    }

    /// The weights as the folder has them, read anew; the caller closes them.
    public Parameters weights() {
        return SpeechEncoder.read(folder, backend, 0).parameters();
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
