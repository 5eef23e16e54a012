package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {

    enum Window {
        HAMMING,
        HANN_PERIODIC
    }

    enum Optimizer implements Choice {
        ADAM,
        ADAMW,
        SGD
    }

    enum Hashing implements Choice {
        FILE,
        DECODED_SOUND {
            @Override
            public String word() {
                return "sound";
            }
        }
    }

    record Framing(int frameLength, Window window) {}

    record Settings(
            long seed,
            double learningRate,
            boolean perspectives,
            String fusion,
            Optimizer optimizer,
            Framing framing,
            List<Framing> more,
            List<Double> priors,
            Map<String, Integer> counts,
            @Nullable Framing other,
            JsonObject scores) {

        Settings {
            if (!(learningRate > 0)) {
                throw new BadInputException("training: learningRate is " + learningRate + ", must be above 0");
            }
        }
    }

    private static final Framing FRAMING = new Framing(400, Window.HAMMING);
    private static final RecordJson<Settings> JSON =
            RecordJson.of(Settings.class).nullable("other");
    private static final Settings SETTINGS = new Settings(
            3,
            1e-3,
            true,
            "late-add",
            Optimizer.ADAMW,
            FRAMING,
            List.of(FRAMING, new Framing(512, Window.HANN_PERIODIC)),
            List.of(0.25, 0.75),
            Map.of("b", 2, "a", 1),
            null,
            Json.object().with("ua", 0.5));
    private static final String TEXT =
            "{\"seed\":3,\"learningRate\":0.001,\"perspectives\":true,\"fusion\":\"late-add\","
                    + "\"optimizer\":\"adamw\",\"framing\":{\"frameLength\":400,\"window\":\"HAMMING\"},"
                    + "\"more\":[{\"frameLength\":400,\"window\":\"HAMMING\"},{\"frameLength\":512,\"window\":\"HANN_PERIODIC\"}],"
                    + "\"priors\":[0.25,0.75],\"counts\":{\"a\":1,\"b\":2},\"other\":null,\"scores\":{\"ua\":0.5}}";

    private static Settings read(String text) {
        return JSON.read(Json.parseObject(text, "run.json"));
    }

    @Test
    void write_everyKind_isFieldsInTheOrderOfComponents() {
        assertEquals(TEXT, JSON.write(SETTINGS).toText());
        assertEquals(SETTINGS, read(TEXT));
    }

    /// A wrong document, and the end of its message.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "seed"              | "sede"              | sede: unknown field, expected one of [seed, learningRate,
            "learningRate"      | "learningrate"      | learningrate: unknown field, expected one of [seed, learningRate,
            "frameLength":400   | "frames":400        | framing.frames: unknown field, expected one of [frameLength, window]
            "seed":3,           | ''                  | seed: is missing, expected a whole number
            "optimizer":"adamw",| ''                  | optimizer: is missing, expected one of [adam, adamw, sgd]
            "other":null,       | ''                  | other: is missing, expected an object
            "seed":3            | "seed":"x"          | seed: expected a whole number, found "x"
            "seed":3            | "seed":null         | seed: expected a whole number, found null
            "frameLength":512   | "frameLength":512.5 | more[1].frameLength: expected a whole number, found 512.5
            0.75                | "much"              | priors[1]: expected a number, found "much"
            "b":2               | "b":true            | counts.b: expected a whole number, found true
            adamw               | adamv               | optimizer: "adamv" is not one of [adam, adamw, sgd]; did you mean "adam" or "adamw"?
            "HAMMING"},"more"   | "HANNING"},"more"   | framing.window: "HANNING" is not one of [HAMMING, HANN_PERIODIC]; did you mean "HAMMING"?
            """)
    void read_ofWhatIsWrong_saysWhereAndWhat(String right, String wrong, String message) {
        String text = TEXT.replace(right, wrong);
        String refusal = Refusal.of(() -> read(text));
        assertTrue(refusal.startsWith("run.json: " + message), refusal);
    }

    record Pair<T>(T first, T second) {}

    record Sizes(Pair<Double> pair) {}

    @Test
    void read_genericRecord_readsWhatItsParameterStandsFor() {
        RecordJson<Sizes> json = RecordJson.of(Sizes.class);
        String text = "{\"pair\":{\"first\":0.5,\"second\":2.0}}";
        Sizes sizes = json.read(Json.parseObject(text, "x.json"));
        assertEquals(new Sizes(new Pair<>(0.5, 2.0)), sizes);
        assertEquals(text, json.write(sizes).toText());
        String wrong = text.replace("0.5", "true");
        assertEquals(
                "x.json: pair.first: expected a number, found true",
                Refusal.of(() -> json.read(Json.parseObject(wrong, "x.json"))));
    }

    @Test
    void read_misspeltName_namesTheNearest() {
        String refusal = Refusal.of(() -> read(TEXT.replace("learningRate", "learningrate")));
        assertTrue(refusal.endsWith("; did you mean \"learningRate\"?"), refusal);
    }

    @Test
    void read_valueOutOfRange_isRefusedByTheRecord() {
        assertEquals(
                "training: learningRate is -1.0, must be above 0", Refusal.of(() -> read(TEXT.replace("0.001", "-1"))));
    }

    @Test
    void words_ofEnums_areReadInAnyCase() {
        assertEquals(SETTINGS, read(TEXT.replace("adamw", "AdamW").replace("HAMMING", "hamming")));
        assertEquals("file", Hashing.FILE.word());
        assertEquals("sound", Choice.word(Hashing.DECODED_SOUND));
    }

    @Test
    void since_missing_isWhatItWasFormerly() {
        RecordJson<Framing> json = RecordJson.of(Framing.class).since("window", Window.HAMMING);
        assertEquals(FRAMING, json.read(Json.object().with("frameLength", 400)));
        assertEquals(
                "{\"frameLength\":400,\"window\":\"HAMMING\"}",
                json.write(FRAMING).toText());
    }

    @Test
    void leftOut_whereItIsTheStandard_isNotWritten() {
        RecordJson<Framing> json = RecordJson.of(Framing.class).leftOut("window", Window.HAMMING);
        assertEquals("{\"frameLength\":400}", json.write(FRAMING).toText());
        assertEquals(FRAMING, json.read(json.write(FRAMING)));
        Framing other = new Framing(400, Window.HANN_PERIODIC);
        assertEquals(other, json.read(json.write(other)));
    }

    record Loss(double train, double val) {}

    @Test
    void numbersThatMayBeNaN_areNull() {
        RecordJson<Loss> json = RecordJson.of(Loss.class).withNaN();
        Loss loss = new Loss(1.5, Double.NaN);
        String text = json.write(loss).toText();
        assertEquals("{\"train\":1.5,\"val\":null}", text);
        assertEquals(loss, json.read(Json.parseObject(text, "x")));
        assertEquals(loss, json.read(Json.object().with("train", 1.5)));
    }

    @Test
    void namedAndAs_changeOneComponent() {
        RecordJson<Framing> json = RecordJson.of(Framing.class)
                .named("frameLength", "frame")
                .<Integer>as(
                        "frameLength",
                        n -> new Json.Text(n + " samples"),
                        (object, key) -> Integer.parseInt(object.text(key).replace(" samples", "")));
        assertEquals(
                "{\"frame\":\"400 samples\",\"window\":\"HAMMING\"}",
                json.write(FRAMING).toText());
        assertEquals(FRAMING, json.read(json.write(FRAMING)));
        assertTrue(Refusal.of(() -> json.read(Json.object().with("window", "HAMMING")))
                .contains("frame: is missing"));
    }

    @Test
    void formerly_aDocumentOfBefore_isRead() {
        RecordJson<Framing> json = RecordJson.of(Framing.class)
                .formerly(old ->
                        old.has("length") ? old.without("length").with("frameLength", old.integer("length")) : old);
        assertEquals(FRAMING, json.read(Json.object().with("length", 400).with("window", "HAMMING")));
        assertEquals(FRAMING, json.read(json.write(FRAMING)));
    }

    @Test
    void with_aComponent_isACopyThatIsChecked() {
        assertEquals(7, RecordJson.with(SETTINGS, "seed", 7).seed());
        assertEquals(2.0, RecordJson.with(SETTINGS, "learningRate", 2).learningRate());
        assertEquals(FRAMING, RecordJson.with(SETTINGS, "other", FRAMING).other());
        assertEquals(SETTINGS, RecordJson.with(RecordJson.with(SETTINGS, "other", FRAMING), "other", null));
        assertTrue(
                Refusal.of(() -> RecordJson.with(SETTINGS, "learningRate", 0)).contains("must be above 0"));
        assertThrows(IllegalArgumentException.class, () -> RecordJson.with(SETTINGS, "epoch", 2));
        assertThrows(IllegalArgumentException.class, () -> RecordJson.with(SETTINGS, "seed", "x"));
    }
}
