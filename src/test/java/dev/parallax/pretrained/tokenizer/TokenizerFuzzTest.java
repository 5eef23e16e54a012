package dev.parallax.pretrained.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts and files that nobody would write: ids or one line of refusal, in bounded time.
class TokenizerFuzzTest {

    private static final int TEXTS = 2000;
    private static final int FILES = 3000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    static Stream<String> names() {
        return TokenizerFiles.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void encode_randomTexts_givesIdsOfTheVocabulary(String name) {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer(name);
        RandomStream random = new RandomStream(20231, 1, 0, 0);
        int tokens = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = RandomText.draw(random);
            for (int id : tokenizer.encode(text, RandomText.draw(random)).ids()) {
                assertTrue(id >= 0 && id < tokenizer.vocabularySize(), text);
                tokens++;
            }
        }
        assertTrue(tokens > 10 * TEXTS, tokens + " tokens");
    }

    /// Files with one value changed, dropped, or taken from elsewhere in the file.
    @Test
    void read_changedFiles_givesATokenizerOrARefusal() {
        RandomStream random = new RandomStream(20231, 2, 0, 0);
        List<JsonObject> files = TokenizerFiles.rows("random.jsonl.gz").stream()
                .map(row -> row.object("tokenizer"))
                .toList();
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            JsonObject file = files.get(i % files.size());
            List<Json> values = new ArrayList<>();
            collect(file, values);
            Json changed = changed(file, new int[] {1 + random.nextInt(values.size() - 1)}, values, random);
            try {
                PretrainedTokenizer tokenizer =
                        TokenizerJson.read(Json.parseObject(changed.toText(), "tokenizer.json"));
                for (int text = 0; text < 5; text++) {
                    encode(tokenizer, RandomText.draw(random));
                }
            } catch (BadInputException e) {
                refused++;
                assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
                assertTrue(String.valueOf(e.getMessage()).startsWith("tokenizer.json"), e.getMessage());
            }
        }
        assertTrue(refused > FILES / 20 && refused < FILES * 19 / 20, refused + " of " + FILES + " files refused");
    }

    /// Lengths of a changed file may leave no room; that is said of the text, not of the file.
    private static void encode(PretrainedTokenizer tokenizer, String text) {
        try {
            assertTrue(tokenizer.encode(text).tokens().size() <= tokenizer.maxLength());
        } catch (BadInputException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("token"), e.getMessage());
        }
    }

    private static void collect(Json json, List<Json> values) {
        values.add(json);
        switch (json) {
            case JsonObject object -> object.fields().values().forEach(each -> collect(each, values));
            case JsonArray array -> array.items().forEach(each -> collect(each, values));
            default -> {}
        }
    }

    /// The document with one value replaced or dropped.
    ///
    /// @param left how many values, in the order of the document, are passed before it
    private static Json changed(Json json, int[] left, List<Json> values, RandomStream random) {
        if (left[0]-- == 0) {
            return replacement(json, values, random);
        }
        return switch (json) {
            case JsonObject object -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                object.fields().forEach((key, value) -> {
                    boolean isDropped = left[0] == 0 && random.nextInt(4) == 0;
                    if (isDropped) {
                        left[0]--;
                    } else {
                        fields.put(key, changed(value, left, values, random));
                    }
                });
                yield Json.object(fields);
            }
            case JsonArray array ->
                Json.array(array.items().stream()
                        .map(each -> changed(each, left, values, random))
                        .toList());
            default -> json;
        };
    }

    private static Json replacement(Json json, List<Json> values, RandomStream random) {
        return switch (random.nextInt(10)) {
            case 0 -> new Json.Null();
            case 1 -> new Json.Whole(-1);
            case 2 -> new Json.Whole(Integer.MAX_VALUE);
            case 3 -> new Json.Real(1e300);
            case 4 -> new Json.Text("");
            case 5 -> new Json.Text("(((");
            case 6 -> new Json.Text("\uD83D");
            case 7 -> Json.array(List.of(json));
            default -> values.get(random.nextInt(values.size()));
        };
    }

    @ParameterizedTest
    @MethodSource("names")
    void encode_hugeTexts_takesBoundedTime(String name) {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer(name);
        List<String> texts = List.of(
                "a".repeat(1 << 20),
                " ".repeat(1 << 20) + "x",
                "e" + "\u0301".repeat(100_000),
                "e" + "\u0301\u0323".repeat(50_000),
                "\uD83D\uDC69\u200D".repeat(100_000),
                "\u1112\u1161".repeat(100_000),
                "[SEP]<mask> ".repeat(50_000));
        for (String text : texts) {
            int tokens = assertTimeoutPreemptively(
                    LIMIT, () -> tokenizer.encode(text).tokens().size());
            assertTrue(tokens >= 2 && tokens <= 5 * text.length());
        }
    }

    @Test
    void encode_tooLongText_isRefused() {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer("wordpiece-uncased");
        String text = "a".repeat(AlignedText.LONGEST + 1);
        assertEquals(
                "a text to tokenize has 16777217 characters, at most 16777216 are read; give it in parts",
                Refusal.of(() -> tokenizer.encode(text).total()));
    }
}
