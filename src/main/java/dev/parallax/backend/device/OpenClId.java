package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// A device of OpenCL that can be opened.
///
/// @param functions    of the library
/// @param id           the driver's
/// @param properties   for people and for choices
/// @param largestBlock of memory that it promises to give, in bytes
/// @param mostItems    that a group may have
/// @param options      of the compiler: divisions are rounded correctly where the device can
/// @param hasDoubles   whether it computes with doubles, which sums need
public record OpenClId(
        OpenClFunctions functions,
        MemorySegment id,
        DeviceProperties properties,
        long largestBlock,
        long mostItems,
        String options,
        boolean hasDoubles) {

    /// Of a group of the kernels that work element by element (`native/prelude.h`), without which no model runs.
    private static final int LEAST_ITEMS = 256;

    private static final int TYPE = 0x1000;
    private static final int COMPUTE_UNITS = 0x1002;
    private static final int MOST_ITEMS = 0x1004;
    private static final int LARGEST_BLOCK = 0x1010;
    private static final int ROUNDING = 0x101B;
    private static final int MEMORY = 0x101F;
    private static final int NAME = 0x102B;
    private static final int DRIVER_VERSION = 0x102D;
    private static final int VERSION = 0x102F;
    private static final int DOUBLES = 0x1032;

    private static final long IS_CPU = 1 << 1;
    private static final long DIVIDES_CORRECTLY = 1 << 7;

    static OpenClId of(OpenClFunctions functions, MemorySegment id, int number) {
        boolean divides = (number(functions, id, ROUNDING) & DIVIDES_CORRECTLY) != 0;
        DeviceProperties properties = new DeviceProperties(
                "opencl",
                number,
                text(functions, id, NAME),
                text(functions, id, DRIVER_VERSION) + ", " + text(functions, id, VERSION),
                (number(functions, id, TYPE) & IS_CPU) == 0,
                number(functions, id, MEMORY),
                (int) number(functions, id, COMPUTE_UNITS));
        return new OpenClId(
                functions,
                id,
                properties,
                number(functions, id, LARGEST_BLOCK),
                number(functions, id, MOST_ITEMS),
                "-cl-std=CL1.2" + (divides ? " -cl-fp32-correctly-rounded-divide-sqrt" : ""),
                number(functions, id, DOUBLES) != 0);
    }

    private static String text(OpenClFunctions functions, MemorySegment id, int name) {
        return OpenCl.text((size, value, needed) -> functions.clGetDeviceInfo(id, name, size, value, needed));
    }

    private static long number(OpenClFunctions functions, MemorySegment id, int name) {
        return OpenCl.number((size, value, needed) -> functions.clGetDeviceInfo(id, name, size, value, needed));
    }

    /// Opens the device, and compiles the kernels where they are not cached.
    ///
    /// @param cache of compiled kernels
    /// @param log   receives a line when compiling them takes long, or when they cannot be kept
    /// @throws BackendException when it lacks something, or its compiler refuses the kernels
    public Device open(BinaryCache cache, Consumer<String> log) {
        if (!hasDoubles) {
            throw new BackendException(properties.description()
                    + ": has no numbers of 64 bits (fp64), which sums need; use another device");
        }
        requireItems("most kernels", LEAST_ITEMS);
        return OpenClDevice.open(this, KernelSource.openCl(), cache, new CompileNotice(log));
    }

    /// The name of a compiled program in a cache. Memory is no part of it: that of PoCL is what the machine has free.
    String cacheKey(String source) {
        return KernelSource.digest(properties.name(), properties.driver(), options, source);
    }

    /// @param who needs groups of so many items
    void requireItems(String who, long items) {
        if (items > mostItems) {
            throw new BackendException(properties.description() + ": has groups of at most " + mostItems + " items, "
                    + items + " are needed by " + who + "; use another device, or raise the driver's limit (PoCL: unset"
                    + " POCL_MAX_WORK_GROUP_SIZE)");
        }
    }
}
