package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.command.OptionNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionNamesTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) {2,}\\S");
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-h, )?--([a-z-]+)");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern OF_A_COMMAND_LINE = Pattern.compile("--([a-z][a-z-]*)");
    private static final Pattern PART = Pattern.compile("‹([a-z][a-z-]*)");
    private static final Pattern BACK_QUOTED = Pattern.compile("`([a-z][a-z-]*)");

    /// Options of the commands `java` and `espeak-ng`, and properties of a style sheet.
    private static final Set<String> NO_OPTIONS =
            Set.of("add-modules", "share", "tint", "version", "voices", "stdin", "stdout");

    /// What stands between back quotes: commands of this program, and another program.
    private static final Set<String> PROGRAMS = Set.of("train", "encoder", "git");

    @Test
    void literals_belowTheCommands_nameNoOptions() throws IOException {
        List<String> found = new ArrayList<>();
        for (String literal : literals()) {
            found(OF_A_COMMAND_LINE, literal).stream()
                    .filter(word -> !NO_OPTIONS.contains(word))
                    .forEach(word -> found.add("write ‹" + word + "› instead of --" + word + ": " + literal));
        }
        assertEquals(List.of(), found);
    }

    @Test
    void literals_belowTheCommands_quotePartsOfARequest() throws IOException {
        List<String> found = new ArrayList<>();
        int quoted = 0;
        for (String literal : literals()) {
            found(BACK_QUOTED, literal).stream()
                    .filter(word -> !PROGRAMS.contains(word))
                    .forEach(word ->
                            found.add("`" + word + "` is no program; a part of a request is a ‹part›: " + literal));
            for (String word : found(PART, literal)) {
                quoted++;
                if (!OptionNames.ALL.contains(word)) {
                    found.add("‹" + word + "› is no part of a request: " + literal);
                }
            }
        }
        assertEquals(List.of(), found);
        assertTrue(quoted > 100, "literals with quoted words: " + quoted);
    }

    /// The string literals of all sources outside `cli`; comments may name options.
    private static List<String> literals() throws IOException {
        Path sources = Path.of("src/main/java/dev/parallax");
        List<String> literals = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.startsWith(sources.resolve("cli")))
                    .toList()) {
                Files.readString(file)
                        .lines()
                        .filter(line -> !line.strip().startsWith("//"))
                        .forEach(line -> literals.addAll(found(LITERAL, line)));
            }
        }
        return literals;
    }

    @Test
    void all_isWhatTheCommandsHave() {
        List<String> commands = found(COMMAND, Outcome.of("--help").out());
        assertTrue(commands.containsAll(List.of("train", "evaluate", "study", "predict")), commands.toString());
        TreeSet<String> options = new TreeSet<>();
        commands.forEach(command ->
                options.addAll(found(OPTION, Outcome.of(command, "--help").out())));
        assertEquals(options, new TreeSet<>(OptionNames.ALL));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    @Test
    void in_partsOfARequest_areOptions() {
        assertEquals("--protocol random mixes them", OptionNames.in("‹protocol random› mixes them"));
        assertEquals("give --resume to go on", OptionNames.in("give ‹resume› to go on"));
    }

    @Test
    void in_anythingElse_stays() {
        for (String line :
                List.of("run `git lfs pull`", "`text`.wav: no such file", "‹protocols›", "‹out", "‹seed=3›", "$1")) {
            assertEquals(line, OptionNames.in(line));
        }
    }
}
