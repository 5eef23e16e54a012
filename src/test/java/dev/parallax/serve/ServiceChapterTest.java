package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
}
