package dev.parallax.backend.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import dev.parallax.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("backend")
class BackendsTest {

    private final List<String> log = new ArrayList<>();

    private static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @Test
    void choose_scalar_runsAnywhere() {
        assertEquals("scalar", Backends.choose("scalar", log::add).name());
        assertEquals(List.of("backend=scalar jdk=" + Runtime.version()), log);
    }

    @Test
    void choose_auto_takesVectorsWhereTheyRunAndSaysWhyElsewhere() {
        Backend backend = Backends.choose("auto", log::add);
        assertEquals(hasVectorModule() ? "vector" : "scalar", backend.name());
        assertEquals(backend.description(), log.getLast());
        if (!hasVectorModule()) {
            assertTrue(log.getFirst().contains("jdk.incubator.vector is not loaded"), log.getFirst());
        }
    }

    @Test
    void choose_vector_runsOrSaysWhatWouldMakeItRun() {
        if (hasVectorModule()) {
            String line = Backends.choose("vector", log::add).description();
            assertTrue(line.matches("backend=vector width=\\d+ fma=yes jdk=25.*"), line);
        } else {
            BackendException error = assertThrows(BackendException.class, () -> Backends.choose("vector", log::add));
            assertEquals(
                    "vector: the module jdk.incubator.vector is not loaded; start java with --add-modules"
                            + " jdk.incubator.vector (bin/parallax does)",
                    error.getMessage());
        }
    }

    @Test
    void choose_whatDoesNotExist_namesWhatDoes() {
        BackendException cuda = assertThrows(BackendException.class, () -> Backends.choose("cuda", log::add));
        assertEquals(
                "cuda: this version of Parallax has no CUDA backend; use ‹backend auto›, scalar or vector",
                cuda.getMessage());
        BackendException other = assertThrows(BackendException.class, () -> Backends.choose("fast", log::add));
        assertEquals(
                "backend \"fast\" does not exist; use one of auto, scalar, vector, opencl, cuda, or a device by its"
                        + " number, such as opencl:0 (doctor lists them)",
                other.getMessage());
    }
}
