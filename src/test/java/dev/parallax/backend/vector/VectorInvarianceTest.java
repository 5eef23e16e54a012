package dev.parallax.backend.vector;

import dev.parallax.backend.InvarianceTest;
import org.junit.jupiter.api.Tag;

@Tag("vector")
class VectorInvarianceTest extends InvarianceTest {

    VectorInvarianceTest() {
        super(new VectorBackend());
    }
}
