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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertEquals("say \"hi\"", csv.rows().get(1).get("text"));
        assertEquals("", csv.rows().get(1).get("emotion"));
        assertEquals("f.csv line 5", csv.rows().get(1).where());
        assertEquals("", csv.rows().get(2).get("text"));
        assertEquals(6, csv.rows().get(2).line());
        assertTrue(csv.has("emotion"));
        assertTrue(csv.has("Emotion"));
        assertFalse(csv.has("emotions"));
    }

    @Test
    void parse_wrongTables_areOneLine() {
        assertEquals("f: is empty, expected a header line", Refusal.of(() -> Csv.parse("\n\r\n", "f")));
        assertEquals(
                "f line 3: has 1 cell, the header has 2; give each column a cell, empty ones too, with commas between",
                Refusal.of(() -> Csv.parse("a,b\n1,2\n3\n", "f")));
        assertEquals(
                "f line 2: has 3 cells, the header has 2; quote cells that contain commas",
                Refusal.of(() -> Csv.parse("a,b\n1,2,3\n", "f")));
        assertEquals(
                "f line 3: a quote is opened and never closed",
                Refusal.of(() -> Csv.parse("a,b\n1,2\n3,\"x\n\n", "f")));
        assertEquals(
                "f line 2: text follows the closing quote of a cell; write quotes within a quoted cell twice",
                Refusal.of(() -> Csv.parse("a,b\n\"x\"y,2\n", "f")));
        assertEquals(
                "f line 4: text follows the closing quote of a cell, which began in line 2;"
                        + " write quotes within a quoted cell twice",
                Refusal.of(() -> Csv.parse("a,b\n\"x,2\n3,4\n5,\"y\"\n", "f")));
        assertEquals(
                "f line 1: column \"a\" stands twice; keep one of them", Refusal.of(() -> Csv.parse("a,b,a\n", "f")));
        assertEquals(
                "f line 1: column \"Text\" stands twice, before as \"text\"; keep one of them",
                Refusal.of(() -> Csv.parse("text,Text\n", "f")));
        Csv.Row row = Csv.parse("emotion\njoy", "f").rows().getFirst();
        assertEquals(
                "f: no column \"emotoin\" among [emotion]; did you mean \"emotion\"?",
                Refusal.of(() -> row.get("emotoin")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,text,emotion\n1,\"oh, no\",joy\n",
                "id;text;emotion\n1;oh, no;joy\n",
                "id\ttext\temotion\n1\toh, no\tjoy\n",
                "id|text|emotion\r\n1|oh, no|joy",
                "sep=;\nid;text;emotion\n1;oh, no;joy\n",
                "\uFEFFsep=,\r\nid,text,emotion\r\n1,\"oh, no\",joy\r\n",
                "\"sep=;\";;\rid;text;emotion\r1;oh, no;joy\r",
                "SEP=\t\nid\ttext\temotion\n1\toh, no\tjoy\n",
                "\n;;\n\"id\";\"text\";\"emotion\"\n1;\"oh, no\";\"joy\"\n",
                " id ,\u00A0text\u00A0,\u200Bemotion\uFEFF\n 1\t, \"oh, no\" ,\u2003joy\u200D\n",
                "id,text,emotion,,\n1,\"oh, no\",joy,,\n,,,,\n"
            })
    void parse_tablesAsPeopleHaveThem_giveTheSameCells(String text) {
        Csv csv = Csv.parse(text, "f");
        assertEquals(1, csv.rows().size());
        Csv.Row row = csv.rows().getFirst();
        assertEquals(List.of("1", "oh, no", "joy"), List.of(row.get("id"), row.get("text"), row.get("emotion")), text);
    }

    @Test
    void notes_whatIsNotPlain_isSaidOnce() {
        assertEquals(List.of(), Csv.parse("a,b\n1,2\n", "f").notes());
        assertEquals(
                List.of(
                        "columns are separated by semicolons",
                        "column 2 has no name and is not read",
                        "2 empty rows passed over"),
                Csv.parse("a;;;\n;;;\n1;2;;\n;\n", "f").notes());
        assertEquals(
                List.of("1 empty row passed over"), Csv.parse("a,b\n , \n", "f").notes());
    }

    @Test
    void parse_separatorLineThatDoesNotFit_isRefused() {
        assertEquals(
                "f line 2: its names are separated by commas, and line 1 says \"sep=;\"; mend or remove line 1",
                Refusal.of(() -> Csv.parse("sep=;\na,b\n", "f")));
        assertEquals(
                "f line 1: \"sep=x\" names no separator that is understood; separate the columns by commas,"
                        + " semicolons or tabs",
                Refusal.of(() -> Csv.parse("sep=x\naxb\n", "f")));
    }

    @Test
    void parse_rowWithoutEnd_isRefusedWithTheLineWhereItBegan() {
        String large = "x".repeat(CsvScanner.LONGEST_ROW + 1);
        assertEquals(
                "f line 2: is longer than 16777216 characters; is this a table?",
                Refusal.of(() -> Csv.parse("a\n" + large, "f")));
        assertEquals(
                "f line 2: a quote is opened and not closed within 16777216 characters",
                Refusal.of(() -> Csv.parse("a\n\"" + large, "f")));
    }

    @Test
    void line_cells_areQuotedOnlyWhereTheyMustBe() {
        assertEquals("a b,\"c,d\",\"e\"\"f\",\"g\nh\",\n", Csv.line(List.of("a b", "c,d", "e\"f", "g\nh", "")));
        assertEquals("\"\"\n", Csv.line(List.of("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1+2", "-joy", "@SUM(A1)", "\t=1", "\r@x", "'=x", "''-y", "\uFF1Dx"})
    void line_textThatASpreadsheetWouldCompute_isWrittenAsTextAndReadAsItWas(String cell) {
        String line = Csv.line(List.of("1", cell));
        assertTrue(line.replace("\"", "").startsWith("1,'" + cell), line);
        Csv table = Csv.parse("id,text\n" + line, "f");
        assertEquals(Blanks.strip(cell), table.rows().getFirst().get("text"));
        assertEquals(
                List.of(
                        "the apostrophe is taken away from 1 cell that begins with '=, '+, '- or '@, as they are written"
                                + " against formulas"),
                table.notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "+3", "-1e-7", "-.5", "-Infinity", "'tis", "a=b", "'-0.5", "\u2212x"})
    void line_numbersAndOtherText_areWrittenAsTheyAre(String cell) {
        assertEquals(cell + "\n", Csv.line(List.of(cell)));
        Csv table = Csv.parse("text\n" + cell + "\n", "f");
        assertEquals(cell, table.rows().getFirst().get("text"));
        assertEquals(List.of(), table.notes());
    }

    @Test
    void parse_firstLineWithoutEnd_isRefusedSoon() {
        assertEquals(
                "f line 1: is longer than 16777216 characters; is this a table?",
                Refusal.of(() -> Csv.parse("a".repeat(CsvScanner.LONGEST_ROW + 2), "f")));
    }

    @Test
    void write_thenRead_givesAnyCellsBackWithoutTheirBlanks(@TempDir Path folder) throws IOException {
        RandomStream random = new RandomStream(8, 0, 0, 0);
        String letters = "ab,\"\n\r \t;ü\uFEFF'=-";
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
            List<List<String>> expected = rows.stream()
                    .map(row -> row.stream().map(Blanks::strip).toList())
                    .filter(row -> !row.stream().allMatch(String::isEmpty))
                    .toList();
            assertEquals(expected, read);
        }
        assertTrue(Files.size(folder.resolve("t.csv")) > 0);
    }

    @Test
    void parse_blanksThatCannotBeSeen_areCutOffAndSaid() {
        Csv table = Csv.parse("emotion\nanger\u00a0\n joy \n\u200bfear\n", "t.csv");
        assertEquals("anger", table.rows().getFirst().get("emotion"));
        assertEquals(1, table.warnings().size());
        assertTrue(
                table.warnings().getFirst().startsWith("2 cells had blanks"),
                table.warnings().toString());
        assertEquals(List.of(), Csv.parse("emotion\n joy \n", "t.csv").warnings());
    }

    /// A dash alone computes nothing in a spreadsheet; one with an apostrophe before it is read back as it was.
    @Test
    void write_dashAlone_hasNoApostrophe(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("dash.csv");
        Csv.write(file, List.of("loss", "formula"), List.of(List.of("-", "-a"), List.of("'-", "=a")));
        assertEquals("loss,formula\n-,'-a\n''-,'=a\n", Files.readString(file));
        assertEquals(
                List.of("-", "'-"),
                Csv.read(file).rows().stream().map(row -> row.get("loss")).toList());
    }

    @Test
    void cell_asAnotherProgramReadsIt_isWhatParseGives() {
        for (String cell : List.of("plain", "=1+1", "'=1+1", "-0.5", "-", "a 'quote'")) {
            String written = Csv.line(List.of(cell)).strip();
            assertEquals(cell, Csv.cell(" " + written));
            assertEquals(
                    cell,
                    Csv.parse("a,b\n" + written + ",x\n", "t").rows().getFirst().get("a"));
        }
    }
}
