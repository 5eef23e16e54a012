package dev.parallax;

import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.backend.select.Backends;
import java.util.stream.Stream;

/// The backends that this JVM can run, for tests over all backends.
public final class TestBackends {

    private TestBackends() {}

    public static Stream<Backend> all() {
        Backend best = Backends.choose("auto", line -> {});
        return best.name().equals("scalar") ? Stream.of(best) : Stream.of(new ScalarBackend(), best);
    }
}
