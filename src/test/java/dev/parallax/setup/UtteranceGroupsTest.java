package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.setup.request.GroupsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UtteranceGroupsTest {

    @TempDir
    Path folder;

    private static List<Utterance> utterances(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Utterance("u" + i, null, "words", "joy", Origin.UNKNOWN))
                .toList();
    }

    private Map<String, Map<String, String>> read(String table, int count, String... columns) throws IOException {
        Path file = folder.resolve("groups.csv");
        Files.writeString(file, table);
        return UtteranceGroups.read(new GroupsRequest(file, List.of(columns))).of(utterances(count));
    }

    @Test
    void read_columnsThatAreNamed_giveTheGroupOfEachUtterance() throws IOException {
        assertEquals(
                Map.of("sex", Map.of("u0", "f", "u1", "(none)")),
                read("id,sex,room\nu1,,1\nu0,f,2\nother,m,3\n", 2, "sex"));
    }

    @Test
    void read_utteranceWithoutARow_isNamed() {
        assertRefused("there is no row of utterance u1", "id,sex\nu0,f\n", 2, "sex");
    }

    @Test
    void of_severalCorpora_saysHowIdsAreWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("one.csv"), "id,sex\nu0,f\n");
        UtteranceGroups groups = UtteranceGroups.read(new GroupsRequest(file, List.of("sex")));
        List<Utterance> two = List.of(utterances(1).getFirst().withId("manifest1/u0"));
        BadInputException refusal = assertThrows(BadInputException.class, () -> groups.of(two));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("utterance manifest1/u0, since of several corpora"),
                refusal.getMessage());
    }

    @Test
    void read_utteranceWithTwoRows_isRefused() {
        assertRefused("utterance u0 has a row already", "id,sex\nu0,f\nu0,m\n", 1, "sex");
    }

    @Test
    void read_unknownColumn_saysTheNearest() {
        assertRefused("did you mean \"condition\"?", "id,condition\nu0,clean\n", 1, "conditon");
        assertRefused("there is no column \"id\"", "name,sex\nu0,f\n", 1, "sex");
    }

    @Test
    void read_columnOfManyGroups_isRefused() {
        StringBuilder table = new StringBuilder("id,pitch\n");
        IntStream.range(0, 21).forEach(i -> table.append("u" + i + ",p" + i + "\n"));
        assertRefused("column \"pitch\" has 21 groups, at most 20", table.toString(), 1, "pitch");
    }

    private void assertRefused(String message, String table, int count, String column) {
        BadInputException refusal = assertThrows(BadInputException.class, () -> read(table, count, column));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }
}
