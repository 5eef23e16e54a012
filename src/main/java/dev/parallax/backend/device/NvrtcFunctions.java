package dev.parallax.backend.device;

import java.lang.foreign.MemorySegment;

/// The functions of libnvrtc that are called, as nvrtc.h declares them ([Binding]).
interface NvrtcFunctions {

    void nvrtcVersion(MemorySegment major, MemorySegment minor);

    void nvrtcCreateProgram(
            MemorySegment program,
            MemorySegment source,
            MemorySegment name,
            int headers,
            MemorySegment headerSources,
            MemorySegment headerNames);

    int nvrtcCompileProgram(MemorySegment program, int options, MemorySegment list);

    void nvrtcGetProgramLogSize(MemorySegment program, MemorySegment size);

    void nvrtcGetProgramLog(MemorySegment program, MemorySegment log);

    void nvrtcGetCUBINSize(MemorySegment program, MemorySegment size);

    void nvrtcGetCUBIN(MemorySegment program, MemorySegment cubin);

    void nvrtcDestroyProgram(MemorySegment program);
}
