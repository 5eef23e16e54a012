package dev.parallax.backend.device;

import static java.lang.foreign.MemorySegment.NULL;

import dev.parallax.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device of OpenCL: one context, one queue that works in order, one program.
final class OpenClDevice implements Device {

    private static final int READ_AND_WRITE = 1;
    private static final int WAIT = 1;
    private static final int GO_ON = 0;

    private static final int DONE = 0;
    private static final List<Integer> NO_MEMORY_LEFT = List.of(-4, -5, -6, -61);

    private static final int BUILD_LOG = 0x1183;
    private static final int BINARY_SIZES = 0x1165;
    private static final int BINARIES = 0x1166;
    private static final int GROUP_SIZE_OF_KERNEL = 0x11B1;

    private final OpenClFunctions functions;
    private final OpenClId device;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment word = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment items = arena.allocate(ValueLayout.JAVA_LONG, 3);
    private final MemorySegment itemsOfGroup = arena.allocate(ValueLayout.JAVA_LONG, 3);
    private final MemorySegment context;
    private final MemorySegment queue;
    private final MemorySegment program;
    private final Undo undo = new Undo();

    private OpenClDevice(OpenClId device, String source, BinaryCache cache, CompileNotice notice) {
        this.functions = device.functions();
        this.device = device;
        try {
            context =
                    made("clCreateContext", functions.clCreateContext(NULL, 1, list(device.id()), NULL, NULL, status));
            undo.push(() -> functions.clReleaseContext(context));
            queue = made("clCreateCommandQueue", functions.clCreateCommandQueue(context, device.id(), 0, status));
            undo.push(() -> functions.clReleaseCommandQueue(queue));
            String key = device.cacheKey(source);
            byte[] binary = cache.get(key);
            MemorySegment cached = binary == null ? null : ofBinary(binary);
            program = cached == null ? compiled(source, key, cache, notice) : cached;
        } catch (BackendException e) {
            try (undo) {
                throw e;
            }
        }
    }

    /// Opens a device.
    ///
    /// @param source of its kernels
    /// @param cache  of compiled kernels
    /// @param notice of a compilation, where they are not in the cache
    static OpenClDevice open(OpenClId device, String source, BinaryCache cache, CompileNotice notice) {
        return new OpenClDevice(device, source, cache, notice);
    }

    /// What a function has made, unless its status says that it has not.
    private MemorySegment made(String function, MemorySegment handle) {
        int code = status.get(ValueLayout.JAVA_INT, 0);
        if (code != DONE) {
            throw OpenCl.error(function, code);
        }
        return handle;
    }

    private MemorySegment list(MemorySegment handle) {
        return arena.allocateFrom(ValueLayout.ADDRESS, handle);
    }

    // ---- the program ----

    private MemorySegment compiled(String source, String key, BinaryCache cache, CompileNotice notice) {
        return notice.during(device.properties(), cache.folder().toString(), () -> {
            MemorySegment made = ofSource(source);
            cache.put(key, binary(made), notice.log()); // PoCL compiles when it is asked for the binary
            return made;
        });
    }

    private MemorySegment ofSource(String source) {
        try (Arena here = Arena.ofConfined()) {
            MemorySegment text = here.allocateFrom(ValueLayout.ADDRESS, here.allocateFrom(source));
            MemorySegment made = made(
                    "clCreateProgramWithSource", functions.clCreateProgramWithSource(context, 1, text, NULL, status));
            undo.push(() -> functions.clReleaseProgram(made));
            int code = build(made, here);
            if (code != DONE) {
                String log = OpenCl.text((size, value, needed) ->
                        functions.clGetProgramBuildInfo(made, device.id(), BUILD_LOG, size, value, needed));
                boolean silent = device.properties().driver().contains("PoCL") && !log.contains("error:");
                throw new BackendException(device.properties().description() + ": clBuildProgram failed: "
                        + OpenCl.name(code) + KernelSource.said(log) + (silent ? OpenCl.POCL_CACHE : ""));
            }
            return made;
        }
    }

    private int build(MemorySegment made, Arena here) {
        return functions.clBuildProgram(made, 1, list(device.id()), here.allocateFrom(device.options()), NULL, NULL);
    }

    /// The program of a cached binary; null where the driver does not take it.
    private @Nullable MemorySegment ofBinary(byte[] binary) {
        try (Arena here = Arena.ofConfined()) {
            MemorySegment bytes = here.allocateFrom(ValueLayout.JAVA_BYTE, binary);
            MemorySegment made = functions.clCreateProgramWithBinary(
                    context,
                    1,
                    list(device.id()),
                    here.allocateFrom(ValueLayout.JAVA_LONG, binary.length),
                    here.allocateFrom(ValueLayout.ADDRESS, bytes),
                    here.allocate(ValueLayout.JAVA_INT),
                    status);
            if (status.get(ValueLayout.JAVA_INT, 0) != DONE) {
                return null;
            }
            if (build(made, here) != DONE) {
                functions.clReleaseProgram(made);
                return null;
            }
            undo.push(() -> functions.clReleaseProgram(made));
            return made;
        }
    }

    private byte[] binary(MemorySegment made) {
        long size = OpenCl.number(
                (bytes, value, needed) -> functions.clGetProgramInfo(made, BINARY_SIZES, bytes, value, needed));
        try (Arena here = Arena.ofConfined()) {
            MemorySegment binary = here.allocate(Math.max(1, size));
            MemorySegment pointer = here.allocateFrom(ValueLayout.ADDRESS, binary);
            functions.clGetProgramInfo(made, BINARIES, pointer.byteSize(), pointer, NULL);
            return binary.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public Kernel kernel(String name) {
        MemorySegment handle;
        try (Arena here = Arena.ofConfined()) {
            handle = made(
                    "clCreateKernel " + name,
                    functions.clCreateKernel(program, here.allocateFrom("parallax_" + name), status));
        }
        undo.push(() -> functions.clReleaseKernel(handle));
        int size = (int) OpenCl.number((bytes, value, needed) ->
                functions.clGetKernelWorkGroupInfo(handle, device.id(), GROUP_SIZE_OF_KERNEL, bytes, value, needed));
        device.requireItems("the kernel " + name, size);
        return new Kernel(name, handle, size);
    }

    // ---- memory ----

    @Override
    public DeviceProperties properties() {
        return device.properties();
    }

    @Override
    public long allocate(long bytes) {
        MemorySegment block = functions.clCreateBuffer(context, READ_AND_WRITE, bytes, NULL, status);
        if (NO_MEMORY_LEFT.contains(status.get(ValueLayout.JAVA_INT, 0))) {
            return 0;
        }
        return made("clCreateBuffer", block).address();
    }

    @Override
    public void free(long block) {
        functions.clReleaseMemObject(handle(block));
    }

    /// OpenCL knows of nobody else who holds memory.
    @Override
    public long freeBytes(long held) {
        return Math.max(0, device.properties().bytes() - held);
    }

    @Override
    public long largestBlock() {
        return device.largestBlock();
    }

    private static MemorySegment handle(long block) {
        return MemorySegment.ofAddress(block);
    }

    @Override
    public MemorySegment staging(long bytes) {
        return arena.allocate(bytes, 64);
    }

    @Override
    public void write(MemorySegment from, long block, long at) {
        functions.clEnqueueWriteBuffer(queue, handle(block), GO_ON, at, from.byteSize(), from, 0, NULL, NULL);
    }

    @Override
    public void read(long block, long at, MemorySegment out) {
        functions.clEnqueueReadBuffer(queue, handle(block), WAIT, at, out.byteSize(), out, 0, NULL, NULL);
    }

    @Override
    public void copy(long block, long at, long outBlock, long outAt, long bytes) {
        functions.clEnqueueCopyBuffer(queue, handle(block), handle(outBlock), at, outAt, bytes, 0, NULL, NULL);
    }

    @Override
    public void fill(int value, long block, long at, long count) {
        word.set(ValueLayout.JAVA_INT, 0, value);
        functions.clEnqueueFillBuffer(
                queue, handle(block), word, Integer.BYTES, at, Integer.BYTES * count, 0, NULL, NULL);
    }

    // ---- the queue ----

    @Override
    public void launch(Kernel kernel, Arguments arguments, int x, int y, int z) {
        for (int i = 0; i < arguments.count(); i++) {
            functions.clSetKernelArg(kernel.handle(), i, arguments.bytes(i), arguments.value(i));
        }
        items.setAtIndex(ValueLayout.JAVA_LONG, 0, (long) x * kernel.items());
        items.setAtIndex(ValueLayout.JAVA_LONG, 1, y);
        items.setAtIndex(ValueLayout.JAVA_LONG, 2, z);
        itemsOfGroup.setAtIndex(ValueLayout.JAVA_LONG, 0, kernel.items());
        itemsOfGroup.setAtIndex(ValueLayout.JAVA_LONG, 1, 1);
        itemsOfGroup.setAtIndex(ValueLayout.JAVA_LONG, 2, 1);
        functions.clEnqueueNDRangeKernel(queue, kernel.handle(), 3, NULL, items, itemsOfGroup, 0, NULL, NULL);
    }

    @Override
    public void finish() {
        functions.clFinish(queue);
    }

    @Override
    public void close() {
        try (arena;
                undo) {
            functions.clFinish(queue);
        }
    }
}
