package dev.parallax.backend.select;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Guards the Surefire execution `no-vector-module`: what runs there proves something only while the module is absent.
@Tag("no-vector-module")
class NoVectorModuleTest {

    @Test
    void bootLayer_thisExecution_lacksTheVectorModule() {
        assertFalse(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }
}
