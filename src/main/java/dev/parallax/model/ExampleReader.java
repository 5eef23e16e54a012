package dev.parallax.model;

import dev.parallax.audio.Audio;
import dev.parallax.audio.FeatureExtractor;
import dev.parallax.audio.Features;
import dev.parallax.audio.RecordingMeasures;
import dev.parallax.data.Example;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Tokens;
import dev.parallax.data.WordTimes;
import dev.parallax.text.TextMeasures;
import dev.parallax.text.TokenizedText;
import dev.parallax.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes of recordings and sentences what a model is fed: frames, word ids, and where it is known and of use,
/// which frames sound while a word is spoken.
final class ExampleReader {

    private final ModelConfig config;
    private final @Nullable Vocabulary vocabulary;
    private final @Nullable FeatureScaling scaling;
    private final FeatureExtractor extractor;
    private final @Nullable String adapted;

    /// @param adapted what to say of a scaling that is the speaker's own, null for that of the training part
    ExampleReader(
            ModelConfig config,
            @Nullable Vocabulary vocabulary,
            @Nullable FeatureScaling scaling,
            @Nullable String adapted) {
        this.adapted = adapted;
        this.config = config;
        this.vocabulary = vocabulary;
        this.scaling = scaling;
        this.extractor = new FeatureExtractor(config.features());
    }

    /// The features of a window, standardised.
    ///
    /// @param domain  what the model has heard
    /// @param doubts  told what makes an answer to this window unreliable
    /// @param threads at most, on which the result does not depend
    float[] frames(Audio window, SoundDomain domain, SoundDoubts doubts, List<String> warnings, int threads) {
        Features features = extractor.extract(window, warnings::add, threads);
        if (adapted != null) {
            warnings.add(adapted);
        } else if (config.network().standardization() == Standardization.SPEAKER) {
            warnings.add(
                    "this model standardises features over other recordings of the same speaker, of whom nothing is"
                            + " known here; those of its training part stand in");
        }
        doubts.add(doubts(window, features, domain));
        return scaling == null ? features.values() : scaling.apply(features.values());
    }

    /// What makes an answer to a window unreliable, a line each.
    ///
    /// @param features of the window, as they were extracted
    List<String> doubts(Audio window, Features features, SoundDomain domain) {
        List<String> all = new ArrayList<>(window.doubts());
        all.addAll(domain.doubts(RecordingMeasures.of(window), config.features().statistics(features)));
        return all;
    }

    /// What makes an answer to a text unreliable, a line each.
    ///
    /// @param domain what the model has read
    List<String> doubts(@Nullable String text, TextDomain domain) {
        return vocabulary == null || text == null
                ? List.of()
                : domain.doubts(TextMeasures.of(config.tokenizer().tokenize(text), vocabulary));
    }

    /// See [EmotionModel#encode].
    @Nullable
    Tokens encode(@Nullable String text, Consumer<String> warnings) {
        if (vocabulary == null || text == null) {
            return null;
        }
        TokenizedText read = config.tokenizer().read(text);
        String cut = read.cut();
        if (cut != null) {
            warnings.accept(cut);
        }
        return bags(vocabulary, read.tokens());
    }

    /// Whether a text says anything but marks.
    boolean holdsWord(String text) {
        return config.tokenizer().read(text).holdsWord();
    }

    /// A token's rows: its word, where it is known, and its pieces; the row of unknown words where it has neither.
    private @Nullable Tokens bags(Vocabulary known, List<String> tokens) {
        IntStream.Builder ids = IntStream.builder();
        int[] sizes = new int[tokens.size()];
        for (int i = 0; i < sizes.length; i++) {
            String token = tokens.get(i);
            int word = known.id(token);
            boolean whole = word > 0 && !config.subwords().known();
            int[] pieces = whole ? new int[0] : config.subwords().of(token);
            if (word > 0 || pieces.length == 0) {
                ids.add(word);
                sizes[i]++;
            }
            for (int piece : pieces) {
                ids.add(known.size() + piece);
            }
            sizes[i] += pieces.length;
        }
        return tokens.isEmpty() ? null : new Tokens(ids.build().toArray(), sizes, null);
    }

    /// See [EmotionModel#example].
    Example example(float @Nullable [] frames, @Nullable String text, @Nullable WordTimes times, int label) {
        return times != null && config.network().fusesInputs() && frames != null && text != null && vocabulary != null
                ? timed(frames, text, times, vocabulary, label)
                : new Example(frames, encode(text, _ -> {}), label);
    }

    /// Each token has the frames of its word.
    private Example timed(float[] frames, String text, WordTimes times, Vocabulary known, int label) {
        List<String> all = new ArrayList<>();
        IntStream.Builder spans = IntStream.builder();
        double row = config.features().rowSeconds();
        String[] words = WordTimes.words(text);
        int characters = 0;
        for (int i = 0; i < words.length; i++) {
            int from = (int) (times.start(i) / row);
            int to = Math.max(from + 1, (int) Math.ceil(times.end(i) / row));
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
}
