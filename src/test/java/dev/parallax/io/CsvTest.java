package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {

    @Test
    void parse_quotesMarksAndLineBreaks_giveCellsAndLines() {
        Csv csv = Csv.parse(
                "\uFEFFid,text,emotion\r\n1,\"Oh, \"\"no\"\"\r\nreally\",anger\n\r\n2, say \"hi\" ,\r3,\"\",joy",
                "f.csv");
        assertEquals(List.of("id", "text", "emotion"), csv.header());
        assertEquals(3, csv.rows().size());
        assertEquals("Oh, \"no\"\r\nreally", csv.rows().get(0).get("text"));
        assertEquals(2, csv.rows().get(0).line());
        assertEquals(" say \"hi\" ", csv.rows().get(1).get("text"));
        assertEquals("", csv.rows().get(1).get("emotion"));
        assertEquals("f.csv line 5", csv.rows().get(1).where());
        assertEquals("", csv.rows().get(2).get("text"));
        assertEquals(6, csv.rows().get(2).line());
        assertTrue(csv.has("emotion"));
        assertFalse(csv.has("Emotion"));
    }

    @Test
    void parse_wrongTables_areOneLine() {
        assertEquals("f: is empty, expected a header line", Refusal.of(() -> Csv.parse("\n\r\n", "f")));
        assertEquals(
                "f line 3: has 1 cells, the header has 2; quote cells that contain commas",
                Refusal.of(() -> Csv.parse("a,b\n1,2\n3\n", "f")));
        assertEquals(
                "f line 3: a quote is opened and never closed",
                Refusal.of(() -> Csv.parse("a,b\n1,2\n3,\"x\n\n", "f")));
        assertEquals(
                "f line 2: text follows a closing quote; write quotes within a quoted cell twice",
                Refusal.of(() -> Csv.parse("a,b\n\"x\"y,2\n", "f")));
        assertEquals("f line 1: column \"a\" stands twice", Refusal.of(() -> Csv.parse("a,b,a\n", "f")));
        Csv.Row row = Csv.parse("emotion\njoy", "f").rows().getFirst();
        assertEquals(
                "f: no column \"emotoin\" among [emotion]; did you mean \"emotion\"?",
                Refusal.of(() -> row.get("emotoin")));
    }

    @Test
    void line_cells_areQuotedOnlyWhereTheyMustBe() {
        assertEquals("a b,\"c,d\",\"e\"\"f\",\"g\nh\",\n", Csv.line(List.of("a b", "c,d", "e\"f", "g\nh", "")));
        assertEquals("\"\"\n", Csv.line(List.of("")));
    }

    @Test
    void write_thenRead_givesAnyCellsBack(@TempDir Path folder) throws IOException {
        RandomStream random = new RandomStream(8, 0, 0, 0);
        String letters = "ab,\"\n\r \t;ü\uFEFF";
        for (int columns = 1; columns <= 3; columns++) {
            List<String> header = List.of("x", "y", "z").subList(0, columns);
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                List<String> row = new ArrayList<>();
                for (int j = 0; j < columns; j++) {
                    StringBuilder cell = new StringBuilder();
                    for (int k = random.nextInt(4); k > 0; k--) {
                        cell.append(letters.charAt(random.nextInt(letters.length())));
                    }
                    row.add(cell.toString());
                }
                rows.add(row);
            }
            Path file = folder.resolve("t.csv");
            Csv.write(file, header, rows);
            List<List<String>> read = Csv.read(file).rows().stream()
                    .map(row -> header.stream().map(row::get).toList())
                    .toList();
            assertEquals(rows, read);
        }
        assertTrue(Files.size(folder.resolve("t.csv")) > 0);
    }
}
