package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Model files, results, tables, pages and answers of small runs are, byte for byte, those of `same-bytes.txt`: one
/// line `sha256  name` per file. So a refactoring that changes a result, however little, fails at once.
///
/// It uses only the command line, so that classes may move. The scalar backend computes everything, since its bits
/// depend on no vector width. All paths are relative, so that they are the same everywhere.
class SameBytesTest {

    private static final Path FOLDER = Path.of("target", "same-bytes");
    private static final Path ONE_THREAD = Path.of("target", "same-bytes-one-thread");
    private static final Path FRESH = Path.of("target", "same-bytes.txt");
    private static final String PINS = "src/test/resources/dev/parallax/cli/same-bytes.txt";

    /// Files that are not pinned: recordings (the hash of the data in each `run.json` stands for them), caches,
    /// and times. Nor are pictures of pixels, which depend on the machine's fonts.
    private static final Set<String> NOT_PINNED = Set.of("wav", "cache", ".lock", "timing.json");

    /// What may differ between two runs of the same program, with its replacement. A checksum covers the JDK that
    /// a model file names, so it is among them; [#stable] does the same for the length of that name.
    private static final Map<String, String> VARIABLE = new TreeMap<>(Map.of(
            "jdk=[^ \"\\\\<&]*", "jdk=",
            "\"jdk\": \"[^\"]*\"", "\"jdk\": \"\"",
            "<dt>JDK</dt><dd>[^<]*", "<dt>JDK</dt><dd>",
            "(version(?:\\\\\"|\"|&quot;): ?(?:\\\\\"|\"|&quot;))[0-9][^\"\\\\&]*", "$1",
            "\"seconds\": [-0-9.E]+", "\"seconds\": 0",
            "<dt>(time|this sitting)</dt><dd>[^<]*", "<dt>$1</dt><dd>",
            "--threads [0-9]+", "--threads N",
            "crc32c:[0-9a-f]{8}", "crc32c:"));

    @BeforeAll
    static void onlyWhereTheBytesArePinned() {
        String architecture = System.getProperty("os.arch", "");
        assumeTrue(
                Set.of("amd64", "x86_64").contains(architecture) && File.separator.equals("/"),
                "the bytes are pinned for amd64: the JDK's sin, exp and log may differ in the last bit on "
                        + architecture);
    }

    @Test
    void commands_smallRuns_giveTheBytesThatArePinned() throws IOException {
        new SameBytesRuns(emptied(FOLDER), 2).all();
        Map<String, String> found = found(FOLDER);
        Files.write(
                FRESH,
                found.entrySet().stream()
                        .map(file -> file.getValue() + "  " + file.getKey())
                        .toList());
        assertTrue(found.size() > 150, "files: " + found.keySet());
        List<String> differences = differences(pinned(), found);
        assertTrue(
                differences.isEmpty(),
                () -> differences.size() + " of " + found.size() + " files are not what " + PINS + " pins:\n  "
                        + String.join("\n  ", differences) + "\nThey lie in " + FOLDER
                        + ". Where the change is meant, accept it: cp " + FRESH + " " + PINS);
    }

    @Test
    void train_oneThread_givesTheBytesThatArePinned() throws IOException {
        new SameBytesRuns(emptied(ONE_THREAD), 1).models();
        Map<String, String> pinned = pinned();
        Map<String, String> found = found(ONE_THREAD);
        for (String model : List.of("functionals", "frames", "texts", "unpaired", "dialogues")) {
            for (String file : List.of("best.safetensors", "last.safetensors", "metrics.csv")) {
                String name = model + "/" + file;
                assertEquals(pinned.get(name), found.get(name), name + " differs on one thread; see " + ONE_THREAD);
            }
        }
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private static Map<String, String> pinned() throws IOException {
        Map<String, String> pins = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(SameBytesTest.class.getResourceAsStream("same-bytes.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("  ", 2))
                    .forEach(pin -> pins.put(pin[1], pin[0]));
        }
        return pins;
    }

    private static Map<String, String> found(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().endsWith(".png"))
                    .toList()) {
                Path name = folder.relativize(file);
                if (Stream.iterate(0, i -> i < name.getNameCount(), i -> i + 1)
                        .noneMatch(i -> NOT_PINNED.contains(name.getName(i).toString()))) {
                    found.put(name.toString(), sha256(stable(file)));
                }
            }
        }
        return found;
    }

    private static List<String> differences(Map<String, String> pinned, Map<String, String> found) {
        Set<String> names = new TreeSet<>(pinned.keySet());
        names.addAll(found.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            if (!found.containsKey(name)) {
                differences.add(name + " is no longer written");
            } else if (!pinned.containsKey(name)) {
                differences.add(name + " is new");
            } else if (!Objects.equals(pinned.get(name), found.get(name))) {
                differences.add(name + " differs");
            }
        }
        return differences;
    }

    /// The bytes of a file without what is [#VARIABLE].
    private static byte[] stable(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".safetensors")) {
            // Eight bytes with the length of a JSON header, the header, blanks that pad it, the numbers.
            int end = 8
                    + Math.toIntExact(ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong());
            String header = new String(bytes, 8, end - 8, StandardCharsets.UTF_8).stripTrailing();
            byte[] start = stable(header).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(start.length + bytes.length - end)
                    .put(start)
                    .put(bytes, end, bytes.length - end)
                    .array();
        }
        // Latin-1 keeps every byte as it is.
        return stable(new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String stable(String text) {
        String stable = text;
        for (Map.Entry<String, String> variable : VARIABLE.entrySet()) {
            stable = stable.replaceAll(variable.getKey(), variable.getValue());
        }
        return stable;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
