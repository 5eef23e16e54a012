package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.parallax.train.TrainingConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Settings are records with standard instances, made of one another. It must not matter which a program uses first. A
/// circle of initialisers would leave a standard instance empty, and only in that program.
class InitializationOrderTest {

    @Test
    void standardSettings_whicheverRecordIsInitializedFirst_areWhole() throws Exception {
        Set<Class<?>> records = new LinkedHashSet<>();
        collect(TrainingConfig.class, records);
        assertFalse(records.size() < 5, () -> "settings are nested, and only these were found: " + records);
        for (Class<?> first : records) {
            ClassLoader fresh = new FreshClasses();
            assertDoesNotThrow(() -> Class.forName(first.getName(), true, fresh), first.getName());
            Class<?> config = Class.forName(TrainingConfig.class.getName(), true, fresh);
            requireWhole(config.getField("STANDARD").get(null), first + " first, TrainingConfig.STANDARD");
            for (Field field : config.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == config) {
                    requireWhole(field.get(null), first + " first, " + field.getName());
                }
            }
        }
    }

    private static void collect(Class<?> type, Set<Class<?>> records) {
        if (type.isRecord() && records.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                collect(component.getType(), records);
            }
        }
    }

    /// No record in it is missing.
    private static void requireWhole(@Nullable Object settings, String place) throws ReflectiveOperationException {
        assertNotNull(settings, place);
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            if (component.getType().isRecord()) {
                component.getAccessor().setAccessible(true);
                requireWhole(component.getAccessor().invoke(settings), place + "." + component.getName());
            }
        }
    }

    /// Loads the classes of Parallax anew, so that none of them is initialised.
    private static final class FreshClasses extends ClassLoader {

        FreshClasses() {
            super(InitializationOrderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.parallax.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
