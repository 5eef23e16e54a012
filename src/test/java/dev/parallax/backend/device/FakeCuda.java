package dev.parallax.backend.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A CUDA driver without a GPU: it has memory and transfers, and notes what is launched without running it. Any
/// of its functions can be made to fail.
final class FakeCuda implements FakeLibrary.Answers {

    /// A kernel that was started.
    ///
    /// @param name   of the function
    /// @param groups along the three axes, then the items of a group
    /// @param first  the first argument, as an int
    record Launch(String name, List<Integer> groups, int first) {}

    final List<Launch> launches = new ArrayList<>();
    /// How often each function was called.
    final Map<String, Integer> calls = new HashMap<>();

    private static final int NO_CONTEXT = 201;
    private static final List<String> WITHOUT_CONTEXT =
            List.of("cuInit", "cuDriver", "cuGetError", "cuDevice", "cuCtx");

    private final Arena arena;
    private final Set<Thread> threads = new HashSet<>(); // that have a context
    private final Map<Long, String> functions = new HashMap<>();
    private final String failing;
    private final int status;
    private final int capability;

    /// @param failing    the function that fails, or an empty text
    /// @param status     what it returns then
    /// @param capability compute capability, times 10
    FakeCuda(Arena arena, String failing, int status, int capability) {
        this.arena = arena;
        this.failing = failing;
        this.status = status;
        this.capability = capability;
    }

    Cuda library() {
        return Cuda.of(new FakeLibrary(arena, this, CudaFunctions.class, CudaErrors.Texts.class));
    }

    int calls(String function) {
        return calls.getOrDefault(function, 0);
    }

    @Override
    public Object of(String function, Object... x) {
        calls.merge(function, 1, Integer::sum);
        if (function.equals(failing)) {
            if (function.equals("cuModuleLoadDataEx")) {
                MemorySegment log = bytes((MemorySegment) x[4], Long.BYTES).get(ValueLayout.ADDRESS, 0);
                FakeLibrary.writeText(log, "ptxas error : line 7; unknown instruction");
            }
            return status;
        }
        if (WITHOUT_CONTEXT.stream().noneMatch(function::startsWith) && !threads.contains(Thread.currentThread())) {
            return NO_CONTEXT; // as drivers do: each thread has a context of its own, or none
        }
        switch (function) {
            case "cuCtxSetCurrent" -> threads.add(Thread.currentThread());
            case "cuGetErrorName" ->
                FakeLibrary.writeLong(x[1], text("CUDA_ERROR_" + x[0]).address());
            case "cuGetErrorString" ->
                FakeLibrary.writeLong(x[1], text("it failed").address());
            case "cuDriverGetVersion" -> FakeLibrary.writeInt(x[0], 12_040);
            case "cuDeviceGetCount" -> FakeLibrary.writeInt(x[0], 1);
            case "cuDeviceGet" -> FakeLibrary.writeInt(x[0], 5);
            case "cuDeviceGetName" -> FakeLibrary.writeText(x[0], "Made-up GPU");
            case "cuDeviceTotalMem_v2" -> FakeLibrary.writeLong(x[0], 8L << 30);
            case "cuDeviceGetAttribute" ->
                FakeLibrary.writeInt(
                        x[0], (int) x[1] == 75 ? capability / 10 : (int) x[1] == 76 ? capability % 10 : 20);
            case "cuDevicePrimaryCtxRetain", "cuStreamCreate", "cuModuleLoadDataEx" -> FakeLibrary.writeLong(x[0], 77);
            case "cuModuleGetFunction" -> {
                functions.put(
                        1000L + functions.size(),
                        bytes((MemorySegment) x[2], 100).getString(0));
                FakeLibrary.writeLong(x[0], 999L + functions.size());
            }
            case "cuFuncGetAttribute" -> FakeLibrary.writeInt(x[0], 256);
            case "cuMemAlloc_v2" -> FakeLibrary.writeLong(x[0], memory((long) x[1]));
            case "cuMemHostAlloc" -> FakeLibrary.writeLong(x[0], memory((long) x[1]));
            case "cuMemGetInfo_v2" -> FakeLibrary.writeLong(x[0], 1L << 30);
            case "cuMemcpyHtoDAsync_v2" -> copy((MemorySegment) x[1], at(x[0]), (long) x[2]);
            case "cuMemcpyDtoHAsync_v2" -> copy(at(x[1]), (MemorySegment) x[0], (long) x[2]);
            case "cuMemcpyDtoDAsync_v2" -> copy(at(x[1]), at(x[0]), (long) x[2]);
            case "cuMemsetD32Async" -> fill(at(x[0]), (int) x[1], (long) x[2]);
            case "cuLaunchKernel" -> launch(x);
            default -> {
                return 0; // nothing to write
            }
        }
        return 0;
    }

    private void launch(Object... x) {
        MemorySegment first = bytes((MemorySegment) x[9], Long.BYTES).get(ValueLayout.ADDRESS, 0);
        launches.add(new Launch(
                functions.getOrDefault(((MemorySegment) x[0]).address(), "?"),
                List.of((int) x[1], (int) x[2], (int) x[3], (int) x[4]),
                bytes(first, Integer.BYTES).get(ValueLayout.JAVA_INT, 0)));
    }

    private MemorySegment text(String of) {
        return arena.allocateFrom(of);
    }

    private long memory(long bytes) {
        return arena.allocate(bytes, 16).address();
    }

    private static MemorySegment at(Object address) {
        return MemorySegment.ofAddress((long) address);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment bytes(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    private static void copy(MemorySegment from, MemorySegment to, long bytes) {
        bytes(to, bytes).copyFrom(bytes(from, bytes));
    }

    private static void fill(MemorySegment at, int word, long count) {
        MemorySegment words = bytes(at, Integer.BYTES * count);
        for (long i = 0; i < count; i++) {
            words.setAtIndex(ValueLayout.JAVA_INT, i, word);
        }
    }
}
