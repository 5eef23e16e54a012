package dev.parallax.backend.select;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.parallax.BackendException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Butterflies;
import dev.parallax.backend.SlidingProduct;
import dev.parallax.backend.device.BinaryCache;
import dev.parallax.backend.device.Cuda;
import dev.parallax.backend.device.CudaId;
import dev.parallax.backend.device.Device;
import dev.parallax.backend.device.DeviceBackend;
import dev.parallax.backend.device.DeviceProperties;
import dev.parallax.backend.device.Nvrtc;
import dev.parallax.backend.device.OpenCl;
import dev.parallax.backend.device.OpenClId;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.backend.scalar.ScalarButterflies;
import dev.parallax.backend.scalar.ScalarSlidingProduct;
import dev.parallax.backend.vector.VectorBackend;
import dev.parallax.backend.vector.VectorButterflies;
import dev.parallax.backend.vector.VectorSlidingProduct;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The one place that chooses a backend. It names no vector type, so it links and runs on a JVM without the
/// Vector API.
public final class Backends {

    /// The values of `--backend`; those of devices may be followed by a colon and a number, such as `opencl:1`.
    public static final List<String> NAMES = List.of("auto", "scalar", "vector", "opencl", "cuda");

    private static final String OPENCL = "opencl";
    private static final String CUDA = "cuda";
    private static final List<String> DEVICES = List.of(OPENCL, CUDA);
    private static final String MODULE = "jdk.incubator.vector";
    private static final int LEAST_WIDTH = 128; // bits: a narrower vector holds one or two floats

    /// Whether [#fastest] has said why it is not the vector backend, which is the same for all of a process.
    private static final AtomicBoolean IS_SAID = new AtomicBoolean();

    private Backends() {}

    /// The backend of this name. `auto` takes the vector backend where it can run fast, else the scalar one; it
    /// never takes a device.
    ///
    /// @param name one of [#NAMES], or a device's: `opencl` is the first GPU, or the first device without one;
    ///             `opencl:1` is the second device, as `doctor` lists them
    /// @param log  receives one line: the choice, and before it what [#open] says
    /// @throws BackendException when an explicitly named backend cannot run here: why, and what would make it run
    public static Backend choose(String name, Consumer<String> log) {
        Backend backend = open(name, log);
        log.accept(backend.description());
        return backend;
    }

    /// The backend of this name, which does not say what it is.
    ///
    /// @param log receives what else is to be known: for `auto` why it is not the vector backend, for a device that
    ///            its kernels are being compiled where that takes long, or that its memory was lost
    /// @throws BackendException as [#choose]
    public static Backend open(String name, Consumer<String> log) {
        int colon = name.indexOf(':');
        String kind = colon < 0 ? name : name.substring(0, colon);
        String number = colon < 0 ? "" : name.substring(colon + 1);
        if (colon >= 0 && !(DEVICES.contains(kind) && number.matches("\\d{1,4}"))) {
            throw unknown(name);
        }
        return switch (kind) {
            case "auto" -> automatic(log);
            case "scalar" -> new ScalarBackend();
            case "vector" -> vector();
            case OPENCL -> {
                List<OpenClId> all = OpenCl.ofMachine().devices();
                yield new DeviceBackend(
                        chosen(all, OpenClId::properties, number).open(BinaryCache.ofUser(), log), log);
            }
            case CUDA -> {
                List<CudaId> all = Cuda.ofMachine().devices();
                CudaId device = chosen(all, CudaId::properties, number);
                Optional<Nvrtc> compiler = Nvrtc.ofSetting(System.getenv(Nvrtc.SETTING));
                Device opened =
                        compiler.isEmpty() ? device.open(log) : device.open(compiler.get(), BinaryCache.ofUser(), log);
                yield new DeviceBackend(opened, log);
            }
            default -> throw unknown(name);
        };
    }

    private static BackendException unknown(String name) {
        return new BackendException("backend \"" + name + "\" does not exist; use one of " + String.join(", ", NAMES)
                + ", or a device by its number, such as opencl:0 (doctor lists them)");
    }

    /// @param number of the device, or empty
    private static <T> T chosen(List<T> devices, Function<T, DeviceProperties> properties, String number) {
        if (number.isEmpty()) {
            return devices.stream()
                    .filter(device -> properties.apply(device).isGpu())
                    .findFirst()
                    .orElse(devices.getFirst());
        }
        int wanted = Integer.parseInt(number);
        if (wanted >= devices.size()) {
            String kind = properties.apply(devices.getFirst()).api();
            throw new BackendException(kind + ":" + wanted + " does not exist; there is "
                    + devices.stream()
                            .map(device -> properties.apply(device).description())
                            .collect(Collectors.joining(", ")));
        }
        return devices.get(wanted);
    }

    /// The backend `auto`, for callers who pass no log. Where it is not the vector backend, the logger
    /// `dev.parallax` ([System#getLogger]) says why, and what would make it run, as a warning, once a process:
    /// scalar loops are several times slower.
    public static Backend fastest() {
        return open("auto", line -> {
            if (IS_SAID.compareAndSet(false, true)) {
                System.getLogger("dev.parallax").log(System.Logger.Level.WARNING, line);
            }
        });
    }

    /// The names of all backends of this machine, each device by its number. Where a kind has no device, its name
    /// is there without one, and [#choose] says why.
    public static List<String> all() {
        List<String> names = new ArrayList<>(ofHost());
        names.addAll(
                addresses(OPENCL, () -> OpenCl.ofMachine().devices().stream().map(OpenClId::properties)));
        names.addAll(addresses(CUDA, () -> Cuda.ofMachine().devices().stream().map(CudaId::properties)));
        return names;
    }

    /// The names of the backends that compute on the processor of this JVM.
    public static List<String> ofHost() {
        return List.of("scalar", "vector");
    }

    private static List<String> addresses(String kind, Supplier<Stream<DeviceProperties>> devices) {
        try {
            return devices.get().map(DeviceProperties::address).toList();
        } catch (BackendException e) {
            return List.of(kind);
        }
    }

    private static Backend automatic(Consumer<String> log) {
        String obstacle = obstacle();
        if (obstacle.isEmpty()) {
            return new VectorBackend();
        }
        log.accept("backend auto: not vector: " + obstacle);
        return new ScalarBackend();
    }

    static SlidingProduct fastestProduct() {
        return obstacle().isEmpty() ? new VectorSlidingProduct() : new ScalarSlidingProduct();
    }

    static Butterflies fastestButterflies() {
        return obstacle().isEmpty() ? new VectorButterflies() : new ScalarButterflies();
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
