package dev.parallax.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void prefixed_knownFacts_arePrefixedAndOthersStayUnknown() {
        Origin origin = new Origin("03", "s1", "d1", 4, "a01", "train");
        assertEquals(new Origin("x/", "x/03", "x/s1", "x/d1", 4, "x/a01", "train"), origin.prefixed("x/"));
        assertEquals(new Origin("x/", null, null, null, -1, null, null), Origin.UNKNOWN.prefixed("x/"));
    }

    @Test
    void with_oneFact_leavesTheOthers() {
        Origin all = Origin.ofSpeaker("03")
                .withSession("s1")
                .withTurn("d1", 4)
                .withScript("a01")
                .withSplit("train");
        assertEquals(new Origin("03", "s1", "d1", 4, "a01", "train"), all);
        assertEquals(
                "origin: turn -2 is below 0; give -1 where it is not known", Refusal.of(() -> all.withTurn("d", -2)));
    }
}
