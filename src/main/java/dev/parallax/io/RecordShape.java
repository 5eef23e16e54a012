package dev.parallax.io;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a record is made of: its components, in their order, and the constructor that takes one value of each.
///
/// By default the JDK makes a method handle for each constructor that is called by reflection, which slows the first
/// call. The system property `jdk.reflect.useNativeAccessorOnly`, which the commands set, avoids it.
final class RecordShape {

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final RecordComponent[] components;
    private final Constructor<?> constructor;
    private final List<String> names;

    private RecordShape(Class<?> type) {
        components = type.getRecordComponents();
        names = Arrays.stream(components).map(RecordComponent::getName).toList();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is a record without its constructor", e);
        }
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /// The names of the components.
    List<String> names() {
        return names;
    }

    RecordComponent component(int i) {
        return components[i];
    }

    /// The place of a component.
    int index(String name) {
        int i = names.indexOf(name);
        if (i < 0) {
            throw new IllegalArgumentException(
                    constructor.getDeclaringClass().getSimpleName() + " has no component " + name + ", only " + names);
        }
        return i;
    }

    /// The value of a component.
    @Nullable
    Object value(Record record, int i) {
        Method accessor = components[i].getAccessor();
        accessor.setAccessible(true); // of records that are not public, too
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(names.get(i) + " of " + record + " cannot be read", e);
        }
    }

    /// The values of all components.
    @Nullable
    Object[] values(Record record) {
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record, i);
        }
        return values;
    }

    /// A record of these values; what its constructor throws is thrown on.
    Record make(@Nullable Object... values) {
        try {
            return (Record) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(constructor + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " failed", e);
        }
    }
}
