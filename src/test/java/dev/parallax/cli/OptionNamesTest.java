package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.command.OptionNames;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptionNamesTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) {2,}\\S");
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-h, )?--([a-z-]+)");

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
        assertEquals("--protocol random mixes them", OptionNames.in("`protocol random` mixes them"));
        assertEquals("give --resume to go on", OptionNames.in("give `resume` to go on"));
    }

    @Test
    void in_anythingElse_stays() {
        for (String line : List.of("run `git lfs pull`", "no back quotes: $1", "`protocols`", "`out", "`seed=3`")) {
            assertEquals(line, OptionNames.in(line));
        }
    }
}
