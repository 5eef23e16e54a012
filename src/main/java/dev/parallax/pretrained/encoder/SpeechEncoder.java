package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.io.Json;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Precision;
import java.nio.file.Path;
import java.util.List;

/// A pretrained encoder of speech: from the samples of a recording to states, one every 20 ms, behind each of its
/// layers.
public sealed interface SpeechEncoder permits StagedEncoder {

    /// The sample rate that all of them read [Hz].
    int RATE = 16_000;

    /// Samples from one state to the next.
    int HOP = 320;

    /// Reads an encoder from its folder: its settings and the weights.
    ///
    /// @param firstStream number of its first dropout
    /// @throws BadInputException if a file is missing or damaged, or describes what is not supported
    static SpeechEncoder read(Path folder, Backend backend, int firstStream) {
        return read(folder, backend, firstStream, WeightLoader::fill);
    }

    /// Reads an encoder that will not be trained: its weights are kept in the form in which the backend
    /// multiplies them fastest ([Backend#packed]), in place of the plain one. Its states have the same bits.
    ///
    /// @throws BadInputException as [#read]
    static SpeechEncoder frozen(Path folder, Backend backend) {
        return frozen(folder, backend, Precision.FLOAT32);
    }

    /// The same with weights that are rounded, where that is asked for; then the states are not the same.
    static SpeechEncoder frozen(Path folder, Backend backend, Precision precision) {
        return read(folder, backend, 0, WeightLoader.freezing(precision));
    }

    private static SpeechEncoder read(Path folder, Backend backend, int firstStream, WeightLoader.Way way) {
        if (EncoderKind.isOfFunAsr(folder)) {
            return EncoderSettings.made(folder, () -> Emotion2Vec.read(folder, backend, firstStream, way));
        }
        String type = Json.parseObject(folder.resolve("config.json")).text("model_type");
        return EncoderSettings.made(
                folder,
                () -> type.equals(EncoderKind.WHISPER)
                        ? Whisper.read(folder, backend, firstStream, way)
                        : Wav2Vec2.read(folder, backend, firstStream, way));
    }

    /// All parameters; the caller closes them.
    Parameters parameters();

    /// Columns of the states.
    int width();

    /// Transformer blocks; there is one state more.
    int layers();

    /// The rows of a state that belong to a recording of so many samples. Whisper has more: of the silence behind it.
    int frames(int samples);

    /// What the encoder reads of a recording: its samples or features of them, which need no parameters.
    ///
    /// @param samples at [#RATE], full scale is 1
    /// @throws BadInputException if there are too few of them, or too many
    float[] input(float[] samples);

    /// How it comes from the samples.
    InputFormula inputFormula();

    /// The states before the first block and behind each one, of recordings that are read each alone.
    ///
    /// @param inputs of the recordings ([#input])
    /// @return [#layers] + 1 states [frames, width], the frames of one recording after those of another
    default List<Variable> states(Pass pass, List<float[]> inputs) {
        return states(pass, inputs, layers());
    }

    /// The same up to a layer; the stages behind it are not computed.
    ///
    /// @param last the last layer, from 0 to [#layers]
    /// @return `last` + 1 states [frames, width]
    List<Variable> states(Pass pass, List<float[]> inputs, int last);

    /// The same values, without what gradients would need: a stage of the encoder is kept until the next has read it.
    ///
    /// @return [#layers] + 1 states [frames, width]
    default List<float[]> frozenStates(Backend backend, List<float[]> inputs) {
        return frozenStates(backend, inputs, layers());
    }

    /// The same up to a layer; the stages behind it are not computed.
    ///
    /// @param last the last layer, from 0 to [#layers]
    /// @return `last` + 1 states [frames, width]
    default List<float[]> frozenStates(Backend backend, List<float[]> inputs, int last) {
        try (Tape one = new Tape(backend);
                Tape two = new Tape(backend)) {
            return frozenStates(one, two, inputs, last);
        }
    }

    /// The same on tapes of the caller, which are used in turn. What they hold afterwards is of no use.
    List<float[]> frozenStates(Tape one, Tape two, List<float[]> inputs, int last);
}
