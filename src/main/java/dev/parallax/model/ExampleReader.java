package dev.parallax.model;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.FeatureKind;
import dev.parallax.audio.features.Features;
import dev.parallax.audio.speech.MeasuredSound;
import dev.parallax.data.Example;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Tokens;
import dev.parallax.data.WordTimes;
import dev.parallax.model.domain.HeardWindow;
import dev.parallax.model.domain.SoundDomain;
import dev.parallax.model.domain.SoundDoubts;
import dev.parallax.model.domain.TextDomain;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.pretrained.FrozenText;
import dev.parallax.pretrained.tokenizer.Encoding;
import dev.parallax.text.TextMeasures;
import dev.parallax.text.TokenizedText;
import dev.parallax.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Turns recordings and sentences into the inputs of a model: frames, word ids or states of a pretrained encoder and,
/// where known and used, the frames during which each word is spoken.
final class ExampleReader {

    private final ModelConfig config;
    private final @Nullable Vocabulary vocabulary;
    private final @Nullable FeatureScaling scaling;
    private final FeatureKind kind;
    private final @Nullable FrozenText encoder;
    private final @Nullable String adapted;

    /// @param encoders those of the configuration
    /// @param adapted  the note on a scaling that is the speaker's own, null for that of the training part
    ExampleReader(
            ModelConfig config,
            FrozenEncoders encoders,
            @Nullable Vocabulary vocabulary,
            @Nullable FeatureScaling scaling,
            @Nullable String adapted) {
        this.adapted = adapted;
        this.config = config;
        this.vocabulary = vocabulary;
        this.scaling = scaling;
        this.kind = encoders.audio() == null ? new FeatureExtractor(config.features()) : encoders.audio();
        this.encoder = encoders.text();
    }

    /// The features of a window, and the measures of its sound.
    ///
    /// @param threads at most, on which the result does not depend
    HeardWindow hear(Audio window, int threads) {
        List<String> told = new ArrayList<>();
        return heard(MeasuredSound.of(window), kind.extract(window, told::add, threads), told);
    }

    /// The same of features that are there.
    ///
    /// @param told the warnings from extracting them
    HeardWindow heard(MeasuredSound sound, Features features, List<String> told) {
        return new HeardWindow(features.values(), kind.statistics(features), sound.measures(), sound.doubts(), told);
    }

    /// The features of a window, standardised.
    ///
    /// @param domain the sound that the model was trained on
    /// @param doubts receives what makes an answer to this window unreliable
    float[] frames(HeardWindow window, SoundDomain domain, SoundDoubts doubts, List<String> warnings) {
        warnings.addAll(window.warnings());
        if (adapted != null) {
            warnings.add(adapted);
        } else if (config.network().standardization() == Standardization.SPEAKER) {
            warnings.add(
                    "this model standardises features over other recordings of the same speaker, of whom nothing is"
                            + " known here; those of its training part stand in");
        }
        doubts.add(doubts(window, domain));
        return scaling == null ? window.features() : scaling.apply(window.features());
    }

    /// What makes an answer to a window unreliable, one line each.
    static List<String> doubts(HeardWindow window, SoundDomain domain) {
        List<String> all = new ArrayList<>(window.doubts());
        all.addAll(domain.doubts(window.measures(), window.statistics()));
        return all;
    }

    /// A text that was read once, for all later uses.
    ///
    /// @param tokens    the input of the model, null where there is none
    /// @param doubts    what makes an answer to it unreliable, one line each
    /// @param holdsWord whether it has anything but punctuation
    record ReadText(@Nullable Tokens tokens, List<String> doubts, boolean holdsWord) {

        /// Of no text, or of one that the model does not read.
        static final ReadText NONE = new ReadText(null, List.of(), false);
    }

    /// Reads a text.
    ///
    /// @param domain   the text that the model was trained on
    /// @param warnings receives one line where part of a very long text is not read
    /// @param threads  at most, on which the result does not depend
    ReadText read(@Nullable String text, TextDomain domain, Consumer<String> warnings, int threads) {
        if (vocabulary == null || text == null) {
            return ReadText.NONE;
        }
        TokenizedText read = tokenized(text, warnings);
        Tokens tokens = tokens(vocabulary, text, read.tokens(), warnings, threads);
        List<String> doubts = tokens == null ? List.of() : domain.doubts(TextMeasures.of(read.tokens(), vocabulary));
        return new ReadText(tokens, doubts, read.holdsWord());
    }

    /// See [EmotionModel#encode].
    @Nullable
    Tokens encode(@Nullable String text, Consumer<String> warnings) {
        return vocabulary == null || text == null
                ? null
                : tokens(vocabulary, text, tokenized(text, warnings).tokens(), warnings, 1);
    }

    /// See [EmotionModel#tokens].
    List<TokenText> tokens(@Nullable String text) {
        if (vocabulary == null || text == null || !reads(text)) {
            return List.of();
        }
        if (encoder != null) {
            return encoder.tokens(text).tokens().stream()
                    .map(token -> token(encoder, token, text))
                    .toList();
        }
        List<TokenText> all = new ArrayList<>();
        for (String word : config.tokenizer().read(text).tokens()) {
            IntStream.Builder rows = IntStream.builder();
            addRows(vocabulary, word, rows);
            all.add(new TokenText(word, rows.build().boxed().toList(), vocabulary.id(word) > 0));
        }
        return all;
    }

    private static TokenText token(FrozenText encoder, Encoding.Token token, String text) {
        String part = token.isAdded() ? TokenText.ADDED : text.substring(token.start(), token.end());
        return new TokenText(part, List.of(token.id()), !encoder.isUnknown(token));
    }

    /// Whether a text holds anything that the model reads.
    boolean reads(@Nullable String text) {
        return vocabulary != null
                && text != null
                && !config.tokenizer().read(text).tokens().isEmpty();
    }

    /// The rows of a text: of the embedding, or states of the pretrained encoder, which has tokens of its own.
    ///
    /// @param words tokens of the model's own tokenizer
    private @Nullable Tokens tokens(
            Vocabulary known, String text, List<String> words, Consumer<String> warnings, int threads) {
        if (encoder == null) {
            return bags(known, words);
        }
        if (words.isEmpty()) {
            return null;
        }
        Features states = encoder.states(text, threads);
        String cut = encoder.cut(text, states.frames());
        if (cut != null) {
            warnings.accept(cut);
        }
        return Tokens.ofStates(states.values(), states.frames(), null);
    }

    private TokenizedText tokenized(String text, Consumer<String> warnings) {
        TokenizedText read = config.tokenizer().read(text);
        String cut = read.cut();
        if (cut != null && encoder == null) {
            warnings.accept(cut);
        }
        return read;
    }

    private @Nullable Tokens bags(Vocabulary known, List<String> tokens) {
        IntStream.Builder ids = IntStream.builder();
        int[] sizes = new int[tokens.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = addRows(known, tokens.get(i), ids);
        }
        return tokens.isEmpty() ? null : new Tokens(ids.build().toArray(), sizes, null);
    }

    /// Adds a token's rows: its word, where it is known, and its pieces; the row of unknown words where it has neither.
    ///
    /// @return how many
    private int addRows(Vocabulary known, String token, IntStream.Builder rows) {
        int word = known.id(token);
        boolean whole = word > 0 && !config.subwords().known();
        int[] pieces = whole ? new int[0] : config.subwords().of(token);
        boolean own = word > 0 || pieces.length == 0;
        if (own) {
            rows.add(word);
        }
        for (int piece : pieces) {
            rows.add(known.size() + piece);
        }
        return pieces.length + (own ? 1 : 0);
    }

    /// See [EmotionModel#example].
    Example example(float @Nullable [] frames, @Nullable String text, @Nullable WordTimes times, int label) {
        Example timed = timed(frames, text, times, label);
        return timed == null ? new Example(frames, encode(text, _ -> {}), label) : timed;
    }

    /// An example whose tokens have the frames of their words, or null where the network makes no use of it, or
    /// they are not known.
    @Nullable
    Example timed(float @Nullable [] frames, @Nullable String text, @Nullable WordTimes times, int label) {
        return times != null && config.network().fusesInputs() && frames != null && text != null && vocabulary != null
                ? timed(frames, text, times, vocabulary, label)
                : null;
    }

    /// Each token has the frames of its word.
    private Example timed(float[] frames, String text, WordTimes times, Vocabulary known, int label) {
        if (encoder != null) {
            return timed(frames, text, times, encoder, label);
        }
        List<String> all = new ArrayList<>();
        IntStream.Builder spans = IntStream.builder();
        String[] words = WordTimes.words(text);
        int characters = 0;
        for (int i = 0; i < words.length; i++) {
            int from = firstRow(times, i);
            int to = endRow(times, i);
            for (String token : config.tokenizer().tokenize(words[i])) {
                characters += token.length();
                if (all.size() == TokenizedText.MOST_TOKENS || characters > TokenizedText.MOST_CHARACTERS) {
                    break;
                }
                all.add(token);
                spans.add(from).add(to);
            }
        }
        Tokens tokens = bags(known, all);
        return new Example(
                frames, tokens == null ? null : tokens.withSpans(spans.build().toArray()), label);
    }

    /// Each token of a pretrained encoder has the frames of the word that it begins in; those that stand for no word,
    /// such as the first and the last, have none.
    private Example timed(float[] frames, String text, WordTimes times, FrozenText reader, int label) {
        Features states = reader.states(text);
        int[] spans = new int[2 * states.frames()];
        List<Encoding.Token> tokens = reader.tokens(text).tokens();
        for (int i = 0; i < tokens.size(); i++) {
            Encoding.Token token = tokens.get(i);
            int word = token.isAdded() ? -1 : WordTimes.wordAt(text, token.start());
            spans[2 * i] = word < 0 ? -1 : firstRow(times, word);
            spans[2 * i + 1] = word < 0 ? -1 : endRow(times, word);
        }
        return new Example(frames, Tokens.ofStates(states.values(), states.frames(), spans), label);
    }

    private int firstRow(WordTimes times, int word) {
        return (int) (times.start(word) / config.rowSeconds());
    }

    private int endRow(WordTimes times, int word) {
        return Math.max(firstRow(times, word) + 1, (int) Math.ceil(times.end(word) / config.rowSeconds()));
    }
}
