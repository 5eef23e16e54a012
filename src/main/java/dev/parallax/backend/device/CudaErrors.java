package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/// What the statuses of CUDA's functions mean, as the driver itself says.
record CudaErrors(Texts texts) implements Binding.Errors {

    private static final long LONGEST = 1 << 10;

    /// What helps, where a status has one usual reason. Numbers are those of cuda.h.
    private static final Map<Integer, String> REMEDIES = Map.of(
            209, "the kernels are not compiled for this device: use another one, or ‹backend opencl›",
            222, "the driver is too old: install a newer one (https://www.nvidia.com/drivers)",
            803, "the driver was updated and waits for a restart: restart the machine",
            804, "the driver is too old: install a newer one (https://www.nvidia.com/drivers)",
            999,
                    "most often after suspend or an update: restart the machine or load the driver's kernel module"
                            + " (nvidia-uvm) again");

    /// Functions that write the address of a text.
    interface Texts {

        int cuGetErrorName(int status, MemorySegment text);

        int cuGetErrorString(int status, MemorySegment text);
    }

    static CudaErrors of(SymbolLookup library) {
        return new CudaErrors(Binding.of(
                Texts.class,
                "cuda: libcuda.so.1",
                library,
                (function, status) -> new BackendException("cuda: " + function + " failed: error " + status)));
    }

    @Override
    public BackendException of(String function, int status) {
        return new BackendException("cuda: " + function + " failed: " + name(status));
    }

    /// A status for people: number, name, what it means, and what helps where that is known.
    String name(int status) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment meaning = arena.allocate(ValueLayout.ADDRESS);
            texts.cuGetErrorName(status, name);
            texts.cuGetErrorString(status, meaning);
            String remedy = REMEDIES.get(status);
            return "error " + status + " (" + text(name) + ", " + text(meaning) + ")"
                    + (remedy == null ? "" : "; " + remedy);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment pointer) {
        MemorySegment text = pointer.get(ValueLayout.ADDRESS, 0);
        return text.address() == 0 ? "unknown" : text.reinterpret(LONGEST).getString(0);
    }
}
