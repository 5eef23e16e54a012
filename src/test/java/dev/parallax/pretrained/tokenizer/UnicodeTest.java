package dev.parallax.pretrained.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.random.RandomStream;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Properties of characters and normalization forms, against the JDK's own on whole texts.
class UnicodeTest {

    private static final int LAST = 0x1FFFF;

    /// In pieces or as a whole: between starters every code point, and after it a mark, a Hangul vowel,
    /// and a Kirat Rai vowel sign.
    @ParameterizedTest
    @EnumSource(Form.class)
    void normalize_inPieces_isThatOfTheWholeText(Form form) {
        UnicodeNormalizer normalizer = new UnicodeNormalizer(form);
        List<String> followers =
                List.of("", "\u0301", "\u0327\u0301", "\u1161", "\u11A8", "\uFF9E", "\u314F", "\uD81B\uDD67");
        for (String follower : followers) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c <= LAST; c++) {
                if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                    text.append('x').appendCodePoint(c).append(follower);
                }
            }
            String whole = java.text.Normalizer.normalize(text, form);
            // the texts are too long for a message
            assertTrue(
                    whole.equals(normalizer
                            .normalize(AlignedText.of(text.toString()))
                            .text()),
                    follower);
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void normalize_randomTexts_isThatOfTheWholeText(Form form) {
        RandomStream random = new RandomStream(20231, 3, 0, 0);
        for (int i = 0; i < 5000; i++) {
            AlignedText text = AlignedText.of(RandomText.draw(random));
            String whole = java.text.Normalizer.normalize(text.text(), form);
            assertEquals(whole, new UnicodeNormalizer(form).normalize(text).text());
        }
    }

    @Test
    void whiteSpaceAndWords_areThoseOfUnicode() {
        Pattern space = Pattern.compile("\\p{IsWhite_Space}");
        Pattern word = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = Character.toString(c);
            assertEquals(space.matcher(text).matches(), UnicodeClass.isWhiteSpace(c), () -> text);
            assertEquals(word.matcher(text).matches(), UnicodeClass.isWord(c), () -> text);
        }
    }

    /// Each character by itself: no sigma at the end of a word, and two characters for the Turkish capital.
    @Test
    void lowercase_knowsNoContext() {
        Normalizer lowercase = new Normalizer.Lowercase();
        assertEquals(
                "\u03C3\u03C3 i\u0307\u00DF",
                lowercase.normalize(AlignedText.of("\u03A3\u03A3 \u0130\u1E9E")).text());
        assertEquals(
                AlignedText.of("a").text(),
                lowercase.normalize(AlignedText.of("a")).text());
    }

    /// Control characters vanish, also those that are white space; unassigned ones stay.
    @Test
    void bert_cleansAsPublished() {
        BertNormalizer clean = new BertNormalizer(true, false, false, false);
        String text = "a\u0000b\u000Bc\u0085d\u200De\uFFFDf\uE000g\tcd\u00A0e\u2028f\u0378g";
        assertEquals(
                "abcdefg cd e f\u0378g", clean.normalize(AlignedText.of(text)).text());
    }

    @Test
    void bert_ideographsBecomeWords() {
        BertNormalizer ideographs = new BertNormalizer(false, true, false, false);
        assertEquals(
                "a \u4E2D  \u6587 b",
                ideographs.normalize(AlignedText.of("a\u4E2D\u6587b")).text());
        assertEquals(
                " \uD840\uDC00 ",
                ideographs.normalize(AlignedText.of("\uD840\uDC00")).text());
        assertEquals(
                "\uD86E\uDC20",
                ideographs.normalize(AlignedText.of("\uD86E\uDC20")).text()); // U+2B820
    }

    @Test
    void alignedText_halvesOfPairs_becomeReplacementCharacters() {
        assertEquals(
                "a\uFFFDb\uFFFD\uD83D\uDE02",
                AlignedText.of("a\uD83Db\uDE02\uD83D\uDE02").text());
    }

    @Test
    void prefixIndex_findsWhatComparingFinds() {
        RandomStream random = new RandomStream(20231, 4, 0, 0);
        Map<String, Integer> keys = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder key = new StringBuilder();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                key.append("ab\uD83D\uDE02".charAt(random.nextInt(4)));
            }
            keys.put(key.toString(), i);
        }
        PrefixIndex index = new PrefixIndex(keys);
        int found = 0;
        for (int i = 0; i < 500; i++) {
            String text = "xab\uD83D\uDE02".repeat(3).substring(random.nextInt(10));
            int from = random.nextInt(text.length());
            TreeSet<Integer> expected = new TreeSet<>();
            TreeSet<Integer> walked = new TreeSet<>();
            for (Map.Entry<String, Integer> key : keys.entrySet()) {
                if (text.startsWith(key.getKey(), from)) {
                    expected.add(key.getValue());
                }
            }
            PrefixIndex.Walk walk = index.walk(text, from);
            for (int end = from; walk.next(); end = walk.end()) {
                assertTrue(walk.end() > end);
                walked.add(walk.value());
            }
            assertEquals(expected, walked);
            found += walked.size();
        }
        assertTrue(found > 100, found + " keys found");
    }
}
