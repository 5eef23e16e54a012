package dev.parallax.backend.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import dev.parallax.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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

    /// The logger of a library that falls back speaks once in this process, in which another test may have asked
    /// before.
    @Test
    void fastest_isAuto_andWarnsOnceWhereItIsNotVectors() {
        Logger logger = Logger.getLogger("dev.parallax");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                log.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        hasVectorModule() ? "vector" : "scalar",
                        Backends.fastest().name());
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertTrue(log.size() <= (hasVectorModule() ? 0 : 1), log.toString());
        for (String line : log) {
            assertTrue(line.startsWith("WARNING backend auto: not vector: the module"), line);
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
        BackendException other = assertThrows(BackendException.class, () -> Backends.choose("fast", log::add));
        assertEquals(
                "backend \"fast\" does not exist; use one of auto, scalar, vector, opencl, cuda, or a device by its"
                        + " number, such as opencl:0 (doctor lists them)",
                other.getMessage());
    }

    @Test
    void choose_deviceThatDoesNotExist_saysWhatThereIsOrHowToGetOne() {
        for (String kind : List.of("opencl", "cuda")) {
            BackendException error =
                    assertThrows(BackendException.class, () -> Backends.choose(kind + ":9999", log::add));
            String message = String.valueOf(error.getMessage());
            assertTrue(
                    message.contains(kind + ":9999 does not exist; there is " + kind + ":0")
                            || (message.startsWith(kind + ": ") && message.contains("; install")),
                    message);
        }
        for (String name : List.of("opencl:", "opencl:x", "opencl:-1", "scalar:0", "opencl:0:0", "opencl:99999")) {
            BackendException error = assertThrows(BackendException.class, () -> Backends.choose(name, log::add));
            assertTrue(String.valueOf(error.getMessage()).startsWith("backend \"" + name + "\" does not exist;"));
        }
        assertEquals(List.of(), log);
    }

    @Test
    void all_beginsWithTheHosts_andNamesBothKindsOfDevices() {
        List<String> names = Backends.all();
        assertEquals(List.of("scalar", "vector"), names.subList(0, 2));
        assertTrue(names.stream().anyMatch(name -> name.matches("opencl(:0)?")), names.toString());
        assertTrue(names.stream().anyMatch(name -> name.matches("cuda(:0)?")), names.toString());
    }
}
