package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The PTX in the jar is that of the kernels' source, and its kernels fit into the registers of each device. Where
/// nvcc is, in the version that made the PTX, it is made again; elsewhere that is skipped, with the reason.
class PtxTest {

    private static final String REMEDY = "; run native/build-ptx, and look at what changed";
    private static final Pattern SPILLED = Pattern.compile("(sm_\\d+) +\\d+ registers, (\\d+) bytes spilled");

    /// Kernels that may keep some of their values in memory: kernel, architecture, bytes.
    private static final Set<String> MAY_SPILL = Set.of(
            "attentionGradKeys sm_75 40",
            "attentionGradKeys sm_80 40",
            "attentionGradQueries sm_90 40",
            "gruWide sm_80 32",
            "gruWide sm_90 32");

    @TempDir
    private Path folder;

    /// What native/build-ptx printed when it wrote the PTX.
    private static List<String> figures() throws IOException {
        try (InputStream in = Objects.requireNonNull(PtxTest.class.getResourceAsStream("registers.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void ptx_compiledAgain_isThatOfTheJar_andNeedsTheSameRegisters() throws IOException, InterruptedException {
        List<String> figures = figures();
        String version = run("nvcc", "--version");
        Assumptions.assumeFalse(version.isEmpty(), "skipped: no nvcc on the PATH, which compiles the kernels to PTX");
        String needed = figures.getFirst().replace("nvcc ", "V");
        Assumptions.assumeTrue(
                version.contains(needed + "\n"),
                "skipped: the PTX was made by nvcc " + needed + ", this one is another: " + version.strip());
        Path made = folder.resolve("kernels.ptx");
        String printed = run("native/build-ptx", made.toString());
        assertTrue(Files.exists(made), "native/build-ptx failed: " + printed);
        assertTrue(
                Files.readString(made).equals(KernelSource.ptx()),
                "the PTX in the jar is not that of native/" + REMEDY);
        assertEquals(String.join("\n", figures), printed.strip(), "registers and spills" + REMEDY);
    }

    @Test
    void kernels_spillNowhere_exceptWhereItIsKnown() throws IOException {
        Set<String> spilled = new TreeSet<>();
        for (String line : figures()) {
            Matcher matcher = SPILLED.matcher(line);
            while (matcher.find()) {
                spilled.add(line.split(" ")[0] + " " + matcher.group(1) + " " + matcher.group(2));
            }
        }
        assertEquals(new TreeSet<>(MAY_SPILL), spilled);
    }

    @Test
    void figures_areOfAllKernels() throws IOException {
        Set<String> compiled = Pattern.compile("\\.entry parallax_(\\w+)\\(")
                .matcher(KernelSource.ptx())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = figures().stream()
                .skip(1)
                .map(line -> line.split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(compiled.size() > 50, compiled.toString());
        assertEquals(compiled, listed, "kernels of the PTX, and those whose registers are known" + REMEDY);
    }

    /// What a program prints, errors too; empty where there is none.
    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return ""; // it does not exist
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return printed;
    }
}
