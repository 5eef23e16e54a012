package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.Refusal;
import dev.parallax.io.SafeTensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/parallax/pretrained");

    @TempDir
    Path folder;

    private static SafeTensors.Builder tensors(String... names) {
        SafeTensors.Builder builder = new SafeTensors.Builder();
        for (int i = 0; i < names.length; i++) {
            builder.floats(names[i], new int[] {1}, new float[] {i});
        }
        return builder;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /// Else a process would hold each weight twice while it reads them: its copy, and the pages of the file.
    @Test
    void floats_tensorThatWasRead_leavesNoPageOfTheFileInMemory() throws IOException {
        Path smaps = Path.of("/proc/self/smaps");
        assumeTrue(Files.isReadable(smaps), "only Linux tells");
        Path file = folder.resolve("large.safetensors");
        int[] shape = {1 << 20};
        float[] values = new float[1 << 20];
        values[values.length - 1] = 7;
        new SafeTensors.Builder().floats("a", shape, values).write(file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertArrayEquals(values, checkpoint.floats("a"));
            List<String> lines = Files.readAllLines(smaps);
            int mapping = 0;
            while (!lines.get(mapping).endsWith(file.toString())) {
                mapping++;
            }
            String resident = lines.subList(mapping, lines.size()).stream()
                    .filter(line -> line.startsWith("Rss:"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(0, Integer.parseInt(resident.replaceAll("\\D", "")), "kB of 4096");
            assertArrayEquals(values, checkpoint.floats("a"), "once more");
        }
    }

    /// hubert-base is a zip archive, bert the legacy layout with a tied tensor; both are written by
    /// PyTorch 1.13.
    @ParameterizedTest
    @CsvSource({"hubert-base, 67, 0", "bert, 62, 1"})
    void open_filesOfPyTorch_haveTheTensorsOfTheSafetensorsFileBesideThem(String model, int count, int tied) {
        Path golden = GOLDEN.resolve(model);
        try (Checkpoint torch = Checkpoint.open(golden.resolve("pytorch_model.bin"));
                Checkpoint safe = Checkpoint.open(golden)) {
            assertEquals(count, safe.names().size());
            assertEquals(count + tied, torch.names().size());
            for (String name : safe.names()) {
                assertArrayEquals(safe.shape(name), torch.shape(name), name);
                assertEquals(safe.type(name), torch.type(name), name);
                assertArrayEquals(safe.floats(name), torch.floats(name), name);
            }
        }
    }

    @Test
    void open_goldenFile_hasTheValuesOfTheSmallReader() {
        Path file = GOLDEN.resolve("bert/model.safetensors");
        SafeTensors expected = SafeTensors.read(file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertEquals(expected.names(), checkpoint.names());
            for (String name : checkpoint.names()) {
                assertArrayEquals(expected.shape(name), checkpoint.shape(name), name);
                assertArrayEquals(expected.floats(name), checkpoint.floats(name), name);
            }
        }
    }

    @Test
    void open_folder_takesTheFirstThatIsThere() throws IOException {
        byte[] torch = new TorchWriter().floats("0", 1, 2).vector("a", "0").zipped();
        List<String> names = List.of(
                "emotion2vec_base.pt",
                "model.pt",
                "pytorch_model.bin.index.json",
                "pytorch_model.bin",
                "model.safetensors.index.json",
                "model.safetensors");
        write("part.bin", torch);
        tensors("a").write(folder.resolve("part.safetensors"));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.endsWith("json")) {
                String part = name.startsWith("model") ? "part.safetensors" : "part.bin";
                write(name, "{\"metadata\":{},\"weight_map\":{\"a\":\"" + part + "\"}}");
            } else if (name.endsWith("safetensors")) {
                tensors("a").write(folder.resolve(name));
            } else {
                write(name, torch);
            }
            try (Checkpoint checkpoint = Checkpoint.open(folder)) {
                String format = name.endsWith("json") ? "1 files" : i == 5 ? "safetensors" : "PyTorch";
                String rest = i == 0
                        ? ""
                        : "; not read: " + String.join(", ", names.subList(0, i).reversed());
                assertEquals(folder.resolve(name) + ": " + format + ", 1 tensors" + rest, checkpoint.describe());
                assertEquals(List.of("a"), checkpoint.names());
            }
        }
    }

    @Test
    void open_noWeights_saysWhatIsExpected() throws IOException {
        String expected = folder
                + ": has no weights; expected one of [model.safetensors, model.safetensors.index.json,"
                + " pytorch_model.bin, pytorch_model.bin.index.json, model.pt, emotion2vec_base.pt]";
        assertEquals(expected, Refusal.of(() -> Checkpoint.open(folder)));
        write("tf_model.h5", "x");
        write("model.onnx", "x");
        assertEquals(
                expected + "; tf_model.h5, model.onnx of other programs cannot be read",
                Refusal.of(() -> Checkpoint.open(folder)));
        Path other = folder.resolve("tf_model.h5");
        assertEquals(
                other + ": is no file of weights by its name; expected .safetensors, .bin, .pt or .pth",
                Refusal.of(() -> Checkpoint.open(other)));
        Path missing = folder.resolve("x.bin");
        assertEquals(missing + ": no such file", Refusal.of(() -> Checkpoint.open(missing)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "pytorch_model.bin"})
    void open_notTheWeightsThemselves_saysSo(String name) throws IOException {
        Path file = write(name, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 133\n");
        assertEquals(
                file + ": is a pointer of Git LFS in place of the weights; fetch them with \"git lfs pull\","
                        + " or download the file itself",
                Refusal.of(() -> Checkpoint.open(folder)));
        write(name, "");
        assertTrue(Refusal.of(() -> Checkpoint.open(folder)).startsWith(file + ": "));
    }

    @Test
    void open_hostileFile_isRefusedWithItsNameAndRunsNothing() throws IOException {
        Path owned = folder.resolve("owned");
        byte[] pickle = PickleWriter.start()
                .global("os", "system")
                .text("touch " + owned)
                .op(PickleOpcode.TUPLE1)
                .op(PickleOpcode.REDUCE)
                .stop();
        Path file = write(
                "pytorch_model.bin",
                new ZipWriter().entry("archive/data.pkl", pickle).toBytes());
        String message = Refusal.of(() -> Checkpoint.open(folder));
        assertTrue(message.startsWith(file + ": archive/data.pkl: is a program, refused: global os.system; "), message);
        assertFalse(Files.exists(owned));
    }

    @Test
    void floats_missingOrOtherType_saysWhatThereIs() {
        Path file = folder.resolve("model.safetensors");
        tensors("encoder.weight", "encoder.bias")
                .ints("position_ids", new int[] {2}, new int[] {0, 1})
                .write(file);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertEquals(
                    file + ": no tensor \"encoder.wieght\" among its 3; did you mean \"encoder.weight\"?",
                    Refusal.of(() -> checkpoint.floats("encoder.wieght")));
            assertTrue(checkpoint.contains("position_ids"));
            assertFalse(checkpoint.contains("positions"));
            assertEquals(ElementType.I32, checkpoint.type("position_ids"));
            assertEquals(
                    file + ": tensor \"position_ids\" has type I32; read are F32, F16, BF16 and F64,"
                            + " the others are only listed",
                    Refusal.of(() -> checkpoint.floats("position_ids")));
        }
    }

    @Test
    void floats_transposedHalves_areThoseOfTheFileInRowMajorOrder() throws IOException {
        byte[] halves = {0, 0x3C, 1, 0x3C, 2, 0x3C, 3, 0x3C};
        write(
                "pytorch_model.bin",
                new TorchWriter()
                        .storage("0", "HalfStorage", 2, halves)
                        .tensor("a", "0", 0, new long[] {2, 2}, new long[] {1, 2})
                        .zipped());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            float step = 0x1p-10f;
            assertArrayEquals(new float[] {1, 1 + 2 * step, 1 + step, 1 + 3 * step}, checkpoint.floats("a"));
        }
    }

    @Test
    void floats_afterClose_isAnError() {
        tensors("a").write(folder.resolve("model.safetensors"));
        Checkpoint checkpoint = Checkpoint.open(folder);
        float[] before = checkpoint.floats("a");
        checkpoint.close();
        assertArrayEquals(new float[] {0}, before);
        assertThrows(IllegalStateException.class, () -> checkpoint.floats("a"));
    }

    /// The file is sparse: it takes no room on disk.
    @Test
    void floats_behindTwoGigabytes_areRead() throws IOException {
        String header = "{\"skipped\":{\"dtype\":\"U8\",\"shape\":[3,1073741824],\"data_offsets\":[0,3221225472]},"
                + "\"last\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[3221225472,3221225480]}}";
        byte[] start = ByteBuffer.allocate(8 + header.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .array();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
            file.write(start);
            file.seek(start.length + 3221225472L);
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1.5f)
                    .putFloat(-2)
                    .array());
        }
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertArrayEquals(new float[] {1.5f, -2}, checkpoint.floats("last"));
        }
    }

    // ---- weights in several files ----

    @Test
    void open_severalFiles_readsEachTensorFromItsFile() throws IOException {
        tensors("a", "b").write(folder.resolve("model-1.safetensors"));
        Files.createDirectory(folder.resolve("more"));
        tensors("c").write(folder.resolve("more/model-2.safetensors"));
        Path index = write(
                "model.safetensors.index.json",
                "{\"weight_map\":{\"b\":\"model-1.safetensors\",\"c\":\"more/model-2.safetensors\","
                        + "\"a\":\"model-1.safetensors\"}}");
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertEquals(index + ": 2 files, 3 tensors", checkpoint.describe());
            assertEquals(List.of("b", "c", "a"), checkpoint.names());
            assertArrayEquals(new float[] {1}, checkpoint.floats("b"));
            assertArrayEquals(new float[] {0}, checkpoint.floats("c"));
        }
    }

    @Test
    void open_severalFilesOfWhichOneIsMissing_namesIt() throws IOException {
        tensors("a").write(folder.resolve("model-1.safetensors"));
        Path index = write(
                "model.safetensors.index.json",
                "{\"weight_map\":{\"a\":\"model-1.safetensors\",\"b\":\"model-2.safetensors\"}}");
        assertEquals(
                index + ": names \"model-2.safetensors\", which is missing; fetch it too",
                Refusal.of(() -> Checkpoint.open(folder)));
        tensors("c").write(folder.resolve("model-2.safetensors"));
        assertEquals(
                index + ": tensor \"b\" should be in \"model-2.safetensors\", and is not; fetch both again",
                Refusal.of(() -> Checkpoint.open(folder)));
        write("model.safetensors.index.json", "{\"metadata\":{}}");
        assertEquals(index + ": weight_map: is missing, expected an object", Refusal.of(() -> Checkpoint.open(folder)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../stolen.safetensors", "x/../../stolen.safetensors", "/etc/stolen.safetensors", ".", ""})
    void open_indexThatLeavesItsFolder_isRefused(String name) throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        tensors("a").write(folder.resolve("stolen.safetensors"));
        Path index = Files.writeString(
                model.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"" + name + "\"}}");
        assertEquals(
                index + ": names \"" + name + "\", which is not in its folder; that is refused",
                Refusal.of(() -> Checkpoint.open(model)));
    }

    @Test
    void open_indexWithANameThatIsNone_isRefused() throws IOException {
        Path index = write("model.safetensors.index.json", "{\"weight_map\":{\"a\":\"x\\u0000.safetensors\"}}");
        assertEquals(
                index + ": \"x\\u0000.safetensors\" is no name of a file", Refusal.of(() -> Checkpoint.open(folder)));
    }
}
