package dev.parallax.backend.device;

import static java.lang.foreign.MemorySegment.NULL;

import dev.parallax.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A device of CUDA: its primary context, one stream, one module. The driver keeps a context for each thread;
/// every call sets it, so it does not matter which thread calls.
final class CudaDevice implements Device {

    private static final int DONE = 0;
    private static final int NO_MEMORY_LEFT = 2;
    private static final int APART_FROM_THE_DEFAULT_STREAM = 1;
    private static final int MOST_ITEMS_OF_FUNCTION = 0; // just those that it was compiled for

    private static final int ERROR_LOG = 5;
    private static final int ERROR_LOG_BYTES = 6;
    private static final int LOG_BYTES = 1 << 14;

    private final CudaFunctions functions;
    private final CudaId device;
    private final Undo undo = new Undo();
    private final MemorySegment context;
    private final MemorySegment stream;
    private final MemorySegment module;

    private CudaDevice(CudaId device, byte[] program, CompileNotice notice) {
        this.functions = device.functions();
        this.device = device;
        try {
            context = Cuda.handle(out -> functions.cuDevicePrimaryCtxRetain(out, device.id()));
            undo.push(() -> functions.cuDevicePrimaryCtxRelease_v2(device.id()));
            functions.cuCtxSetCurrent(context);
            stream = Cuda.handle(out -> functions.cuStreamCreate(out, APART_FROM_THE_DEFAULT_STREAM));
            undo.push(() -> functions.cuStreamDestroy_v2(stream));
            module = notice.during(device.properties(), "the driver's cache", () -> load(program));
            undo.push(() -> functions.cuModuleUnload(module));
        } catch (BackendException e) {
            try (undo) {
                throw e;
            }
        }
    }

    /// Opens a device.
    ///
    /// @param program its kernels: PTX, as text that ends with a zero, which the driver compiles, or machine code
    /// @param notice  of a compilation
    static CudaDevice open(CudaId device, byte[] program, CompileNotice notice) {
        return new CudaDevice(device, program, notice);
    }

    private MemorySegment load(byte[] program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment log = arena.allocate(LOG_BYTES);
            MemorySegment options = arena.allocateFrom(ValueLayout.JAVA_INT, ERROR_LOG, ERROR_LOG_BYTES);
            MemorySegment values = arena.allocate(ValueLayout.ADDRESS, 2);
            values.setAtIndex(ValueLayout.ADDRESS, 0, log);
            values.setAtIndex(ValueLayout.ADDRESS, 1, MemorySegment.ofAddress(LOG_BYTES)); // the number itself
            MemorySegment made = arena.allocate(ValueLayout.ADDRESS);
            int status = functions.cuModuleLoadDataEx(
                    made, arena.allocateFrom(ValueLayout.JAVA_BYTE, program), 2, options, values);
            if (status != DONE) {
                throw new BackendException(device.properties().description() + ": cuModuleLoadDataEx failed: "
                        + device.errors().name(status) + KernelSource.said(log.getString(0)));
            }
            return made.get(ValueLayout.ADDRESS, 0);
        }
    }

    /// The functions, for this thread.
    private CudaFunctions here() {
        functions.cuCtxSetCurrent(context);
        return functions;
    }

    @Override
    public DeviceProperties properties() {
        return device.properties();
    }

    @Override
    public Kernel kernel(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom("parallax_" + name);
            MemorySegment function = Cuda.handle(out -> here().cuModuleGetFunction(out, module, text));
            int items = Cuda.number(out -> functions.cuFuncGetAttribute(out, MOST_ITEMS_OF_FUNCTION, function));
            return new Kernel(name, function, items);
        }
    }

    // ---- memory ----

    @Override
    public long allocate(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(ValueLayout.JAVA_LONG);
            int status = here().cuMemAlloc_v2(block, bytes);
            if (status == NO_MEMORY_LEFT) {
                return 0;
            }
            if (status != DONE) {
                throw device.errors().of("cuMemAlloc_v2", status);
            }
            return block.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    @Override
    public void free(long block) {
        finish(); // kernels may still read it
        functions.cuMemFree_v2(block);
    }

    @Override
    public long freeBytes(long held) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(ValueLayout.JAVA_LONG);
            here().cuMemGetInfo_v2(free, arena.allocate(ValueLayout.JAVA_LONG));
            return free.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /// Memory that the system does not move, so that the device reads it by itself.
    @Override
    @SuppressWarnings("restricted")
    public MemorySegment staging(long bytes) {
        MemorySegment memory = Cuda.handle(out -> here().cuMemHostAlloc(out, bytes, 0));
        undo.push(() -> functions.cuMemFreeHost(memory));
        return memory.reinterpret(bytes);
    }

    @Override
    public void write(MemorySegment from, long block, long at) {
        here().cuMemcpyHtoDAsync_v2(block + at, from, from.byteSize(), stream);
    }

    @Override
    public void read(long block, long at, MemorySegment out) {
        here().cuMemcpyDtoHAsync_v2(out, block + at, out.byteSize(), stream);
        functions.cuStreamSynchronize(stream);
    }

    @Override
    public void copy(long block, long at, long outBlock, long outAt, long bytes) {
        here().cuMemcpyDtoDAsync_v2(outBlock + outAt, block + at, bytes, stream);
    }

    @Override
    public void fill(int word, long block, long at, long count) {
        here().cuMemsetD32Async(block + at, word, count, stream);
    }

    // ---- the stream ----

    @Override
    public void launch(Kernel kernel, Arguments arguments, int x, int y, int z) {
        here().cuLaunchKernel(kernel.handle(), x, y, z, kernel.items(), 1, 1, 0, stream, arguments.pointers(), NULL);
    }

    @Override
    public void finish() {
        here().cuStreamSynchronize(stream);
    }

    @Override
    public void close() {
        functions.cuCtxSetCurrent(context);
        undo.close();
    }
}
