package dev.parallax.cli.serve;

import dev.parallax.cli.command.Console;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The signal SIGHUP, by which those who run a service tell it to read its files again. Java has no API for signals but
/// `sun.misc.Signal` (module `jdk.unsupported`), which a runtime may lack.
final class HangUp {

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private HangUp() {}

    /// Does something each time the signal comes; says so where that cannot be had.
    static void handle(Runnable action, Console console) {
        try {
            Class<?> signal = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            MethodHandle run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object handling = MethodHandleProxies.asInterfaceInstance(
                    handler, MethodHandles.dropArguments(run, 0, signal)); // handle(Signal)
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, handling);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            console.log("SIGHUP cannot be had on this system: POST /v1/admin/reload reads changed models again");
        }
    }
}
