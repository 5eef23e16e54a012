package dev.parallax.pretrained.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of SentencePiece: a real one, and damaged ones.
class PrecompiledCharsMapTest {

    private static final int BLOCK = 256;
    private static final int LEAF = 1 << 31;
    private static final int ENDS = 1 << 8;

    /// The key "a" with the replacement "xy".
    private static byte[] table(int[] units, byte[] replacements) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + units.length) + replacements.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(Integer.BYTES * units.length);
        for (int unit : units) {
            bytes.putInt(unit);
        }
        return bytes.put(replacements).array();
    }

    private static int[] units() {
        int[] units = new int[BLOCK];
        units[0] = 1 << 10; // offset 1: the child for "a" is at 1 ^ 'a'
        int child = 1 ^ 'a';
        units[child] = 'a' | ENDS | 2 << 10; // the leaf is at child ^ 2
        units[child ^ 2] = LEAF;
        return units;
    }

    private static final byte[] REPLACEMENT = "xy\0".getBytes(StandardCharsets.UTF_8);

    @Test
    void normalize_characterOfTheTable_isReplacedAndKeepsItsPlace() {
        AlignedText text =
                PrecompiledCharsMap.parse(table(units(), REPLACEMENT), "table").normalize(AlignedText.of("bab"));
        assertEquals("bxyb", text.text());
        assertEquals(1, text.start(1));
        assertEquals(1, text.start(2));
        assertEquals(2, text.end(2));
        assertEquals(2, text.start(3));
    }

    /// The shortest prefix stands for a whole grapheme cluster of fewer than six bytes.
    @Test
    void normalize_clusterThatBeginsWithAKey_isReplacedWhole() {
        PrecompiledCharsMap map = PrecompiledCharsMap.parse(table(units(), REPLACEMENT), "table");
        assertEquals("xyb", map.normalize(AlignedText.of("a\u0301b")).text());
        assertEquals(
                "xy\u0301\u0301\u0301",
                map.normalize(AlignedText.of("a\u0301\u0301\u0301")).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \uFF21\uFF22 | AB
            \uFB01 | fi
            \u2460 | 1
            \uFF76\uFF9E | \u30AB\u3099
            A\u030A | \u00C5
            a\u00A0b\u3000c | a b c
            x\u00ADy | x\u00ADy
            """)
    void normalize_tableOfRealModels_isNfkc(String text, String normal) {
        Normalizer normalizer =
                Normalizer.read(TokenizerFiles.json("unigram-words").object("normalizer"));
        assertEquals(normal, normalizer.normalize(AlignedText.of(text)).text());
    }

    @Test
    void parse_sizeBeyondTheBytes_isRefused() {
        byte[] bytes = table(units(), REPLACEMENT);
        bytes[3] = 0x7F; // two gigabytes
        assertEquals(
                "table: says that its trie has 2130707456 bytes of its 1031; is it whole?",
                Refusal.of(() -> PrecompiledCharsMap.parse(bytes, "table")));
        assertEquals(
                "table: says that its trie has -1 bytes of its 2; is it whole?",
                Refusal.of(() -> PrecompiledCharsMap.parse(new byte[2], "table")));
    }

    @Test
    void parse_trieThatLeadsOutside_isRefused() {
        int[] far = units();
        far[0] = 1 << 20;
        assertEquals(
                "table: unit 0 of the trie leads nowhere; is the file damaged?",
                Refusal.of(() -> PrecompiledCharsMap.parse(table(far, REPLACEMENT), "table")));
        int[] beyond = units();
        beyond[7] = LEAF | REPLACEMENT.length;
        assertEquals(
                "table: unit 7 of the trie leads nowhere; is the file damaged?",
                Refusal.of(() -> PrecompiledCharsMap.parse(table(beyond, REPLACEMENT), "table")));
        assertEquals(
                "table: a trie of 3 units is not whole blocks of 256",
                Refusal.of(() -> PrecompiledCharsMap.parse(table(new int[3], REPLACEMENT), "table")));
    }

    @Test
    void parse_replacementsThatAreNoText_areRefused() {
        assertEquals(
                "table replacements: byte 0 is not UTF-8; save the text as UTF-8",
                Refusal.of(() -> PrecompiledCharsMap.parse(table(units(), new byte[] {(byte) 0xFF}), "table")));
    }

    @Test
    void read_notBase64_isRefused() {
        JsonObject json = Json.parseObject("{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"****\"}", "n");
        assertEquals(
                "n: precompiled_charsmap: is not Base64 (Illegal base64 character 2a)",
                Refusal.of(() -> PrecompiledCharsMap.read(json)));
        String text = Base64.getEncoder().encodeToString(table(units(), REPLACEMENT));
        JsonObject good = Json.parseObject("{\"type\": \"Precompiled\"}", "n").with("precompiled_charsmap", text);
        assertEquals(
                "xy",
                PrecompiledCharsMap.read(good).normalize(AlignedText.of("a")).text());
    }
}
