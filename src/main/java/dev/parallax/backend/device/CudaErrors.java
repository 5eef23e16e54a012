package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/// What the statuses of CUDA's functions mean, as the driver itself says.
record CudaErrors(Texts texts) implements Binding.Errors {

    private static final long LONGEST = 1 << 10;

    /// Functions that write the address of a text.
    interface Texts {

        int cuGetErrorName(int status, MemorySegment text);

        int cuGetErrorString(int status, MemorySegment text);
    }

    static CudaErrors of(SymbolLookup library) {
        return new CudaErrors(Binding.of(
                Texts.class,
                "cuda: libcuda",
                library,
                (function, status) -> new BackendException("cuda: " + function + " failed: error " + status)));
    }

    @Override
    public BackendException of(String function, int status) {
        return new BackendException("cuda: " + function + " failed: " + name(status));
    }

    /// A status for people: number, name, what it means.
    String name(int status) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment meaning = arena.allocate(ValueLayout.ADDRESS);
            texts.cuGetErrorName(status, name);
            texts.cuGetErrorString(status, meaning);
            return "error " + status + " (" + text(name) + ", " + text(meaning) + ")";
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment pointer) {
        MemorySegment text = pointer.get(ValueLayout.ADDRESS, 0);
        return text.address() == 0 ? "unknown" : text.reinterpret(LONGEST).getString(0);
    }
}
