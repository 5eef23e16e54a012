package dev.parallax.backend.device;

import java.lang.foreign.MemorySegment;

/// The functions of the CUDA driver that are called, as cuda.h declares them ([Binding]): handles are pointers,
/// but a device is an `int` and device memory a `long`. Those that return `int` have a status that is no mistake.
interface CudaFunctions {

    int cuInit(int flags);

    void cuDriverGetVersion(MemorySegment version);

    void cuDeviceGetCount(MemorySegment count);

    void cuDeviceGet(MemorySegment device, int number);

    void cuDeviceGetName(MemorySegment name, int size, int device);

    void cuDeviceGetAttribute(MemorySegment value, int attribute, int device);

    void cuDeviceTotalMem_v2(MemorySegment bytes, int device);

    void cuDevicePrimaryCtxRetain(MemorySegment context, int device);

    void cuDevicePrimaryCtxRelease_v2(int device);

    void cuCtxSetCurrent(MemorySegment context);

    int cuModuleLoadDataEx(
            MemorySegment module, MemorySegment ptx, int options, MemorySegment names, MemorySegment values);

    void cuModuleGetFunction(MemorySegment function, MemorySegment module, MemorySegment name);

    void cuModuleUnload(MemorySegment module);

    void cuFuncGetAttribute(MemorySegment value, int attribute, MemorySegment function);

    void cuLaunchKernel(
            MemorySegment function,
            int x,
            int y,
            int z,
            int itemsX,
            int itemsY,
            int itemsZ,
            int sharedBytes,
            MemorySegment stream,
            MemorySegment arguments,
            MemorySegment extra);

    int cuMemAlloc_v2(MemorySegment block, long bytes);

    void cuMemFree_v2(long block);

    void cuMemGetInfo_v2(MemorySegment free, MemorySegment total);

    void cuMemHostAlloc(MemorySegment memory, long bytes, int flags);

    void cuMemFreeHost(MemorySegment memory);

    void cuMemcpyHtoDAsync_v2(long block, MemorySegment from, long bytes, MemorySegment stream);

    void cuMemcpyDtoHAsync_v2(MemorySegment out, long block, long bytes, MemorySegment stream);

    void cuMemcpyDtoDAsync_v2(long out, long block, long bytes, MemorySegment stream);

    void cuMemsetD32Async(long block, int word, long count, MemorySegment stream);

    void cuStreamCreate(MemorySegment stream, int flags);

    void cuStreamSynchronize(MemorySegment stream);

    void cuStreamDestroy_v2(MemorySegment stream);
}
