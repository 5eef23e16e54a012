package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountTest {

    @Test
    void of_one_isSingular() {
        assertEquals("1 fold", Count.of(1, "fold"));
        assertEquals("1 varied copy", Count.of(1, "varied copy", "varied copies"));
    }

    @Test
    void of_noneOrSeveral_isPlural() {
        assertEquals("0 folds", Count.of(0, "fold"));
        assertEquals("2 clips have", Count.of(2, "clip has", "clips have"));
    }
}
