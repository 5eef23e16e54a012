package dev.parallax.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What is said where no figure can be drawn: in JVMs that lack a module or all fonts.
class DrawingTest {

    /// What the jar needs, without `java.desktop`.
    private static final String LEAN = "java.base,java.logging,java.management,java.xml,jdk.management,jdk.unsupported";

    @TempDir
    Path folder;

    private List<String> command(String... options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return words;
    }

    /// The page of a small corpus, made by another JVM.
    ///
    /// @param said gets what was said on the way
    private String page(ProcessBuilder builder, StringBuilder said) throws IOException, InterruptedException {
        Path table = folder.resolve("m.csv");
        Files.writeString(table, "text,emotion,speaker\none two,joy,anna\nthree,fear,bert\n");
        Path out = folder.resolve("out");
        builder.command().addAll(List.of("corpus", "stats", "manifest:" + table, "--out", out.toString()));
        Process process = builder.redirectErrorStream(true).start();
        said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor(), said.toString());
        return Files.readString(out.resolve("report.html"));
    }

    @Test
    void obstacle_isNoneExactlyWhereFiguresHaveAPicture() {
        Picture picture = new Picture("", 1, 1);
        assertEquals(
                Drawing.obstacle().isEmpty() ? Optional.of(picture) : Optional.empty(),
                Figure.of("f", "c", List.of("x"), List.of(List.of("1")), () -> picture)
                        .picture());
    }

    @Test
    void obstacle_runtimeWithoutDesktop_isSaidOnce_andThePageHasTables() throws Exception {
        StringBuilder said = new StringBuilder();
        String page = page(new ProcessBuilder(command("--limit-modules", LEAN)), said);
        assertEquals(2, said.toString().split("lacks the module java.desktop", -1).length, said.toString());
        assertTrue(page.contains("This Java runtime lacks the module java.desktop, so tables stand"));
        assertFalse(page.contains("<img"));
    }

    /// XChart is optional for a program that has Parallax as a library.
    @Test
    void obstacle_classPathWithoutXChart_isSaidOnce_andThePageHasTables() throws Exception {
        List<String> words = command();
        words.replaceAll(word -> Stream.of(word.split(File.pathSeparator))
                .filter(entry -> !entry.contains("xchart"))
                .collect(Collectors.joining(File.pathSeparator)));
        StringBuilder said = new StringBuilder();
        String page = page(new ProcessBuilder(words), said);
        assertEquals(2, said.toString().split("XChart is not on the class path", -1).length, said.toString());
        assertTrue(page.contains("XChart is not on the class path, so tables stand"));
        assertFalse(page.contains("<img"));
    }

    /// An empty configuration of fontconfig is like a server where it finds no font.
    @Test
    @EnabledOnOs(OS.LINUX)
    void obstacle_machineWithoutFonts_isSaidOnce_andThePageHasTables() throws Exception {
        Path none = Files.writeString(folder.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
        ProcessBuilder builder =
                new ProcessBuilder(command("-Djava.awt.headless=true", "-Duser.home=" + folder)); // no fonts kept there
        builder.environment().put("FONTCONFIG_FILE", none.toString());
        StringBuilder said = new StringBuilder();
        String page = page(builder, said);
        assertEquals(2, said.toString().split("this machine has no fonts", -1).length, said.toString());
        assertTrue(page.contains("This machine has no fonts, so tables stand"));
        assertFalse(page.contains("<img"));
    }
}
