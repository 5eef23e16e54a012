package dev.parallax.backend.device;

import java.lang.foreign.MemorySegment;

/// The functions of OpenCL 1.2 that are called, as cl.h declares them ([Binding]). Those that return `int` have a
/// status that is no mistake; those that make something write their status through their last parameter.
interface OpenClFunctions {

    int clGetPlatformIDs(int entries, MemorySegment platforms, MemorySegment count);

    void clGetPlatformInfo(MemorySegment platform, int name, long size, MemorySegment value, MemorySegment sizeNeeded);

    int clGetDeviceIDs(MemorySegment platform, long type, int entries, MemorySegment devices, MemorySegment count);

    void clGetDeviceInfo(MemorySegment device, int name, long size, MemorySegment value, MemorySegment sizeNeeded);

    MemorySegment clCreateContext(
            MemorySegment properties,
            int devices,
            MemorySegment ids,
            MemorySegment notify,
            MemorySegment data,
            MemorySegment status);

    void clReleaseContext(MemorySegment context);

    MemorySegment clCreateCommandQueue(
            MemorySegment context, MemorySegment device, long properties, MemorySegment status);

    void clReleaseCommandQueue(MemorySegment queue);

    MemorySegment clCreateProgramWithSource(
            MemorySegment context, int count, MemorySegment texts, MemorySegment lengths, MemorySegment status);

    MemorySegment clCreateProgramWithBinary(
            MemorySegment context,
            int devices,
            MemorySegment ids,
            MemorySegment lengths,
            MemorySegment binaries,
            MemorySegment statuses,
            MemorySegment status);

    int clBuildProgram(
            MemorySegment program,
            int devices,
            MemorySegment ids,
            MemorySegment options,
            MemorySegment notify,
            MemorySegment data);

    void clGetProgramBuildInfo(
            MemorySegment program,
            MemorySegment device,
            int name,
            long size,
            MemorySegment value,
            MemorySegment sizeNeeded);

    void clGetProgramInfo(MemorySegment program, int name, long size, MemorySegment value, MemorySegment sizeNeeded);

    void clReleaseProgram(MemorySegment program);

    MemorySegment clCreateKernel(MemorySegment program, MemorySegment name, MemorySegment status);

    void clGetKernelWorkGroupInfo(
            MemorySegment kernel,
            MemorySegment device,
            int name,
            long size,
            MemorySegment value,
            MemorySegment sizeNeeded);

    void clSetKernelArg(MemorySegment kernel, int index, long size, MemorySegment value);

    void clReleaseKernel(MemorySegment kernel);

    MemorySegment clCreateBuffer(
            MemorySegment context, long flags, long size, MemorySegment host, MemorySegment status);

    void clReleaseMemObject(MemorySegment buffer);

    void clEnqueueWriteBuffer(
            MemorySegment queue,
            MemorySegment buffer,
            int blocking,
            long at,
            long size,
            MemorySegment from,
            int waits,
            MemorySegment waitList,
            MemorySegment event);

    void clEnqueueReadBuffer(
            MemorySegment queue,
            MemorySegment buffer,
            int blocking,
            long at,
            long size,
            MemorySegment out,
            int waits,
            MemorySegment waitList,
            MemorySegment event);

    void clEnqueueCopyBuffer(
            MemorySegment queue,
            MemorySegment buffer,
            MemorySegment out,
            long at,
            long outAt,
            long size,
            int waits,
            MemorySegment waitList,
            MemorySegment event);

    void clEnqueueFillBuffer(
            MemorySegment queue,
            MemorySegment buffer,
            MemorySegment pattern,
            long patternSize,
            long at,
            long size,
            int waits,
            MemorySegment waitList,
            MemorySegment event);

    void clEnqueueNDRangeKernel(
            MemorySegment queue,
            MemorySegment kernel,
            int axes,
            MemorySegment first,
            MemorySegment items,
            MemorySegment itemsOfGroup,
            int waits,
            MemorySegment waitList,
            MemorySegment event);

    void clFinish(MemorySegment queue);
}
