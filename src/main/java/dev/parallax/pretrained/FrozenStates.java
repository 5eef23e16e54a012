package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.encoder.SpeechEncoder;
import dev.parallax.pretrained.encoder.TextEncoder;
import dev.parallax.pretrained.tokenizer.Encoding;
import dev.parallax.pretrained.tokenizer.PretrainedTokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The states of a pretrained encoder as it is, for one recording or one text: before its first block and behind each.
///
/// @param layers [rows, width] of each layer
/// @param rows   frames of 20 ms, or tokens
/// @param width  columns
public record FrozenStates(List<float[]> layers, int rows, int width) {

    public FrozenStates {
        layers = List.copyOf(layers);
    }

    /// The states of a text.
    ///
    /// @param folder   of an encoder of text
    /// @param warnings receives a line if the text is longer than the encoder reads
    /// @throws BadInputException if the folder has no such encoder
    public static FrozenStates ofText(Path folder, String text, Backend backend, Consumer<String> warnings) {
        Path own = SentenceModules.encoder(folder);
        PretrainedTokenizer tokenizer = PretrainedTokenizer.read(own);
        TextEncoder encoder = TextEncoder.frozen(own, backend);
        try (Tape tape = new Tape(backend)) {
            int longest = Math.min(tokenizer.maxLength(), encoder.longest());
            Encoding tokens = tokenizer.withMaxLength(longest).encode(text);
            int rows = tokens.tokens().size();
            String cut = tokens.cut();
            if (cut != null) {
                warnings.accept(cut);
            }
            Pass pass = Pass.inference(tape, encoder.parameters());
            return of(encoder.states(pass, tokens.ids(), tokens.types(), Offsets.ofLengths(rows)));
        } finally {
            encoder.parameters().close();
        }
    }

    /// The states of a recording, without those of silence that an encoder puts behind it.
    ///
    /// @param folder  of an encoder of speech
    /// @param samples at [SpeechEncoder#RATE]
    /// @throws BadInputException if the folder has no such encoder, or the recording is too short
    public static FrozenStates ofRecording(Path folder, float[] samples, Backend backend) {
        SpeechEncoder encoder = SpeechEncoder.frozen(folder, backend);
        try {
            List<float[]> states = encoder.frozenStates(backend, List.of(encoder.input(samples)));
            int rows = encoder.frames(samples.length);
            int values = rows * encoder.width();
            return new FrozenStates(
                    states.stream().map(state -> Arrays.copyOf(state, values)).toList(), rows, encoder.width());
        } finally {
            encoder.parameters().close();
        }
    }

    private static FrozenStates of(List<Variable> states) {
        return new FrozenStates(
                states.stream().map(state -> state.value().toArray()).toList(),
                states.getFirst().shape().size(0),
                states.getFirst().shape().size(1));
    }

    /// One layer of these.
    public FrozenStates layer(int number) {
        return new FrozenStates(List.of(layers.get(number)), rows, width);
    }

    /// One row for all of them, of the last layer.
    public FrozenStates pooled(SentencePooling pooling) {
        float[] row = pooling.row(this);
        return new FrozenStates(List.of(row), 1, row.length);
    }

    /// All values, layer after layer.
    ///
    /// @throws BadInputException if they are more than an array holds
    public float[] together() {
        long count = (long) layers.size() * rows * width;
        if (count > Integer.MAX_VALUE - 8) {
            throw new BadInputException("features: " + layers.size() + " layers of " + rows + " rows are " + count
                    + " numbers, an array has at most 2^31; give one layer (‹layer N›), or a shorter recording");
        }
        float[] all = new float[layers.size() * rows * width];
        for (int i = 0; i < layers.size(); i++) {
            System.arraycopy(layers.get(i), 0, all, i * rows * width, rows * width);
        }
        return all;
    }
}
