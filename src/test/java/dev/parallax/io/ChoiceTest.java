package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private enum Fruit implements Choice {
        APPLE,
        PEAR
    }

    private enum Plain {
        MEAN_MAX,
        MAX
    }

    @Test
    void words_ofChoices_areLowerCase_thoseOfOtherEnumsTheirNames() {
        assertEquals(List.of("apple", "pear"), Choice.words(Fruit.class));
        assertEquals(List.of("MEAN_MAX", "MAX"), Choice.words(Plain.class));
    }

    @Test
    void of_aWordInAnyCase_isItsConstant() {
        assertEquals(Fruit.PEAR, Choice.of("pear", Fruit.class, "fruit"));
        assertEquals(Fruit.PEAR, Choice.of("Pear", Fruit.class, "fruit"));
        assertEquals(Plain.MEAN_MAX, Choice.of("mean_max", Plain.class, "pooling"));
    }

    @Test
    void of_anUnknownWord_isRefusedWithAllWordsAndTheNearest() {
        assertEquals(
                "fruit \"aple\" is not one of [apple, pear]; did you mean \"apple\"?",
                Refusal.of(() -> Choice.of("aple", Fruit.class, "fruit")));
    }

    @Test
    void json_with_writesTheWord() {
        assertEquals(
                new Json.Text("pear"), Json.object().with("eaten", Fruit.PEAR).get("eaten"));
    }
}
