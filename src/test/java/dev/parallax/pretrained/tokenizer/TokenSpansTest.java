package dev.parallax.pretrained.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.JsonObject;
import dev.parallax.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The characters that tokens stand for.
class TokenSpansTest {

    private static final int RANDOM_TEXTS = 300;

    static Stream<String> names() {
        return TokenizerFiles.NAMES.stream();
    }

    private static Stream<String> texts() {
        RandomStream random = new RandomStream(20231, 0, 0, 0);
        return Stream.concat(
                TokenizerFiles.strings().stream().map(row -> row.text("text")),
                IntStream.range(0, RANDOM_TEXTS).mapToObj(i -> RandomText.draw(random)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void encode_spans_lieInTheTextAndNeverGoBack(String name) {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer(name);
        texts().forEach(text -> {
            int start = 0;
            int end = 0;
            for (Encoding.Token token : tokenizer.encode(text).tokens()) {
                if (token.isAdded()) {
                    continue;
                }
                assertTrue(token.start() >= start && token.end() >= end, () -> text + ": " + token);
                assertTrue(token.start() <= token.end() && token.end() <= text.length(), () -> text + ": " + token);
                start = token.start();
                end = token.end();
            }
        });
    }

    /// A token read by itself is the same token: what it stands for normalizes to it.
    @ParameterizedTest
    @CsvSource({"wordpiece-uncased, ##", "wordpiece-cased, ##"})
    void encode_span_normalizesToItsToken(String name, String prefix) {
        JsonObject json = TokenizerFiles.json(name);
        Normalizer normalizer = Normalizer.read(json.object("normalizer"));
        Map<Integer, String> tokens = json.object("model").object("vocab").fields().keySet().stream()
                .collect(Collectors.toMap(json.object("model").object("vocab")::integer, Function.identity()));
        PretrainedTokenizer tokenizer = TokenizerJson.read(json);
        int[] compared = new int[1];
        texts().forEach(text -> {
            for (Encoding.Token token : tokenizer.encode(text).tokens()) {
                String expected = Objects.requireNonNull(tokens.get(token.id()));
                if (token.isAdded() || expected.equals("[UNK]")) {
                    continue;
                }
                String span = text.substring(token.start(), token.end());
                String normal =
                        normalizer.normalize(AlignedText.of(span)).text().strip();
                String bare = expected.startsWith(prefix) ? expected.substring(prefix.length()) : expected;
                assertTrue(normal.equals(bare) || span.equals(expected) || normal.contains(bare), text + ": " + token);
                compared[0] += normal.equals(bare) ? 1 : 0;
            }
        });
        assertTrue(compared[0] > 3000, compared[0] + " tokens equal what they stand for");
    }

    /// The words of SentencePiece stand for the characters of the text, without a gap where nothing is
    /// dropped.
    @Test
    void encode_wordsOfPlainText_standForIt() {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer("unigram-words");
        String text = "I am so happy, really!";
        List<String> spans = tokenizer.encode(text).tokens().stream()
                .filter(token -> !token.isAdded())
                .map(token -> text.substring(token.start(), token.end()))
                .toList();
        assertEquals("Iamsohappy,really!", String.join("", spans));
    }

    @Test
    void encode_composedAndDecomposedAccents_countInOriginalCharacters() {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer("wordpiece-uncased");
        // naïve with one character for ï, and with i and a mark, and behind an emoji of two UTF-16 units
        assertEquals(List.of("0-5"), spans(tokenizer, "na\u00EFve"));
        assertEquals(List.of("0-6"), spans(tokenizer, "nai\u0308ve"));
        assertEquals(List.of("0-2", "3-8"), spans(tokenizer, "\uD83D\uDE02 na\u00EFve"));
    }

    @Test
    void encode_blanksOfByteLevelTokens_areTrimmed() {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer("bpe");
        assertEquals(List.of("1-6", "7-11", "12-18"), spans(tokenizer, " happy that <mask>"));
    }

    @Test
    void encode_pair_saysWhichText() {
        Encoding encoding = TokenizerFiles.tokenizer("wordpiece-uncased").encode("so happy", "sad");
        assertEquals(
                List.of(-1, 0, 0, -1, 1, -1),
                encoding.tokens().stream().map(Encoding.Token::text).toList());
        assertEquals(
                List.of(0, 0, 0, 0, 1, 1),
                IntStream.of(encoding.types()).boxed().toList());
    }

    /// A special token that is written in a text is of the text.
    @Test
    void encode_specialTokenInTheText_isNotAdded() {
        Encoding encoding = TokenizerFiles.tokenizer("wordpiece-uncased").encode("so [SEP]");
        assertEquals(
                List.of(101, 2061, 102, 102),
                IntStream.of(encoding.ids()).boxed().toList());
        assertEquals(
                List.of(true, false, false, true),
                encoding.tokens().stream().map(Encoding.Token::isAdded).toList());
    }

    @Test
    void encode_cutText_saysHowManyTokensItHad() {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer("wordpiece-uncased");
        Encoding whole = tokenizer.encode("so happy for you");
        Encoding cut = tokenizer.withMaxLength(4).encode("so happy for you");
        assertEquals(6, whole.total());
        assertEquals(false, whole.isCut());
        assertEquals(6, cut.total());
        assertEquals(4, cut.tokens().size());
        assertEquals(true, cut.isCut());
        assertEquals(whole.tokens().subList(0, 3), cut.tokens().subList(0, 3));
    }

    @Test
    void isUnknown_charactersWithoutToken_areFound() {
        PretrainedTokenizer words = TokenizerFiles.tokenizer("wordpiece-uncased");
        PretrainedTokenizer bytes = TokenizerFiles.tokenizer("bpe");
        String text = "so \uD83E\uDD8E happy"; // a lizard
        assertEquals(List.of("3-5"), unknown(words, text));
        assertEquals(List.of("3-5"), unknown(TokenizerFiles.tokenizer("unigram-words"), text));
        assertEquals(List.of(), unknown(bytes, text), "bytes know every character");
    }

    private static List<String> unknown(PretrainedTokenizer tokenizer, String text) {
        return tokenizer.encode(text).tokens().stream()
                .filter(token -> tokenizer.isUnknown(token.id()))
                .map(token -> token.start() + "-" + token.end())
                .toList();
    }

    private static List<String> spans(PretrainedTokenizer tokenizer, String text) {
        return tokenizer.encode(text).tokens().stream()
                .filter(token -> !token.isAdded())
                .map(token -> token.start() + "-" + token.end())
                .toList();
    }
}
