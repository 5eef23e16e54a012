package dev.parallax.backend.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An NVRTC that compiles nothing: it notes source and options, and its machine code is `made for` them. Any of
/// its functions can be made to fail.
final class FakeNvrtc implements FakeLibrary.Answers {

    /// How often each function was called.
    final Map<String, Integer> calls = new HashMap<>();

    final List<String> options = new ArrayList<>();
    String source = "";

    private static final String LOG = "kernels/matrix.c(7): error: identifier \"b\" is undefined";

    private final Arena arena;
    private final String failing;
    private final int status;

    /// @param failing the function that fails, or an empty text
    /// @param status  what it returns then
    FakeNvrtc(Arena arena, String failing, int status) {
        this.arena = arena;
        this.failing = failing;
        this.status = status;
    }

    Nvrtc library() {
        return Nvrtc.of(new FakeLibrary(arena, this, NvrtcFunctions.class));
    }

    private byte[] cubin() {
        return ("made for " + options.getFirst()).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Object of(String function, Object... x) {
        calls.merge(function, 1, Integer::sum);
        if (function.equals(failing)) {
            return status;
        }
        switch (function) {
            case "nvrtcVersion" -> {
                FakeLibrary.writeInt(x[0], 13);
                FakeLibrary.writeInt(x[1], 0);
            }
            case "nvrtcCreateProgram" -> {
                source = text((MemorySegment) x[1]);
                FakeLibrary.writeLong(x[0], 55);
            }
            case "nvrtcCompileProgram" -> {
                for (int i = 0; i < (int) x[1]; i++) {
                    options.add(text(
                            bytes((MemorySegment) x[2], Long.BYTES * (i + 1L)).getAtIndex(ValueLayout.ADDRESS, i)));
                }
            }
            case "nvrtcGetProgramLogSize" -> FakeLibrary.writeLong(x[1], LOG.length() + 1);
            case "nvrtcGetProgramLog" -> FakeLibrary.writeText(x[1], LOG);
            case "nvrtcGetCUBINSize" -> FakeLibrary.writeLong(x[1], cubin().length);
            case "nvrtcGetCUBIN" ->
                bytes((MemorySegment) x[1], cubin().length).copyFrom(MemorySegment.ofArray(cubin()));
            default -> {
                return 0; // nothing to write
            }
        }
        return 0;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment bytes(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    private static String text(MemorySegment pointer) {
        return bytes(pointer, 1 << 20).getString(0);
    }
}
