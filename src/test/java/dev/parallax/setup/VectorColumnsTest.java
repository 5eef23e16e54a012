package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.data.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorColumnsTest {

    private static final List<Vectors> VECTORS =
            List.of(new Vectors(new float[] {0, 1, 1000}, null), new Vectors(new float[] {0, 3, -1000}, null));

    private static List<String> said(boolean standardized) {
        List<String> said = new ArrayList<>();
        VectorColumns.say(VECTORS, standardized, new Remarks() {
            @Override
            public void warn(String line) {
                said.add(line);
            }
        });
        return said;
    }

    @Test
    void say_columnThatNeverChanges_isNamed() {
        assertEquals(
                List.of("audio vectors: 1 of 3 columns never changes in the training part and tells nothing (column 0,"
                        + " from 0)"),
                said(true));
    }

    @Test
    void say_scalesFarApartAsTheyAre_areWarnedOf() {
        List<String> said = said(false);
        assertEquals(2, said.size());
        assertEquals(
                "audio vectors: their columns have deviations from 1.00 to 1.00e+03 and means of up to 2.00 deviations,"
                        + " and are read as they are; a network hardly learns from such: take"
                        + " network.standardization=TRAINING",
                said.get(1));
    }
}
