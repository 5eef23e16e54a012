package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    private static final JsonObject RUN = Json.parseObject("""
            {"training": {"seed": "x", "rate": 1e-3, "epochs": 3.0, "big": 5000000000, "huge": 1e300,
              "labels": ["anger", 7], "resume": true, "best": null, "sizes": [1, 2], "folds": [{"ua": 0.5}]}}""", "run.json");

    @Test
    void getters_rightTypes_giveTheValues() {
        JsonObject training = RUN.object("training");
        assertEquals("x", training.text("seed"));
        assertEquals(1e-3, training.number("rate"));
        assertEquals(3, training.integer("epochs"));
        assertEquals(5_000_000_000L, training.whole("big"));
        assertEquals(5e9, training.number("big"));
        assertTrue(training.flag("resume"));
        assertFalse(training.has("best"));
        assertFalse(training.has("bets"));
        assertArrayEquals(new int[] {1, 2}, training.array("sizes").integers());
        assertArrayEquals(new double[] {1, 2}, training.array("sizes").numbers());
        assertEquals(0.5, training.array("folds").objects().getFirst().number("ua"));
    }

    @Test
    void getters_wrongTypes_sayWhereAndWhat() {
        JsonObject training = RUN.object("training");
        assertEquals(
                "run.json: training.seed: expected a whole number, found \"x\"",
                Refusal.of(() -> training.whole("seed")));
        assertEquals(
                "run.json: training.rate: expected a whole number, found 0.001",
                Refusal.of(() -> training.integer("rate")));
        assertEquals(
                "run.json: training.big: expected a whole number of 32 bits, found 5000000000",
                Refusal.of(() -> training.integer("big")));
        assertEquals(
                "run.json: training.huge: expected a whole number, found 1.0E300",
                Refusal.of(() -> training.whole("huge")));
        assertEquals(
                "run.json: training.labels[1]: expected a string, found 7",
                Refusal.of(() -> training.array("labels").texts()));
        assertEquals(
                "run.json: training.best: expected a number, found null", Refusal.of(() -> training.number("best")));
        assertEquals(
                "run.json: training.folds[0].ua: expected true or false, found 0.5",
                Refusal.of(() -> training.array("folds").objects().getFirst().flag("ua")));
        assertEquals("run.json: model: is missing, expected an object", Refusal.of(() -> RUN.object("model")));
        assertEquals("run.json: training: expected an array, found an object", Refusal.of(() -> RUN.array("training")));
        assertEquals("list: expected an object, found an array", Refusal.of(() -> Json.parseObject("[]", "list")));
    }

    @Test
    void items_oneByOne_sayWhereAndWhat() {
        JsonArray pair = Json.parseObject("{\"vocab\": [[\"a\", -1.5, 3]]}", "t.json")
                .array("vocab")
                .arrays()
                .getFirst();
        assertEquals("a", pair.text(0));
        assertEquals(-1.5, pair.number(1));
        assertEquals(3, pair.integer(2));
        assertEquals("t.json: vocab[0]", pair.where());
        assertEquals("t.json: vocab[0][0]: expected a number, found \"a\"", Refusal.of(() -> pair.number(0)));
        assertEquals("t.json: vocab[0]: expected at least 4 items, found 3", Refusal.of(() -> pair.text(3)));
        assertEquals("run.json: training.seed", RUN.object("training").where("seed"));
        assertEquals("run.json: training", RUN.where("training"));
    }

    @Test
    void allowOnly_misspeltField_namesTheNearest() {
        assertEquals(
                "c: leerningRate: unknown field, expected one of [learningRate, epochs]; did you mean \"learningRate\"?",
                Refusal.of(() ->
                        Json.parseObject("{\"leerningRate\":1}", "c").allowOnly(List.of("learningRate", "epochs"))));
    }

    @Test
    void write_builtTree_isDeterministicAndShortest() {
        JsonObject tree = Json.object()
                .with("z", 1)
                .with("a", 0.1)
                .with("nan", Double.NaN)
                .with("one", 1.0)
                .with("text", "ü\"\n\u0001\uD83D\uDE00")
                .with("yes", true)
                .with("labels", List.of("b", "a"))
                .with("sizes", new int[] {3, 2})
                .with("infinite", Double.POSITIVE_INFINITY)
                .with("inner", Json.object().with("k", new Json.Null()))
                .with("z", 2);
        assertEquals(
                "{\"z\":2,\"a\":0.1,\"nan\":null,\"one\":1.0,\"text\":\"ü\\\"\\n\\u0001\uD83D\uDE00\",\"yes\":true,"
                        + "\"labels\":[\"b\",\"a\"],\"sizes\":[3,2],\"infinite\":null,\"inner\":{\"k\":null}}",
                tree.toText());
        assertEquals(
                "{\n  \"a\": [ 1, 2 ],\n  \"b\": {\n    \"c\": \"d\"\n  }\n}\n",
                Json.object()
                        .with("a", new int[] {1, 2})
                        .with("b", Json.object().with("c", "d"))
                        .toIndentedText());
    }

    @Test
    void parse_whatWasWritten_givesTheSameTree() {
        RandomStream random = new RandomStream(4, 0, 0, 0);
        for (int i = 0; i < 200; i++) {
            Json tree = randomTree(random, 4);
            assertEquals(tree, Json.parse(tree.toText(), "t"));
            assertEquals(tree, Json.parse(tree.toIndentedText(), "t"));
            byte[] utf8 = tree.toText().getBytes(StandardCharsets.UTF_8);
            assertEquals(tree, Json.parse(Utf8.decode(utf8, "t"), "t"));
        }
    }

    private static Json randomTree(RandomStream random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> new Json.Text(randomText(random));
            case 1 -> new Json.Whole((long) random.nextInt() << random.nextInt(33));
            case 2 -> new Json.Real(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
            case 3 -> new Json.Flag(random.nextInt(2) == 0);
            case 4 -> new Json.Null();
            case 5 -> Json.array(List.of(randomTree(random, depth - 1), randomTree(random, depth - 1)));
            default ->
                Json.object()
                        .with(randomText(random), randomTree(random, depth - 1))
                        .with("k", randomTree(random, depth - 1));
        };
    }

    /// Any UTF-16 units, unpaired surrogates and control characters among them.
    private static String randomText(RandomStream random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) random.nextInt(1 << (8 * (1 + random.nextInt(2)))));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``          | j: not valid JSON: the document is empty
            {"a":1,}    | j line 1, column 8: not valid JSON: unexpected '}', expected double-quote to start field name
            {"a":1} 2   | j line 1, column 9: not valid JSON: something follows the end of the document
            {"a":1,"a":2} | j line 1, column 11: not valid JSON: field "a" occurs twice
            [NaN]       | j line 1, column 5: not valid JSON: NaN is no number in JSON
            {"a":tru}   | j line 1, column 9: not valid JSON: unexpected tru; text stands between double quotes
            {"a":+1}    | j line 1, column 7: not valid JSON: unexpected '+'
            {"a" 1}     | j line 1, column 6: not valid JSON: unexpected '1', expected a colon to separate field name and value
            [1,]        | j line 1, column 4: not valid JSON: unexpected ']', expected a valid value
            [1,2        | j line 1, column 5: not valid JSON: it ends too early
            """)
    void parse_wrongText_isOneLine(String text, String message) {
        assertEquals(message, Refusal.of(() -> Json.parse(text, "j")));
    }

    @Test
    void parse_deepNesting_isRefusedWithoutOverflow() {
        assertEquals(
                "j line 1, column 66: JSON nested deeper than 64 levels; nothing that is read here is, so check what"
                        + " wrote it",
                Refusal.of(() -> Json.parse("[".repeat(1_000_000), "j")));
        String limit = "[".repeat(JsonText.MAX_DEPTH) + "]".repeat(JsonText.MAX_DEPTH);
        assertEquals(limit, Json.parse(limit, "j").toText());
    }

    @Test
    void parse_beyondOtherLimits_isRefusedInOurWords() {
        assertTrue(Refusal.of(() -> Json.parse("[\n" + "9".repeat(1001) + "]", "j"))
                .matches("j line 2, column \\d+: JSON with a number of more than 1000 digits; write fewer"));
        assertTrue(
                Refusal.of(() -> Json.parse("{\"" + "a".repeat(50_001) + "\":1}", "j"))
                        .matches(
                                "j line 1, column \\d+: JSON with a field whose name has more than 50000 characters; shorten it"));
    }

    @Test
    void parse_longString_isRead() {
        String text = "x".repeat(30_000_000);
        assertEquals(new Json.Text(text), Json.parse('"' + text + '"', "j"));
    }

    @Test
    void parse_fileInOtherEncodingOrWithMark_isRefusedOrRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("c.json");
        Files.writeString(file, "{\"a\":\"ü\"}", StandardCharsets.ISO_8859_1);
        assertEquals(file + ": byte 6 is not UTF-8; save the text as UTF-8", Refusal.of(() -> Json.parse(file)));
        Files.writeString(file, "\uFEFF{\"a\":\"ü\"}");
        assertEquals("ü", Json.parseObject(file).text("a"));
    }

    @Test
    void parse_numberBeyondDouble_isRefusedWithItsPlace() {
        String message = Refusal.of(() -> Json.parseObject("{\"a\": {\"b\": 1e400}}", "file"));
        assertEquals("file: a.b: 1e400 is too large a number", message);
    }
}
