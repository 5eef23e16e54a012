package dev.parallax.backend.device;

import static java.lang.foreign.MemorySegment.NULL;

import dev.parallax.BackendException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The compiler of CUDA C as a library, libnvrtc of the CUDA toolkit. It compiles the kernels' source for the very
/// card, in place of the PTX in the jar that the driver compiles. It is used only where a setting asks for it:
/// nothing but the driver is needed otherwise. Numbers are those of nvrtc.h.
public final class Nvrtc {

    /// The variable of the environment that asks for it: `true`, or the path of the library.
    public static final String SETTING = "PARALLAX_NVRTC";

    /// Products are rounded before they are added, as everywhere (`native/README.md`).
    private static final List<String> OPTIONS = List.of("-fmad=false", "-std=c++17");

    private static final List<String> LIBRARIES = List.of(
            "libnvrtc.so.13",
            "libnvrtc.so.12",
            "libnvrtc.so",
            "/usr/local/cuda/lib64/libnvrtc.so",
            "nvrtc64_130_0.dll",
            "nvrtc64_120_0.dll");

    private static final int DONE = 0;

    private final NvrtcFunctions functions;
    private final String version;

    private Nvrtc(NvrtcFunctions functions) {
        this.functions = functions;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment major = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment minor = arena.allocate(ValueLayout.JAVA_INT);
            functions.nvrtcVersion(major, minor);
            this.version = "NVRTC " + major.get(ValueLayout.JAVA_INT, 0) + "." + minor.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /// The compiler, where the setting asks for it.
    ///
    /// @param setting the value of [#SETTING], or null: null, an empty text and `false` do not ask
    /// @throws BackendException when it asks for a compiler that is not there
    public static Optional<Nvrtc> ofSetting(@Nullable String setting) {
        if (setting == null || setting.isEmpty() || setting.equals("false")) {
            return Optional.empty();
        }
        if (setting.equals("true")) {
            return Optional.of(of(setting, LIBRARIES, "no libnvrtc found"));
        }
        Path file = Path.of(setting).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw missing(setting, "there is no file " + file);
        }
        openBuiltins(file);
        return Optional.of(of(setting, List.of(file.toString()), "not a library"));
    }

    private static Nvrtc of(String setting, List<String> names, String absent) {
        String itself = setting + ": "; // the message begins with it already
        SymbolLookup library = NativeLibrary.first(names)
                .orElseThrow(() -> missing(
                        setting,
                        NativeLibrary.refusal(names)
                                .map(why -> why.startsWith(itself) ? why.substring(itself.length()) : why)
                                .orElse(absent)));
        if (library.find("nvrtcVersion").isEmpty()) {
            throw missing(setting, "a library, but not NVRTC: it has no function nvrtcVersion");
        }
        return of(library);
    }

    private static BackendException missing(String setting, String why) {
        return new BackendException("cuda: " + SETTING + "=" + setting + ": " + why + "; install NVRTC of the CUDA"
                + " toolkit and set " + SETTING + " to true, or to the path of libnvrtc.so; without " + SETTING
                + " the kernels of the jar serve");
    }

    /// The compiler looks for a second library, which it finds only where the system does, unless it is open.
    private static void openBuiltins(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            // those that are none may lie where the system looks
            files.map(Path::toString)
                    .filter(name -> name.contains("nvrtc-builtins"))
                    .forEach(name -> NativeLibrary.first(List.of(name)));
        } catch (IOException e) {
            throw new BackendException("cuda: " + folder + " cannot be listed: " + e.getMessage());
        }
    }

    /// The compiler by a library of its functions.
    static Nvrtc of(SymbolLookup library) {
        return new Nvrtc(Binding.of(NvrtcFunctions.class, "cuda: libnvrtc", library, Nvrtc::error));
    }

    private static BackendException error(String function, int status) {
        return new BackendException("cuda: " + function + " failed: error " + status + name(status));
    }

    private static String name(int status) {
        return switch (status) {
            case 1 -> " (NVRTC_ERROR_OUT_OF_MEMORY)";
            case 3 -> " (NVRTC_ERROR_INVALID_INPUT)";
            case 4 -> " (NVRTC_ERROR_INVALID_PROGRAM)";
            case 5 -> " (NVRTC_ERROR_INVALID_OPTION)";
            case 6 -> " (NVRTC_ERROR_COMPILATION)";
            case 7 -> " (NVRTC_ERROR_BUILTIN_OPERATION_FAILURE)";
            case 11 -> " (NVRTC_ERROR_INTERNAL_ERROR)";
            default -> "";
        };
    }

    /// What it is: `NVRTC 13.0`.
    public String version() {
        return version;
    }

    /// A program for one kind of card, in machine code (cubin).
    ///
    /// @param architecture of the card, such as `sm_90`
    /// @param device       the card
    /// @param cache        of compiled programs
    /// @param notice       of a compilation, where the program is not in the cache
    /// @throws BackendException when the compiler refuses: what it says, with the line
    byte[] compile(
            String source, String architecture, DeviceProperties device, BinaryCache cache, CompileNotice notice) {
        String key = KernelSource.digest(version, architecture, String.join(" ", OPTIONS), source);
        byte[] kept = cache.get(key);
        if (kept != null) {
            return kept;
        }
        byte[] compiled = notice.during(device, cache.folder().toString(), () -> compile(source, architecture));
        cache.put(key, compiled, notice.log());
        return compiled;
    }

    /// A program for one kind of card, whatever is in a cache.
    byte[] compile(String source, String architecture) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.ADDRESS);
            functions.nvrtcCreateProgram(
                    handle, arena.allocateFrom(source), arena.allocateFrom("kernels.c"), 0, NULL, NULL);
            MemorySegment program = handle.get(ValueLayout.ADDRESS, 0);
            try {
                return compile(program, architecture, arena);
            } finally {
                functions.nvrtcDestroyProgram(handle);
            }
        }
    }

    private byte[] compile(MemorySegment program, String architecture, Arena arena) {
        MemorySegment list = arena.allocate(ValueLayout.ADDRESS, OPTIONS.size() + 1);
        list.set(ValueLayout.ADDRESS, 0, arena.allocateFrom("-arch=" + architecture));
        for (int i = 0; i < OPTIONS.size(); i++) {
            list.setAtIndex(ValueLayout.ADDRESS, i + 1, arena.allocateFrom(OPTIONS.get(i)));
        }
        int status = functions.nvrtcCompileProgram(program, OPTIONS.size() + 1, list);
        if (status != DONE) {
            throw new BackendException("cuda: " + version + " does not compile the kernels for " + architecture
                    + ": error " + status + name(status) + KernelSource.said(log(program, arena)));
        }
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        functions.nvrtcGetCUBINSize(program, size);
        MemorySegment cubin = arena.allocate(Math.max(1, size.get(ValueLayout.JAVA_LONG, 0)));
        functions.nvrtcGetCUBIN(program, cubin);
        return cubin.toArray(ValueLayout.JAVA_BYTE);
    }

    private String log(MemorySegment program, Arena arena) {
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        functions.nvrtcGetProgramLogSize(program, size);
        MemorySegment log = arena.allocate(Math.max(1, size.get(ValueLayout.JAVA_LONG, 0)));
        functions.nvrtcGetProgramLog(program, log);
        return log.getString(0);
    }
}
