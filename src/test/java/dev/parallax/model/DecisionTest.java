package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.answer.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // the class file of a record does not tell that its answers may be null
class DecisionTest {

    private static Answer joy() {
        return new Answer("joy", List.of(0.75, 0.25), true, false, List.of(1.1, 0.0), 1, 0);
    }

    @Test
    void decidedBy_answersThatAreEqual_areToldApart() {
        Perspectives<@Nullable Answer> equal = Perspectives.of(_ -> joy());
        Decision byText = new Decision(equal, View.TEXT);
        assertEquals("text", byText.decidedBy());
        assertTrue(byText.isAlone());
        assertFalse(new Decision(equal, View.FUSED).isAlone());
        assertFalse(new Decision(new Perspectives<>(null, null, joy()), View.TEXT).isAlone());
        assertEquals("text", new Prediction(List.of("joy", "fear"), equal, View.TEXT, List.of()).decidedBy());
    }

    @Test
    void of_answerThatIsNotThere_isRefused() {
        assertThrows(
                NullPointerException.class, () -> new Decision(new Perspectives<>(joy(), null, joy()), View.AUDIO));
    }
}
