package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files under `npy/` were written by NumPy 1.24.
class NpyTest {

    private static final float[] VALUES = {-1, -0.5f, 0, 0.5f, 1, 1.5f};

    private static byte[] resource(String name) throws IOException {
        try (var in = NpyTest.class.getResourceAsStream("/npy/" + name + ".npy")) {
            assertNotNull(in);
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64", "version2"})
    void parse_fileOfNumpy_isRead(String name) throws IOException {
        Npy array = Npy.parse(resource(name), name);
        assertArrayEquals(new int[] {2, 3}, array.shape());
        assertArrayEquals(VALUES, array.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "vector", "scalar"})
    void write_sameArray_givesTheBytesOfNumpy(String name, @TempDir Path folder) throws IOException {
        Npy array = Npy.parse(resource(name), name);
        Path file = folder.resolve("a.npy");
        Npy.write(file, array.shape(), array.values());
        assertArrayEquals(resource(name), SafeFiles.read(file));
        assertArrayEquals(array.values(), Npy.read(file).values());
    }

    @Test
    void parse_otherTypesAndOrders_sayHowToMend() throws IOException {
        byte[] fortran = resource("fortran");
        byte[] whole = resource("int64");
        assertEquals(
                "f: is in Fortran order; save it with numpy.ascontiguousarray(a)",
                Refusal.of(() -> Npy.parse(fortran, "f")));
        assertEquals(
                "i: holds values of type \"<i8\", expected <f4 or <f8; save it with a.astype(\"float32\")",
                Refusal.of(() -> Npy.parse(whole, "i")));
    }

    @Test
    void parse_everyCutAndOneByteMore_isRefused() throws IOException {
        byte[] file = resource("float32");
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(BadInputException.class, () -> Npy.parse(cut, "f"), "cut to " + length);
        }
        assertEquals(
                "f: shape [2, 3] of <f4 does not fit the 25 bytes that follow the header; copy it again",
                Refusal.of(() -> Npy.parse(Arrays.copyOf(file, file.length + 1), "f")));
    }

    @Test
    void parse_hugeShapes_areRefusedBeforeAllocating() throws IOException {
        String file = new String(resource("float32"), StandardCharsets.ISO_8859_1);
        for (String shape :
                new String[] {"(65536, 65536, 65536, 65536), }", "(99999999999, ), }", "(2147483647, 2, ), }"}) {
            String changed = file.replace("(2, 3), }" + " ".repeat(shape.length() - 9), shape);
            assertTrue(changed.contains(shape));
            assertTrue(Refusal.of(() -> Npy.parse(changed.getBytes(StandardCharsets.ISO_8859_1), "f"))
                    .startsWith("f: shape"));
        }
    }

    @Test
    void write_shapeOfOtherCount_isRefused(@TempDir Path folder) {
        assertThrows(ShapeException.class, () -> Npy.write(folder.resolve("a"), new int[] {2, 2}, VALUES));
    }
}
