package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.model.answer.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static Answer joy() {
        return new Answer("joy", List.of(0.75, 0.25), true, false);
    }

    @Test
    void decidedBy_answersThatAreEqual_areToldApart() {
        Decision byText = new Decision(joy(), joy(), joy(), Decision.By.TEXT);
        assertEquals("text", byText.decidedBy());
        assertTrue(byText.isAlone());
        assertFalse(new Decision(joy(), joy(), joy(), Decision.By.FUSED).isAlone());
        assertFalse(new Decision(null, null, joy(), Decision.By.TEXT).isAlone());
        assertEquals(
                "text",
                new Prediction(List.of("joy", "fear"), joy(), joy(), joy(), Decision.By.TEXT, List.of()).decidedBy());
    }

    @Test
    void of_answerThatIsNotThere_isRefused() {
        assertThrows(NullPointerException.class, () -> new Decision(joy(), null, joy(), Decision.By.AUDIO));
    }
}
