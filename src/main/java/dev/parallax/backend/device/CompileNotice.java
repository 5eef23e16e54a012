package dev.parallax.backend.device;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Says that kernels are being compiled, in one line, where that takes longer than a moment: some drivers take a minute
/// or two, once.
///
/// @param log      receives the line
/// @param patience after which it is said
record CompileNotice(Consumer<String> log, Duration patience) {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    CompileNotice(Consumer<String> log) {
        this(log, A_MOMENT);
    }

    /// Compiles the kernels.
    ///
    /// @param device  for which
    /// @param kept    where they are kept, for people
    /// @param compile does it, in this thread
    <T> T during(DeviceProperties device, String kept, Supplier<T> compile) {
        String line =
                device.address() + ": compiling the kernels, which takes a minute or two on some devices; they are"
                        + " kept in " + kept + ", so that the next start does not wait";
        Thread notice = Thread.ofPlatform().daemon().start(() -> sayLater(line));
        try {
            return compile.get();
        } finally {
            notice.interrupt();
            join(notice);
        }
    }

    private void sayLater(String line) {
        try {
            Thread.sleep(patience);
        } catch (InterruptedException e) {
            return; // it is done
        }
        log.accept(line);
    }

    private static void join(Thread notice) {
        try {
            notice.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
