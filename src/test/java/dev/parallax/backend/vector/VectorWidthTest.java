package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Guards the Surefire executions `width-128` and `width-256`: what runs there proves something only while the width
/// is the forced one.
class VectorWidthTest {

    @Test
    @Tag("width-128")
    void preferredSpecies_width128Execution_has128Bits() {
        assertEquals(128, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    }

    @Test
    @Tag("width-256")
    void preferredSpecies_width256Execution_has256Bits() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "vectors of 256 bits are sure on x86 only");
        assertEquals(256, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    }
}
