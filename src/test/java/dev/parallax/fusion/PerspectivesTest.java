package dev.parallax.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PerspectivesTest {

    private static final Perspectives<String> WORDS = Perspectives.of(View::word);

    @Test
    void of_function_hasItsValueForEachView() {
        assertEquals(new Perspectives<>("fused", "audio", "text"), WORDS);
        assertEquals(
                List.of("fused", "audio", "text"),
                Perspectives.VIEWS.stream().map(WORDS::get).toList());
    }

    @Test
    void map_changesEachValue() {
        assertEquals(new Perspectives<>(5, 5, 4), WORDS.map(String::length));
        assertEquals(Perspectives.alike(1), WORDS.map(_ -> 1));
    }

    @Test
    void withFused_changesNoOther() {
        assertEquals(new Perspectives<>("both", "audio", "text"), WORDS.withFused("both"));
    }

    @Test
    void get_decision_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> WORDS.get(View.DECISION));
    }
}
