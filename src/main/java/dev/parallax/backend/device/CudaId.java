package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A device of CUDA that can be opened.
///
/// @param functions  of the driver
/// @param errors     what their statuses mean
/// @param id         the driver's
/// @param properties for people and for choices
/// @param major      of its compute capability
/// @param minor      of its compute capability
public record CudaId(
        CudaFunctions functions, CudaErrors errors, int id, DeviceProperties properties, int major, int minor) {

    private static final int LEAST_MAJOR = 7;
    private static final int LEAST_MINOR = 5;

    /// Opens the device. Its driver compiles the kernels for it, and keeps them.
    ///
    /// @param log receives a line when compiling them takes long
    /// @throws BackendException when it is too old, or its driver refuses the kernels
    public Device open(Consumer<String> log) {
        checkCapability();
        byte[] program = (KernelSource.ptx() + "\0").getBytes(StandardCharsets.US_ASCII);
        return CudaDevice.open(this, program, new CompileNotice(log));
    }

    /// Opens the device with kernels that a compiler makes for it.
    ///
    /// @param cache of compiled kernels
    /// @param log   receives a line that says so, and one when compiling takes long, or when kernels cannot be kept
    /// @throws BackendException as [#open(Consumer)], and when the compiler refuses the kernels
    public Device open(Nvrtc compiler, BinaryCache cache, Consumer<String> log) {
        checkCapability();
        String architecture = "sm_" + major + minor;
        CompileNotice notice = new CompileNotice(log);
        byte[] program = compiler.compile(KernelSource.cuda(), architecture, properties, cache, notice);
        log.accept(properties.address() + ": kernels compiled by " + compiler.version() + " for " + architecture + " ("
                + Nvrtc.SETTING + "), not those of the jar");
        return CudaDevice.open(this, program, notice);
    }

    private void checkCapability() {
        if (major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR)) {
            throw new BackendException(properties.description() + ": has compute capability " + major + "." + minor
                    + ", the kernels need " + LEAST_MAJOR + "." + LEAST_MINOR + " (Turing, 2018); use another device");
        }
    }
}
