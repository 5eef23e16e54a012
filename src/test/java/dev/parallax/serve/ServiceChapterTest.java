package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/service.md` against the command and the routes.
class ServiceChapterTest {

    private static List<MatchResult> found(String pattern) throws IOException {
        String chapter = Files.readString(Path.of("docs/service.md"));
        return Pattern.compile(pattern).matcher(chapter).results().toList();
    }

    @Test
    void limits_haveTheDefaultsOfTheCommand() throws IOException {
        String help = Outcome.of("serve", "--help").out().replaceAll("\\s+", " ");
        List<MatchResult> rows = found("\\| `(--[a-z-]+)` \\| (\\d+) \\|");
        assertEquals(12, rows.size());
        for (MatchResult row : rows) {
            Pattern line = Pattern.compile(row.group(1) + " [A-Z]+ [^(]*\\(default: " + row.group(2) + "\\)");
            assertTrue(line.matcher(help).find(), row.group() + "\n" + help);
        }
    }

    @Test
    void examples_askRoutesThatThereAre() throws IOException {
        List<MatchResult> examples = found("curl .*http://[^/]+(/\\S+)");
        assertEquals(6, examples.size());
        for (MatchResult example : examples) {
            assertTrue(Endpoints.openapi().contains("\"" + example.group(1) + "\": {"), example.group());
        }
    }

    /// The program of the section on streams, as it is printed.
    @Test
    void program_ofTheStream_printsTheFinalAnswer(@TempDir Path folder) throws Exception {
        String chapter = Files.readString(Path.of("docs/service.md"));
        int begin = chapter.indexOf("```java\n") + "```java\n".length();
        Path program = folder.resolve("Stream.java");
        Files.writeString(program, chapter.substring(begin, chapter.indexOf("```", begin)));
        try (RunningService service = RunningService.plain()) {
            String url = service.uri("/v1/stream").toString().replace("http", "ws");
            String clip = RunningService.recording(folder).toString();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            program.toString(),
                            url,
                            clip)
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertEquals(0, process.waitFor(), lines.toString());
            assertEquals(6, lines.size()); // ready, four answers of 2 s, the final one
            assertTrue(lines.getLast().startsWith("{\"type\":\"final\","), lines.getLast());
        }
    }
}
