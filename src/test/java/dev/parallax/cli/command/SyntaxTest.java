package dev.parallax.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntaxTest {

    private static final Syntax SYNTAX = new Syntax("ask", "[OPTIONS]", "a command")
            .option("one", "N", "a number")
            .repeatable("many", "N", "numbers")
            .flag("loud", "a flag");

    @Test
    void parse_optionGivenTwice_isRefusedUnlessAllAreRead() {
        List<String> many = List.of("--many", "1", "--one", "2", "--many", "3", "--loud", "--loud");
        assertEquals(List.of("1", "3"), SYNTAX.parse(many).texts("many"));
        List<String> twice = List.of("--one", "1", "--many", "2", "--one", "3");
        assertEquals(
                "ask: --one is given 2 times (1, 3); give it once",
                assertThrows(BadInputException.class, () -> SYNTAX.parse(twice)).getMessage());
    }
}
