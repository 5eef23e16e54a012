package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "0x1B, \\u001b",
        "0x07, \\u0007",
        "0x7F, \\u007f",
        "0x9B, \\u009b",
        "0x0A, \\n",
        "0x0D, \\r",
        "0x09, \\t",
        "0x2028, \\u2028",
        "0x202E, \\u202e",
        "0x2066, \\u2066",
        "0x200B, \\u200b",
        "0x200D, \\u200d",
        "0xFEFF, \\ufeff",
        "0xAD, \\u00ad",
        "0x3164, \\u3164",
        "0xFE0F, \\ufe0f",
        "0xD83D, \\ud83d",
        "0xE0041, \\udb40\\udc41"
    })
    void escaped_characterThatMayGarble_isWrittenAsJsonWritesIt(String codePoint, String escape) {
        String text = "a" + Character.toString(Integer.decode(codePoint)) + "b";
        assertFalse(Printable.isPrintable(text));
        assertEquals("a" + escape + "b", Printable.escaped(text));
        assertEquals(
                text,
                Json.parseObject("{\"x\":\"" + Printable.escaped(text) + "\"}", "f")
                        .text("x"));
    }

    @Test
    void escaped_wordsOfAnyScript_stayAsTheyAre() {
        String text = "joy Ärger 喜び радость فرح 😀 e\u0301 C:\\new a\u00A0b";
        assertTrue(Printable.isPrintable(text));
        assertSame(text, Printable.escaped(text));
    }

    @Test
    void shortened_longMessage_keepsBothEnds() {
        String message = "m.csv line 2: turn \"" + "7".repeat(1_000_000) + "\" is no number";
        String shortened = Printable.shortened(message);
        assertTrue(shortened.length() < 2000);
        assertTrue(shortened.startsWith("m.csv line 2: turn \"7"));
        assertTrue(shortened.endsWith("7\" is no number"));
        assertEquals("m.csv line 2", Printable.shortened("m.csv line 2"));
    }
}
