package dev.parallax.pretrained.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The ids of Hugging Face's library, for all strings: `src/test/golden/README.md` says where they come
/// from.
class TokenizerGoldenTest {

    @TempDir
    private Path temporary;

    static Stream<String> names() {
        return TokenizerFiles.NAMES.stream();
    }

    static Stream<String> folders() {
        return TokenizerFiles.FOLDERS.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void encode_allStrings_givesTheIds(String name) {
        assertIds(TokenizerFiles.tokenizer(name), name);
    }

    @Test
    void encode_cutTo16Tokens_givesTheIds() {
        assertIds(TokenizerFiles.tokenizer("wordpiece-uncased").withMaxLength(16), "wordpiece-uncased-max16");
    }

    private static void assertIds(PretrainedTokenizer tokenizer, String name) {
        List<JsonObject> rows = TokenizerFiles.strings();
        assertEquals(200, rows.size());
        for (JsonObject row : rows) {
            assertArrayEquals(
                    row.object("ids").array(name).integers(),
                    TokenizerFiles.encode(tokenizer, row).ids(),
                    () -> name + ": " + row.toText());
        }
    }

    /// Tokenizers with random settings, of every kind and every component but the table of SentencePiece.
    @Test
    void encode_randomTokenizers_giveTheIds() {
        int texts = 0;
        int refusals = 0;
        for (JsonObject row : TokenizerFiles.rows("random.jsonl.gz")) {
            PretrainedTokenizer tokenizer = TokenizerJson.read(row.object("tokenizer"));
            List<Json> results = row.array("results").items();
            for (JsonArray pair : row.array("texts").arrays()) {
                Supplier<Encoding> encode = () -> pair.size() == 2
                        ? tokenizer.encode(pair.text(0), pair.text(1))
                        : tokenizer.encode(pair.text(0));
                if (results.get(texts++ % results.size()) instanceof JsonObject expected) {
                    Encoding encoding = encode.get();
                    assertArrayEquals(expected.array("ids").integers(), encoding.ids(), () -> pair + " " + row.where());
                    assertArrayEquals(expected.array("types").integers(), encoding.types(), pair::toText);
                } else {
                    assertThrows(BadInputException.class, encode::get, pair::toText);
                    refusals++;
                }
            }
        }
        assertEquals(70 * 15, texts);
        assertEquals(33, refusals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wordpiece-uncased", "wordpiece-cased", "bpe"})
    void encode_allStrings_givesTheOffsets(String name) {
        PretrainedTokenizer tokenizer = TokenizerFiles.tokenizer(name);
        for (JsonObject row : TokenizerFiles.strings()) {
            int[] offsets = TokenizerFiles.encode(tokenizer, row).tokens().stream()
                    .flatMap(token -> {
                        String text = row.text(token.text() == 1 ? "pair" : "text");
                        return Stream.of(text.codePointCount(0, token.start()), text.codePointCount(0, token.end()));
                    })
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertArrayEquals(row.object("offsets").array(name).integers(), offsets, () -> name + ": " + row.toText());
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void read_folderOfAnEncoder_givesTheIdsOfItsTexts(String name) {
        assertTexts(PretrainedTokenizer.read(TokenizerFiles.write(name, temporary, true)), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "distilbert", "minilm", "roberta"})
    void read_folderWithoutTokenizerJson_givesTheSameIds(String name) {
        assertTexts(PretrainedTokenizer.read(TokenizerFiles.write(name, temporary, false)), name);
    }

    private static void assertTexts(PretrainedTokenizer tokenizer, String name) {
        List<JsonObject> rows = TokenizerFiles.texts(name);
        assertEquals(6, rows.size());
        for (JsonObject row : rows) {
            Encoding encoding = TokenizerFiles.encode(tokenizer, row);
            assertArrayEquals(row.array("ids").integers(), encoding.ids(), () -> name + ": " + row.toText());
            if (row.has("type_ids")) {
                assertArrayEquals(row.array("type_ids").integers(), encoding.types(), row::toText);
            }
        }
        assertTrue(rows.stream().anyMatch(row -> row.has("type_ids")));
    }

    /// The files from before `tokenizer.json`, with whole vocabularies.
    @ParameterizedTest
    @ValueSource(strings = {"wordpiece-uncased", "wordpiece-cased", "bpe"})
    void read_vocabularyFiles_givesTheIds(String name) {
        Path folder = temporary.resolve(name);
        if (name.equals("bpe")) {
            JsonObject model = TokenizerFiles.json(name).object("model");
            TokenizerFiles.write(
                    folder.resolve("vocab.json"), model.object("vocab").toText());
            TokenizerFiles.write(
                    folder.resolve("merges.txt"),
                    "#version: 0.2\n" + String.join("\n", model.array("merges").texts()) + "\n");
        } else {
            TokenizerFiles.write(folder.resolve("vocab.txt"), TokenizerFiles.resource("wordpiece.txt.gz"));
            TokenizerFiles.write(
                    folder.resolve("tokenizer_config.json"),
                    "{\"do_lower_case\": " + name.equals("wordpiece-uncased") + "}");
        }
        assertIds(PretrainedTokenizer.read(folder), name);
    }

    /// The whole vocabulary of GPT-2, with RoBERTa's ids, is too large for the repository.
    @Test
    void read_wholeVocabularyOfGpt2_givesTheIds() {
        String folder = System.getProperty("parallax.gpt2");
        assumeTrue(folder != null, "-Dparallax.gpt2 names a folder with vocab.json and merges.txt");
        assertIds(PretrainedTokenizer.read(Path.of(folder)), "bpe-full");
    }

    /// Every merge of a long word: the same tokens as merging the first of the best pairs again and again.
    @Test
    void encode_merges_areThoseOfTheDefinition() {
        JsonObject model = TokenizerFiles.json("bpe").object("model");
        List<String> merges = model.array("merges").texts();
        BytePairEncoding bpe = BytePairEncoding.read(model);
        for (JsonObject row : TokenizerFiles.strings().subList(100, 200)) {
            for (AlignedText word : new ByteLevel(false, ByteLevel.WORDS).words(AlignedText.of(row.text("text")))) {
                List<String> symbols = merged(Arrays.asList(word.text().split("")), merges);
                List<String> tokens = bpe.tokenize(word.text()).stream()
                        .map(piece -> word.text().substring(piece.from(), piece.to()))
                        .toList();
                assertEquals(symbols, tokens);
            }
        }
    }

    private static List<String> merged(List<String> symbols, List<String> merges) {
        int best = -1;
        int rank = Integer.MAX_VALUE;
        for (int i = 0; i + 1 < symbols.size(); i++) {
            int each = merges.indexOf(symbols.get(i) + " " + symbols.get(i + 1));
            if (each >= 0 && each < rank) {
                rank = each;
                best = i;
            }
        }
        if (best < 0) {
            return symbols;
        }
        List<String> shorter = new ArrayList<>(symbols);
        shorter.set(best, symbols.get(best) + shorter.remove(best + 1));
        return merged(shorter, merges);
    }
}
