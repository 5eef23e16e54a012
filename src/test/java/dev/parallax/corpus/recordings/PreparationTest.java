package dev.parallax.corpus.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparationTest {

    /// What is wrong with the input is said as it is, from whichever thread: it is no error of the program.
    @Test
    void parallel_badInput_keepsItsLine() {
        List<Utterance> one = List.of(new Utterance("a", null, "so glad", "joy", Origin.UNKNOWN));
        String line = Refusal.of(() -> Preparation.parallel(one, 2, (_, _) -> {}, PreparationTest::refuse));
        assertEquals("vocab.txt: is missing", line);
    }

    private static int refuse(Utterance utterance) {
        throw new BadInputException("vocab.txt: is missing");
    }
}
