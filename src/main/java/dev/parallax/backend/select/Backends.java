package dev.parallax.backend.select;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.parallax.BackendException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.backend.vector.VectorBackend;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;

/// The one place that chooses a backend. It names no vector type, so it links and runs on a JVM without the Vector
/// API.
public final class Backends {

    /// The values of `--backend`.
    public static final List<String> NAMES = List.of("auto", "scalar", "vector", "cuda");

    private static final String MODULE = "jdk.incubator.vector";
    private static final int LEAST_WIDTH = 128; // bits: a narrower vector holds one or two floats

    private Backends() {}

    /// The backend of this name. `auto` takes the vector backend where it can run fast, else the scalar one.
    ///
    /// @param name one of [#NAMES]
    /// @param log  receives one line: the choice, and for `auto` why it is not the vector backend
    /// @throws BackendException when an explicitly named backend cannot run here: why, and what would make it run
    public static Backend choose(String name, Consumer<String> log) {
        Backend backend = switch (name) {
            case "auto" -> automatic(log);
            case "scalar" -> new ScalarBackend();
            case "vector" -> vector();
            case "cuda" ->
                throw new BackendException(
                        "cuda: this version of Parallax has no CUDA backend; use ‹backend auto›, scalar or vector");
            default ->
                throw new BackendException(
                        "backend \"" + name + "\" does not exist; use one of " + String.join(", ", NAMES));
        };
        log.accept(backend.description());
        return backend;
    }

    private static Backend automatic(Consumer<String> log) {
        String obstacle = obstacle();
        if (obstacle.isEmpty()) {
            return new VectorBackend();
        }
        log.accept("backend auto: not vector: " + obstacle);
        return new ScalarBackend();
    }

    private static Backend vector() {
        String obstacle = obstacle();
        if (!obstacle.isEmpty()) {
            throw new BackendException("vector: " + obstacle);
        }
        return new VectorBackend();
    }

    /// Why the vector backend cannot run here, or would be slow, with the remedy; empty when it can.
    private static String obstacle() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "the module " + MODULE + " is not loaded; start java with --add-modules " + MODULE
                    + " (bin/parallax does)";
        }
        String mode = System.getProperty("java.vm.info", "");
        boolean compilesWell = System.getProperty("java.vm.name", "").contains("Server VM")
                && !mode.contains("interpreted")
                && !mode.contains("emulated-client");
        if (!compilesWell) {
            return "this JVM runs without the C2 compiler (" + mode
                    + "), which turns vector code into vector instructions; use a server JVM without -Xint or"
                    + " -XX:TieredStopAtLevel";
        }
        int width = VectorBackend.width();
        if (width < LEAST_WIDTH) {
            return "vectors have " + width + " bits here, " + LEAST_WIDTH
                    + " are needed; check -XX:MaxVectorSize, or use ‹backend scalar›";
        }
        if (!multipliesAndAddsAtOnce()) {
            return "this processor, or -XX:-UseFMA, has no instruction that multiplies and adds, and without one it"
                    + " is a thousand times slower; use ‹backend scalar›";
        }
        return "";
    }

    private static boolean multipliesAndAddsAtOnce() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return flags != null && Boolean.parseBoolean(flags.getVMOption("UseFMA").getValue());
    }
}
