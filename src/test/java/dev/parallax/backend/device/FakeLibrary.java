package dev.parallax.backend.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A native library made of Java: its functions are upcalls, so a binding is tested as it is, with no driver at
/// all.
final class FakeLibrary implements SymbolLookup {

    /// What the functions do.
    interface Answers {
        /// @return an `Integer`, or a [MemorySegment] for a pointer; never throws
        Object of(String function, Object... arguments);
    }

    private final Map<String, MemorySegment> functions = new HashMap<>();

    /// @param names   the interfaces whose methods are functions of the library ([Binding])
    /// @param arena   how long it lives
    FakeLibrary(Arena arena, Answers answers, Class<?>... names) {
        for (Class<?> functionsOf : names) {
            for (Method method : functionsOf.getMethods()) {
                functions.put(method.getName(), stub(method, arena, answers));
            }
        }
    }

    @SuppressWarnings("restricted")
    private static MemorySegment stub(Method method, Arena arena, Answers answers) {
        try {
            FunctionDescriptor descriptor = Binding.descriptor(method);
            MethodHandle answer = MethodHandles.lookup()
                    .findVirtual(Answers.class, "of", MethodType.methodType(Object.class, String.class, Object[].class))
                    .bindTo(answers)
                    .bindTo(method.getName())
                    .asCollector(Object[].class, method.getParameterCount())
                    .asType(descriptor.toMethodType());
            return Linker.nativeLinker().upcallStub(answer, descriptor, arena);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<MemorySegment> find(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    void remove(String name) {
        functions.remove(name);
    }

    // ---- what a function writes through a pointer ----

    @SuppressWarnings("restricted")
    private static MemorySegment at(Object pointer, long bytes) {
        return ((MemorySegment) pointer).reinterpret(bytes);
    }

    static void writeInt(Object pointer, int value) {
        at(pointer, Integer.BYTES).set(ValueLayout.JAVA_INT, 0, value);
    }

    static void writeLong(Object pointer, long value) {
        at(pointer, Long.BYTES).set(ValueLayout.JAVA_LONG, 0, value);
    }

    static void writeText(Object pointer, String text) {
        at(pointer, text.length() + 1).setString(0, text);
    }
}
