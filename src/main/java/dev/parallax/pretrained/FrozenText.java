package dev.parallax.pretrained;

import dev.parallax.audio.features.Features;
import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.autograd.SpareTapes;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.TapeListener;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.io.SafeFiles;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.encoder.EncoderShape;
import dev.parallax.pretrained.encoder.TextEncoder;
import dev.parallax.pretrained.tokenizer.Encoding;
import dev.parallax.pretrained.tokenizer.PretrainedTokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The states of a pretrained encoder for texts: a row for each token, the states of the layers that are read side by
/// side, in half precision. The encoder stays as it is, and its weights are read when the first text needs them.
public final class FrozenText {

    private final EncoderInput input;
    private final Path folder;
    private final Backend backend;
    private final @Nullable KeptFeatures kept;
    private final String digest;
    private final List<String> columns;
    private final Lazily<PretrainedTokenizer> tokenizer;
    private final Lazily<TextEncoder> encoder;
    private final Lazily<SpareTapes> tapes; // each keeps at most as much memory as the weights take

    /// @param folder  of the encoder that `input` names
    /// @param backend that computes the states
    FrozenText(EncoderInput input, Path folder, Backend backend) {
        this.input = input;
        this.folder = folder;
        this.backend = backend;
        this.kept = null;
        this.digest = Halves.digest(input);
        List<String> names = new ArrayList<>();
        for (int column = 0; column < input.columns(); column++) {
            names.add(Integer.toString(column));
        }
        this.columns = List.copyOf(names);
        this.tokenizer = new Lazily<>(() -> tokenizer(folder));
        this.encoder = new Lazily<>(() -> TextEncoder.frozen(folder, backend));
        this.tapes = new Lazily<>(
                () -> new SpareTapes(backend, encoder.get().parameters().size()));
    }

    private FrozenText(FrozenText other, KeptFeatures kept) {
        this.input = other.input;
        this.folder = other.folder;
        this.backend = other.backend;
        this.kept = kept;
        this.digest = other.digest;
        this.columns = other.columns;
        this.tokenizer = other.tokenizer;
        this.encoder = other.encoder;
        this.tapes = other.tapes;
    }

    private static PretrainedTokenizer tokenizer(Path folder) {
        PretrainedTokenizer own = PretrainedTokenizer.read(folder);
        return own.withMaxLength(
                Math.min(own.maxLength(), EncoderShape.of(folder).longest()));
    }

    /// The same, with states that are kept from text to text and from run to run.
    public FrozenText keeping(KeptFeatures states) {
        return new FrozenText(this, states);
    }

    public EncoderInput input() {
        return input;
    }

    /// The folder of the encoder.
    public Path folder() {
        return folder;
    }

    /// Reads tokenizer and encoder, and forgets the encoder.
    ///
    /// @throws dev.parallax.BadInputException if one cannot be read
    void requireReadable() {
        tokenizer.get();
        TextEncoder.frozen(folder, backend).parameters().close();
    }

    /// What identifies the states: equal digests, equal states.
    public String digest() {
        return digest;
    }

    /// The tokens of a text, as far as the encoder has positions for them.
    public Encoding tokens(String text) {
        return tokenizer.get().encode(text);
    }

    /// Whether a token stands for what the encoder has no token for.
    public boolean isUnknown(Encoding.Token token) {
        return tokenizer.get().isUnknown(token.id());
    }

    /// One line on what is not read of a text, or null where all of it is.
    ///
    /// @param rows of its states: only a text of the most tokens can be cut, so others are not read again
    public @Nullable String cut(String text, int rows) {
        return rows < tokenizer.get().maxLength() ? null : tokens(text).cut();
    }

    /// The states of a text, computed on one thread: for callers that read many side by side.
    ///
    /// @return [tokens, columns], the tokens as [#tokens] gives them
    public Features states(String text) {
        return states(text, 1);
    }

    /// The same of a text that is read alone.
    ///
    /// @param threads at most, on which the states do not depend
    public Features states(String text, int threads) {
        KeptFeatures cache = kept;
        return cache == null
                ? computed(text, threads)
                : cache.get(
                        SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8)),
                        digest,
                        columns,
                        true,
                        () -> computed(text, threads));
    }

    private Features computed(String text, int threads) {
        Encoding read = tokens(text);
        int rows = read.tokens().size();
        TextEncoder ready = encoder.get();
        List<float[]> states = encoder.inTurn(
                backend.wantsWholeBatches(), () -> backend.onThreads(threads, some -> values(ready, read, some)));
        return new Features(Halves.sideBySide(states, input, rows), rows, columns);
    }

    private List<float[]> values(TextEncoder ready, Encoding read, Backend on) {
        List<float[]> states = new ArrayList<>();
        tapes.get()
                .lend(
                        on,
                        tape -> onTape(ready, read, tape)
                                .forEach(state -> states.add(state.value().toArray())));
        return states;
    }

    private List<Variable> onTape(TextEncoder ready, Encoding read, Tape tape) {
        Pass pass = Pass.inference(tape, ready.parameters());
        Offsets rows = Offsets.ofLengths(read.tokens().size());
        return ready.states(
                pass, read.ids(), read.types(), rows, input.frozenLayers().getLast());
    }

    /// Computes the states of a text once more, for those who follow how.
    ///
    /// @param listener is told of each operation
    /// @param use      takes the states behind the layers from 0 on, which are gone afterwards
    public void follow(String text, TapeListener listener, Consumer<List<Variable>> use) {
        try (Tape tape = new Tape(backend, listener)) {
            use.accept(onTape(encoder.get(), tokens(text), tape));
        }
    }

    /// The weights as the folder has them, read anew; the caller closes them.
    public Parameters weights() {
        return TextEncoder.read(folder, backend, 0).parameters();
    }
}
