package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// CUDA on this machine: the library of its driver alone, and its devices. Numbers are those of cuda.h.
public final class Cuda {

    private static final List<String> LIBRARIES =
            List.of("libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1", "nvcuda.dll");
    private static final String REMEDY = "install NVIDIA's driver (https://www.nvidia.com/drivers), or use another"
            + " backend: ‹backend auto›, or opencl";

    private static final int NO_DEVICE = 100;
    private static final int DONE = 0;

    private static final int UNITS = 16;
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;
    private static final int LONGEST_NAME = 256;

    private final CudaFunctions functions;
    private final CudaErrors errors;

    private Cuda(CudaFunctions functions, CudaErrors errors) {
        this.functions = functions;
        this.errors = errors;
    }

    /// CUDA of this machine.
    ///
    /// @throws BackendException when there is none
    public static Cuda ofMachine() {
        return of(NativeLibrary.required("cuda", "NVIDIA driver", LIBRARIES, REMEDY));
    }

    /// CUDA by a library of its functions.
    static Cuda of(SymbolLookup library) {
        CudaErrors errors = CudaErrors.of(library);
        return new Cuda(Binding.of(CudaFunctions.class, "cuda: " + LIBRARIES.getFirst(), library, errors), errors);
    }

    /// All devices, numbered from 0; at least one.
    ///
    /// @throws BackendException when there is none, or the driver does not start
    public List<CudaId> devices() {
        int status = functions.cuInit(0);
        if (status != DONE && status != NO_DEVICE) {
            throw errors.of("cuInit", status);
        }
        int count = status == NO_DEVICE ? 0 : number(functions::cuDeviceGetCount);
        if (count == 0) {
            throw new BackendException("cuda: there is a driver but no device; " + REMEDY);
        }
        int version = number(functions::cuDriverGetVersion);
        List<CudaId> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            devices.add(device(i, "CUDA " + version / 1000 + "." + version % 1000 / 10));
        }
        return devices;
    }

    private CudaId device(int number, String driver) {
        int id = number(out -> functions.cuDeviceGet(out, number));
        int major = number(out -> functions.cuDeviceGetAttribute(out, CAPABILITY_MAJOR, id));
        int minor = number(out -> functions.cuDeviceGetAttribute(out, CAPABILITY_MINOR, id));
        int units = number(out -> functions.cuDeviceGetAttribute(out, UNITS, id));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(LONGEST_NAME);
            functions.cuDeviceGetName(name, LONGEST_NAME, id);
            MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
            functions.cuDeviceTotalMem_v2(bytes, id);
            DeviceProperties properties = new DeviceProperties(
                    "cuda", number, name.getString(0), driver, true, bytes.get(ValueLayout.JAVA_LONG, 0), units);
            return new CudaId(functions, errors, id, properties, major, minor);
        }
    }

    /// A function that writes an `int`.
    interface Query {
        void ask(MemorySegment out);
    }

    static int number(Query query) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
            query.ask(out);
            return out.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /// A function that writes a handle.
    static MemorySegment handle(Query query) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            query.ask(out);
            return out.get(ValueLayout.ADDRESS, 0);
        }
    }
}
