package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No method of the backend takes or returns a vector. A vector that passes a method may cost one object per
/// operation, depending on what was compiled before ([Lanes] says why).
@Tag("vector")
class VectorSignaturesTest {

    private static final String MAKES_CONSTANTS = "constant"; // runs once, while its class is initialised

    @Test
    void methods_ofTheBackend_passNoVector() throws IOException, URISyntaxException, ClassNotFoundException {
        List<String> wrong = new ArrayList<>();
        List<Class<?>> classes = classesOfTheBackend();
        assertTrue(classes.contains(VectorGemm.class), "classes found: " + classes.size());
        for (Class<?> type : classes) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.getName().equals(MAKES_CONSTANTS) && passesVector(method)) {
                    wrong.add(method.toString());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Class<?>> classesOfTheBackend() throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(
                        VectorBackend.class.getResource("VectorBackend.class").toURI())
                .getParent();
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("package-info")) {
                    classes.add(Class.forName(VectorBackend.class.getPackageName() + "." + name));
                }
            }
        }
        return classes;
    }

    private static boolean passesVector(Method method) {
        return Stream.concat(Arrays.stream(method.getParameterTypes()), Stream.of(method.getReturnType()))
                .anyMatch(type -> Vector.class.isAssignableFrom(type) || VectorMask.class.isAssignableFrom(type));
    }
}
