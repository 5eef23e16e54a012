package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// OpenCL on this machine: its library, and the devices of all its platforms. Numbers are those of cl.h.
public final class OpenCl {

    private static final List<String> LIBRARIES =
            List.of("libOpenCL.so.1", "OpenCL.dll", "/System/Library/Frameworks/OpenCL.framework/OpenCL");
    private static final String REMEDY = "install the driver of your GPU, or PoCL to try it on the processor (Debian:"
            + " apt-get install ocl-icd-libopencl1 pocl-opencl-icd)";

    /// Where PoCL fails without a reason.
    static final String POCL_CACHE =
            "; most often PoCL cannot write its cache: set POCL_CACHE_DIR to a folder that can be written";

    private static final int DONE = 0;
    private static final int NO_DEVICE = -1;
    private static final int NO_MEMORY = -4; // some drivers find out when a buffer is used first
    private static final int NO_PLATFORM = -1001;
    private static final int MOST = 64; // platforms, and devices of each

    private static final int PLATFORM_NAME = 0x0902;
    private static final long EVERY_TYPE = 0xFFFFFFFFL;

    private static final Map<Integer, String> ERRORS = Map.ofEntries(
            Map.entry(-1, "CL_DEVICE_NOT_FOUND"),
            Map.entry(-2, "CL_DEVICE_NOT_AVAILABLE"),
            Map.entry(-3, "CL_COMPILER_NOT_AVAILABLE"),
            Map.entry(NO_MEMORY, "CL_MEM_OBJECT_ALLOCATION_FAILURE"),
            Map.entry(-5, "CL_OUT_OF_RESOURCES"),
            Map.entry(-6, "CL_OUT_OF_HOST_MEMORY"),
            Map.entry(-11, "CL_BUILD_PROGRAM_FAILURE"),
            Map.entry(-14, "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST"),
            Map.entry(-30, "CL_INVALID_VALUE"),
            Map.entry(-33, "CL_INVALID_DEVICE"),
            Map.entry(-34, "CL_INVALID_CONTEXT"),
            Map.entry(-36, "CL_INVALID_COMMAND_QUEUE"),
            Map.entry(-38, "CL_INVALID_MEM_OBJECT"),
            Map.entry(-42, "CL_INVALID_BINARY"),
            Map.entry(-43, "CL_INVALID_BUILD_OPTIONS"),
            Map.entry(-44, "CL_INVALID_PROGRAM"),
            Map.entry(-45, "CL_INVALID_PROGRAM_EXECUTABLE"),
            Map.entry(-46, "CL_INVALID_KERNEL_NAME"),
            Map.entry(-48, "CL_INVALID_KERNEL"),
            Map.entry(-49, "CL_INVALID_ARG_INDEX"),
            Map.entry(-50, "CL_INVALID_ARG_VALUE"),
            Map.entry(-51, "CL_INVALID_ARG_SIZE"),
            Map.entry(-52, "CL_INVALID_KERNEL_ARGS"),
            Map.entry(-54, "CL_INVALID_WORK_GROUP_SIZE"),
            Map.entry(-55, "CL_INVALID_WORK_ITEM_SIZE"),
            Map.entry(-61, "CL_INVALID_BUFFER_SIZE"),
            Map.entry(NO_PLATFORM, "CL_PLATFORM_NOT_FOUND_KHR"));

    private final OpenClFunctions functions;

    private OpenCl(OpenClFunctions functions) {
        this.functions = functions;
    }

    /// OpenCL of this machine.
    ///
    /// @throws BackendException when there is none
    public static OpenCl ofMachine() {
        return of(NativeLibrary.required("opencl", "OpenCL library", LIBRARIES, REMEDY));
    }

    /// OpenCL by a library of its functions.
    static OpenCl of(SymbolLookup library) {
        return new OpenCl(Binding.of(OpenClFunctions.class, "opencl: " + LIBRARIES.getFirst(), library, OpenCl::error));
    }

    OpenClFunctions functions() {
        return functions;
    }

    /// The exception for a status that is a mistake.
    static BackendException error(String function, int status) {
        return new BackendException("opencl: " + function + " failed: " + name(status));
    }

    /// A status for people.
    static String name(int status) {
        return "error " + status + " (" + ERRORS.getOrDefault(status, "not of OpenCL 1.2") + ")"
                + (status == NO_MEMORY ? "; out of device memory: " + Heap.REMEDY : "");
    }

    /// The devices of all platforms, numbered from 0; at least one.
    ///
    /// @throws BackendException when there is none: what is missing
    public List<OpenClId> devices() {
        List<OpenClId> devices = new ArrayList<>();
        List<String> platforms = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            for (MemorySegment platform : platforms(arena)) {
                platforms.add(text((size, value, needed) ->
                        functions.clGetPlatformInfo(platform, PLATFORM_NAME, size, value, needed)));
                for (MemorySegment id : ids(platform, platforms.getLast(), arena)) {
                    devices.add(OpenClId.of(functions, id, devices.size()));
                }
            }
        }
        if (devices.isEmpty()) {
            throw new BackendException("opencl: " + String.join(", ", platforms) + ": no device; " + REMEDY);
        }
        return devices;
    }

    private List<MemorySegment> platforms(Arena arena) {
        MemorySegment ids = arena.allocate(ValueLayout.ADDRESS, MOST);
        MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
        int status = functions.clGetPlatformIDs(MOST, ids, count);
        if (status == NO_PLATFORM || (status == DONE && count.get(ValueLayout.JAVA_INT, 0) == 0)) {
            throw new BackendException("opencl: there is an OpenCL library but no driver for it (ICD); " + REMEDY);
        }
        return listed("clGetPlatformIDs", status, ids, count);
    }

    private List<MemorySegment> ids(MemorySegment platform, String name, Arena arena) {
        MemorySegment ids = arena.allocate(ValueLayout.ADDRESS, MOST);
        MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
        int status = functions.clGetDeviceIDs(platform, EVERY_TYPE, MOST, ids, count);
        if (status != NO_DEVICE) {
            return listed("clGetDeviceIDs", status, ids, count);
        }
        if (name.contains("Portable Computing Language")) { // what PoCL says then
            throw new BackendException("opencl: " + name + " offers no device" + POCL_CACHE);
        }
        return List.of();
    }

    private static List<MemorySegment> listed(String function, int status, MemorySegment ids, MemorySegment count) {
        if (status != DONE) {
            throw error(function, status);
        }
        List<MemorySegment> list = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, count.get(ValueLayout.JAVA_INT, 0)); i++) {
            list.add(ids.getAtIndex(ValueLayout.ADDRESS, i));
        }
        return list;
    }

    /// A question for a value whose size is asked first.
    interface Query {
        void ask(long size, MemorySegment value, MemorySegment sizeNeeded);
    }

    /// The answer, as it is.
    static byte[] answer(Query query) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment needed = arena.allocate(ValueLayout.JAVA_LONG);
            query.ask(0, MemorySegment.NULL, needed);
            long size = needed.get(ValueLayout.JAVA_LONG, 0);
            MemorySegment value = arena.allocate(Math.max(1, size), 8);
            query.ask(size, value, MemorySegment.NULL);
            return value.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /// An answer that is text, without the zero at its end.
    static String text(Query query) {
        byte[] bytes = answer(query);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    }

    /// An answer that is a number of 4 or 8 bytes, or the first of several.
    static long number(Query query) {
        MemorySegment bytes = MemorySegment.ofArray(answer(query));
        return bytes.byteSize() == Integer.BYTES
                ? bytes.get(ValueLayout.JAVA_INT_UNALIGNED, 0)
                : bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }
}
