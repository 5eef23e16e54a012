package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Checks of the repository's files beyond the compiler's: each package has an introduction, no text is unfinished,
/// and no path is of somebody's machine.
class RepositoryTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    /// Files and folders of the repository that contain text.
    private static final List<String> PLACES = List.of(
            "src",
            "bin",
            "docs",
            ".ci",
            "benchmarks",
            "spark",
            "native",
            "deploy",
            "examples",
            "data/README.md",
            "data/export_features.py",
            "data/talk.py",
            "pom.xml",
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "THIRD-PARTY.md",
            ".gitignore",
            ".dockerignore");

    private static final Set<String> TEXT_ENDINGS = Set.of(
            "java",
            "md",
            "xml",
            "json",
            "txt",
            "csv",
            "html",
            "css",
            "sh",
            "c",
            "h",
            "properties",
            "py",
            "yaml",
            "service",
            "");

    // put together, so that this file does not contain what it looks for
    private static final Pattern UNFINISHED = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.}])/(?:wo" + "rk|ro" + "ot|ho" + "me/\\w+)/|C:\\\\Us" + "ers");

    @Test
    void packages_withClasses_introduceThemselves() throws IOException {
        TreeSet<Path> folders = new TreeSet<>();
        for (Path file : files(BASE.resolve("src/main/java"))) {
            if (!file.endsWith("module-info.java")) {
                folders.add(file.getParent());
            }
        }
        assertTrue(folders.size() > 1, "no sources under " + BASE);
        List<String> bad = new ArrayList<>();
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.startsWith("///") || !text.contains("\n@NullMarked\npackage ")) {
                bad.add(BASE.relativize(info) + ": must exist, start with a /// comment and be @NullMarked");
            }
        }
        assertEquals(List.of(), bad);
    }

    @Test
    void text_anywhere_isFinished() throws IOException {
        assertEquals(List.of(), matches(UNFINISHED));
    }

    @Test
    void text_anywhere_namesNoPathOfAMachine() throws IOException {
        assertEquals(List.of(), matches(MACHINE_PATH));
    }

    @Test
    void tags_thatChooseTestsForAnExecution_areInUse() throws IOException {
        for (String tag : List.of("backend", "vector")) {
            assertFalse(matches(Pattern.compile("@Tag\\(\"" + tag + "\"\\)")).isEmpty(), "no test has the tag " + tag);
        }
    }

    @Test
    void chapters_all_areInTheIndex() throws IOException {
        String index = Files.readString(BASE.resolve("docs/README.md"));
        Path docs = BASE.resolve("docs");
        List<String> missing = files(docs).stream()
                .map(file -> docs.relativize(file).toString())
                .filter(name -> name.endsWith(".md") && !name.equals("README.md") && !index.contains("(" + name + ")"))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static List<String> matches(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (String place : PLACES) {
            for (Path file : files(BASE.resolve(place))) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    Matcher matcher = pattern.matcher(lines.get(i));
                    if (matcher.find()) {
                        found.add(BASE.relativize(file) + " line " + (i + 1) + ": " + matcher.group());
                    }
                }
            }
        }
        return found;
    }

    /// The text files under a place, none if it does not exist; build output is skipped.
    private static List<Path> files(Path place) throws IOException {
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !BASE.relativize(file).startsWith("benchmarks/target"))
                    .filter(file -> !BASE.relativize(file).startsWith("spark/target"))
                    .filter(file -> TEXT_ENDINGS.contains(ending(file)))
                    .sorted()
                    .toList();
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1);
    }
}
