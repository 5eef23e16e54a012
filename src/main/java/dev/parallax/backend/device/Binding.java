package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A native library seen as a Java interface: each method of the interface is the function of the same name, and
/// its parameters are the function's (`int`, `long`, a [MemorySegment] for any pointer). So a signature stands
/// once.
///
/// A method without a result is a function that returns a status: anything but 0 becomes an exception. So no call
/// of such a function can go unchecked. A method that returns `int` hands the status to its caller.
final class Binding {

    /// What a status means.
    interface Errors {
        /// The exception for a function that returned this status, which is not 0.
        RuntimeException of(String function, int status);
    }

    private static final Linker LINKER = Linker.nativeLinker();

    private Binding() {}

    /// The functions of a library.
    ///
    /// @param library for people
    /// @throws BackendException when the library lacks one of them
    static <T> T of(Class<T> functions, String library, SymbolLookup symbols, Errors errors) {
        Map<Method, MethodHandle> handles = new HashMap<>();
        for (Method method : functions.getMethods()) {
            handles.put(method, handle(method, library, symbols));
        }
        Object proxy = Proxy.newProxyInstance(
                functions.getClassLoader(), new Class<?>[] {functions}, (_, method, arguments) -> {
                    MethodHandle handle = handles.get(method);
                    if (handle == null) { // of Object
                        return method.invoke(handles, arguments);
                    }
                    Object result = handle.invokeExact(arguments == null ? new Object[0] : arguments);
                    if (method.getReturnType() == void.class) {
                        int status = (int) result;
                        if (status != 0) {
                            throw errors.of(method.getName(), status);
                        }
                        return null;
                    }
                    return result;
                });
        return functions.cast(proxy);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(Method method, String library, SymbolLookup symbols) {
        MemorySegment address = symbols.find(method.getName())
                .orElseThrow(() -> new BackendException(library + ": has no function " + method.getName()
                        + "; it is too old, or another library of that name: install a newer one"));
        return LINKER.downcallHandle(address, descriptor(method))
                .asSpreader(Object[].class, method.getParameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    /// The native signature of a method.
    static FunctionDescriptor descriptor(Method method) {
        MemoryLayout[] parameters =
                Arrays.stream(method.getParameterTypes()).map(Binding::layout).toArray(MemoryLayout[]::new);
        Class<?> result = method.getReturnType();
        return FunctionDescriptor.of(result == void.class ? ValueLayout.JAVA_INT : layout(result), parameters);
    }

    private static MemoryLayout layout(Class<?> type) {
        if (type == int.class) {
            return ValueLayout.JAVA_INT;
        }
        if (type == long.class) {
            return ValueLayout.JAVA_LONG;
        }
        AddressLayout pointer = ValueLayout.ADDRESS;
        if (type == MemorySegment.class) {
            return pointer;
        }
        throw new IllegalArgumentException(type + " is not a type of a native function here");
    }
}
