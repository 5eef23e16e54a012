package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void hint_shortName_isNearAtOneEditOnly() {
        assertEquals("", Nearest.hint("99", List.of("03", "08", "11")));
        assertEquals("", Nearest.hint("4", List.of("7")));
        assertEquals("; did you mean \"joy\"?", Nearest.hint("joi", List.of("fear", "joy")));
        assertEquals("; did you mean \"happy\"?", Nearest.hint("hapy", List.of("happy", "sad")));
        assertEquals("; did you mean \"test\"?", Nearest.hint("tset", List.of("train", "val", "test")));
        assertEquals("; did you mean \"anger\"?", Nearest.hint("agner", List.of("anger")));
    }
}
