package dev.parallax.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.io.Json;
import dev.parallax.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {

    private static final Tokenizer TOKENIZER = Tokenizer.standard();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Oh no, not AGAIN!                    | oh no , not again !
            I don't know; we couldn’t've known.  | i do n't know ; we could n't 've known .
            She's sure they'll say I'm late      | she 's sure they 'll say i 'm late
            DON'T! can`t, won´t                  | do n't ! ca n't , wo n't
            It's eleven o'clock in l'hôtel       | it 's eleven o'clock in l'hôtel
            the dogs' 'quoted' “words” «là»      | the dogs ' ' quoted ' " words " " là "
            What?!?! Nooo!!!!!! Well......       | what ? ! ? ! nooo !!! well ...
            Wait… what—really – yes              | wait ... what - really - yes
            At 10:30 pay 1,000.50 € or 3.14, ok. | at 10:30 pay 1,000.50 € or 3.14 , ok .
            the 3rd b2b rock'n'roll              | the 3rd b2b rock'n'roll
            Das weiß Ärger. Straße über Größe    | das weiß ärger . straße über größe
            Я не знаю, правда?                   | я не знаю , правда ?
            Δεν ξέρω                             | δεν ξέρω
            لا أعرف، حقا؟                        | لا أعرف ، حقا ؟
            אני לא יודע                          | אני לא יודע
            मैं नहीं जानता                            | मैं नहीं जानता
            我很高兴。真的！                          | 我 很 高 兴 。 真 的 !
            今日はラーメン、OK？                     | 今 日 は ラ ー メ ン 、 ok ?
            나는 기뻐요                             | 나 는 기 뻐 요
            ｶﾞｷﾞ ＡＢＣ１２                        | ガ ギ abc12
            ไม่รู้                                  | ไ ม่ รู้
            so😂😂 fun❤️❤                         | so 😂 😂 fun ❤ ❤
            👍🏽ok 👨‍👩‍👧 🇩🇪🇫🇷                          | 👍🏽 ok 👨‍👩‍👧 🇩🇪 🇫🇷
            """)
    void tokenize_manyLanguages_cutsAsDocumented(String text, String tokens) {
        assertEquals(List.of(tokens.strip().split(" ")), TOKENIZER.tokenize(text));
    }

    @Test
    void tokenize_composedAndDecomposedAccents_areTheSame() {
        assertEquals(TOKENIZER.tokenize("caf\u00E9 \u1EC7"), TOKENIZER.tokenize("cafe\u0301 e\u0323\u0302"));
        assertEquals(List.of("\u1EC7"), TOKENIZER.tokenize("E\u0302\u0323"));
        assertEquals(TOKENIZER.tokenize("\uD55C"), TOKENIZER.tokenize("\u1112\u1161\u11AB"));
        assertEquals(List.of("cooperate"), TOKENIZER.tokenize("co\u00ADoperate"));
    }

    @Test
    void tokenize_settings_areFollowed() {
        assertEquals(List.of("Oh", "do", "N'T"), new Tokenizer(false, false).tokenize("Oh, doN'T!"));
        assertEquals(List.of("oh", "😂"), new Tokenizer(true, false).tokenize("Oh... 😂"));
    }

    @Test
    void tokenize_nothingToSee_givesNoTokens() {
        for (String text :
                List.of("", " \t\r\n", "\u0000\u001F\u200B\uFEFF\u00A0\u3000", "\uD800", "\uDC00\uD800", "\uFE0F")) {
            assertEquals(List.of(), TOKENIZER.tokenize(text));
        }
        assertEquals(List.of("a", "b"), TOKENIZER.tokenize("a\uD83Db"));
    }

    @Test
    void tokenize_anyString_givesTokensThatAreStableAndEncodable() {
        RandomStream random = new RandomStream(6, 0, 0, 0);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(30); k > 0; k--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(0x10000));
                    case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                    case 2 -> text.append((char) (32 + random.nextInt(95)));
                    default -> text.append("' ,.s!\u200D\uFE0F".charAt(random.nextInt(8)));
                }
            }
            for (String token : TOKENIZER.tokenize(text.toString())) {
                assertFalse(token.isBlank());
                assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(token));
                assertFalse(token.equals(Vocabulary.UNKNOWN));
            }
        }
    }

    @Test
    void tokenize_sentencesJoined_givesTheTokensOfBoth() {
        String[] sentences = {"I don't know!", "我很高兴", "so 😂😂", "10:30, e\u0301", "'s"};
        for (String a : sentences) {
            for (String b : sentences) {
                List<String> joined = TOKENIZER.tokenize(a + " \n" + b);
                assertEquals(
                        TOKENIZER.tokenize(a),
                        joined.subList(0, TOKENIZER.tokenize(a).size()));
                assertEquals(
                        TOKENIZER.tokenize(b),
                        joined.subList(TOKENIZER.tokenize(a).size(), joined.size()));
            }
        }
    }

    @Test
    void tokenize_longText_isLinear() {
        String text = "word's, ".repeat(20_000) + "e" + "\u0301".repeat(20_000) + "!".repeat(20_000);
        assertEquals(60_002, TOKENIZER.read(text).total());
        // accents that must be sorted: within a piece the time grows with the square of their number
        assertEquals(1, TOKENIZER.tokenize("e" + "\u0301\u0323".repeat(100_000)).size());
    }

    @Test
    void read_textOfManyTokens_isReadToTheLimitAndCounted() {
        TokenizedText read = TOKENIZER.read("one two three ".repeat(80_000));
        assertEquals(TokenizedText.MOST_TOKENS, read.tokens().size());
        assertEquals(240_000, read.total());
        assertEquals("the text has 240000 tokens; the first 2048 are read", read.cut());
        List<String> few = TOKENIZER.tokenize("one two three ".repeat(600));
        assertEquals(few, read.tokens().subList(0, 1800));
    }

    @Test
    void read_endlessWords_areReadToTheirLimits() {
        TokenizedText one = TOKENIZER.read("a".repeat(3_000_000) + " bye");
        assertEquals(List.of("a".repeat(TokenizedText.LONGEST_TOKEN), "bye"), one.tokens());
        assertEquals("a word of the text is longer than 1024 characters; its beginning is read", one.cut());
        TokenizedText many = TOKENIZER.read(("b".repeat(1100) + " ").repeat(100));
        assertEquals(
                TokenizedText.MOST_CHARACTERS / TokenizedText.LONGEST_TOKEN,
                many.tokens().size());
        assertEquals("the text has 100 tokens; the first 32 are read", many.cut());
        TokenizedText characters = TOKENIZER.read("喜".repeat(100_000));
        assertEquals("the text has at least 65536 tokens; the first 2048 are read", characters.cut());
        String emoji = "😀" + "\u200D😀".repeat(5000);
        TOKENIZER.tokenize(emoji).forEach(token -> {
            assertTrue(token.length() <= TokenizedText.LONGEST_TOKEN);
            assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(token));
        });
    }

    @Test
    void read_longTextInPieces_hasTheTokensOfItsParts() {
        String part = "Don't SHOUT, ΟΔΟΣ 10:30 e\u0301 !!! so 😂 ";
        String text = part.repeat(4000); // three pieces
        assertEquals(
                4000 * TOKENIZER.tokenize(part).size(), TOKENIZER.read(text).total());
        TokenizedText whole = TOKENIZER.read("x".repeat(65_000) + " " + part.repeat(100));
        assertEquals(
                TOKENIZER.tokenize(part.repeat(100)),
                whole.tokens().subList(1, whole.tokens().size()));
    }

    @ParameterizedTest
    @CsvSource({"[], false", "' ', false", "?!..., false", "hm, true", "7, true", "😀, true", "喜, true"})
    void holdsWord_marksAlone_holdNone(String text, boolean expected) {
        assertEquals(expected, TOKENIZER.read(text).holdsWord());
    }

    @Test
    void fromJson_whatWasWritten_isTheSame() {
        for (Tokenizer tokenizer : List.of(TOKENIZER, new Tokenizer(false, true), new Tokenizer(true, false))) {
            String text = tokenizer.toJson().toText();
            assertEquals(tokenizer, Tokenizer.fromJson(Json.parseObject(text, "m")));
        }
        assertEquals(
                "m: the tokenizer's rules have version 9, this program has 1; use the program that wrote it or train again",
                Refusal.of(() -> Tokenizer.fromJson(Json.parseObject("{\"rules\":9}", "m"))));
        assertEquals(
                "m: lowercase: is missing, expected true or false",
                Refusal.of(() -> Tokenizer.fromJson(Json.parseObject("{\"rules\":1}", "m"))));
    }
}
