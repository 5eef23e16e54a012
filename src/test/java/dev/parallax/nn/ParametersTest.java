package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.TestBackends;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is fixed is the same whenever it was fixed, and has no place in the flat buffer.
class ParametersTest {

    private static final List<String> NAMES = List.of("a.one", "b.one", "a.two", "b.two", "b.three");
    private static final Set<String> FIXED = Set.of("b.one", "b.three");

    /// When parameters are fixed.
    enum When {
        NEVER,
        ADDED,
        BEFORE_MADE,
        MADE,
        ONE_BY_ONE
    }

    static Stream<Arguments> whenFixed() {
        return TestBackends.all()
                .flatMap(backend -> Stream.of(When.values())
                        .filter(when -> when != When.NEVER)
                        .map(when -> Arguments.of(backend, when)));
    }

    private static int size(String name) {
        return 3 + NAMES.indexOf(name);
    }

    private static Parameters made(Backend backend, When when) {
        Parameters parameters = new Parameters();
        for (String name : NAMES) {
            if (when == When.ADDED && FIXED.contains(name)) {
                parameters.addFixed(name, Shape.of(size(name)), Initializer.normal(1));
            } else {
                parameters.add(name, Shape.of(size(name)), Initializer.normal(1));
            }
        }
        if (when == When.BEFORE_MADE) {
            parameters.fix(FIXED::contains);
        }
        parameters.initialize(backend, 5);
        if (when == When.MADE) {
            parameters.fix(FIXED::contains);
        }
        if (when == When.ONE_BY_ONE) {
            FIXED.forEach(name -> parameters.fix(name::equals));
            FIXED.forEach(name -> parameters.fix(name::equals));
        }
        return parameters;
    }

    private static float[] values(Backend backend, Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    @ParameterizedTest
    @MethodSource("whenFixed")
    void fixed_whenever_haveTheSameValuesAndNoPlaceInTheFlatBuffer(Backend backend, When when) {
        long bytes = backend.liveBytes();
        Parameters all = made(backend, When.NEVER);
        Parameters some = made(backend, when);
        int moving = size("a.one") + size("a.two") + size("b.two");
        assertEquals(moving, some.trainableSize());
        assertEquals(all.size(), some.size());
        float[] flat = values(backend, some.values());
        assertEquals(moving, flat.length);
        int at = 0;
        for (Parameter parameter : some.all()) {
            float[] expected = all.value(all.all().get(parameter.ordinal())).toArray();
            assertArrayEquals(expected, some.value(parameter).toArray(), parameter.name());
            assertEquals(FIXED.contains(parameter.name()), some.isFixed(parameter));
            if (!some.isFixed(parameter)) {
                for (float value : expected) {
                    assertEquals(value, flat[at++]);
                }
            }
        }
        assertEquals(2L * Float.BYTES * all.size(), backend.liveBytes() - bytes, "each value is there once");
        all.close();
        some.close();
        assertEquals(bytes, backend.liveBytes());
    }

    @ParameterizedTest
    @MethodSource("whenFixed")
    void slice_ofSomeParameters_isOfThoseThatMove(Backend backend, When when) {
        Parameters some = made(backend, when);
        Function<String, Parameter> named = name -> some.all().get(NAMES.indexOf(name));
        Buffer ofB = some.slice(some.values(), "b.two");
        assertArrayEquals(some.value(named.apply("b.two")).toArray(), values(backend, Objects.requireNonNull(ofB)));
        Buffer ofA = some.slice(some.values(), "a."); // they follow each other, since b.one is fixed
        assertEquals(size("a.one") + size("a.two"), Objects.requireNonNull(ofA).length());
        assertNull(some.slice(some.values(), "b.one"));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> some.slice(some.values(), named.apply("b.three")));
        assertEquals("parameters: b.three is fixed: it has no gradient", refused.getMessage());
        some.close();
    }
}
