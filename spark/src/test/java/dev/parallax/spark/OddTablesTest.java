package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.spark.LocalSession.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables and places as people have them: what cannot be read gets one line, no row is lost, nothing is left half.
final class OddTablesTest {

    @TempDir
    private Path folder;

    private int runs;

    private Path write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String out() {
        return folder.resolve("out" + runs).toString();
    }

    private Ran score(Path in, String... more) {
        runs++;
        return LocalSession.spark(
                Stream.concat(Stream.of("score", "--in", in.toString(), "--out", out()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private TreeMap<String, String> refused() {
        TreeMap<String, String> reasons = new TreeMap<>();
        for (Row row : LocalSession.get().read().parquet(out() + "-refused").collectAsList()) {
            reasons.put(row.getAs("id"), row.getAs("error"));
        }
        return reasons;
    }

    /// One line with the exit code of bad input, and nothing written.
    private void assertRefused(Ran ran, String line) throws Exception {
        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertTrue(ran.err().contains(line), ran.err());
        List<String> said =
                ran.err().lines().filter(each -> each.startsWith("parallax: ")).toList();
        assertEquals(1, said.size(), ran.err());
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    all.filter(each -> each.getFileName().toString().startsWith("out"))
                            .toList());
        }
    }

    @Test
    void score_blanksUmlautsAndSignsInNames_areNames() throws Exception {
        Path odd = folder.resolve("Anrufe äöü [1]");
        LocalSession.manifest(odd, 2);
        Files.move(odd.resolve("wav/clip0.wav"), odd.resolve("wav/mit Blank #1%20?ß.wav"));
        Path table = write(
                "Anrufe äöü [1]/meine Tabelle {ß}.csv", "id,audio\na,wav/mit Blank #1%20?ß.wav\nb,wav/clip1.wav\n");
        Ran ran = score(table);
        assertTrue(ran.out().contains("2 in = 2 out + 0 refused"), ran.out() + ran.err());
    }

    @Test
    void score_wildcards_areAllTablesThatFit() throws Exception {
        write("day=1/calls.csv", "id,text\na,so glad\n");
        write("day=2/calls.csv", "id,text\nb,so sad\n");
        Ran ran = score(folder.resolve("day=*/calls.csv"));
        assertTrue(ran.out().contains("2 in = 2 out + 0 refused"), ran.out() + ran.err());
    }

    @ParameterizedTest
    @CsvSource({
        "--in,s3a://bucket/x.csv",
        "--in,nowhere://bucket/x.csv",
        "--root,s3a://bucket",
        "--out,nowhere:/o",
        "--refused,s3a://bucket/r",
        "--model,s3a://bucket/m"
    })
    void score_placeWithoutFileSystem_saysWhatIsMissing(String option, String place) throws Exception {
        Path table = write("t.csv", "id,text\na,so glad\n");
        List<String> words = new java.util.ArrayList<>(List.of(
                "score",
                "--in",
                table.toString(),
                "--out",
                folder.resolve("out").toString()));
        int at = words.indexOf(option);
        if (at < 0) {
            words.addAll(List.of(option, place));
        } else {
            words.set(at + 1, place);
        }
        assertRefused(
                LocalSession.spark(words.toArray(new String[0])),
                option + " " + place + ": Spark has no file system for this");
    }

    @Test
    void score_tableOnAnotherFileSystem_isAnsweredAsOnThisOne() throws Exception {
        Path manifest = LocalSession.manifest(folder.resolve("mit Blank"), 8);
        Files.writeString(manifest, Files.readString(manifest) + "outside,../secret.wav,,,,\n");
        Ran here = score(manifest, "--json-lines");
        List<String> expected = lines(out());
        runs++;
        Ran there = LocalSession.spark("score", "--in", "other:" + manifest, "--out", out(), "--json-lines");
        assertTrue(here.out().contains("9 in = 6 out + 3 refused"), here.out() + here.err());
        assertTrue(there.out().contains("9 in = 6 out + 3 refused"), there.out() + there.err());
        assertEquals(expected, lines(out()));
        assertTrue(
                refused().get("outside").contains("leaves the folder other:"),
                refused().toString());
    }

    private static List<String> lines(String table) {
        return LocalSession.get()
                .read()
                .parquet(table)
                .select("json")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList()
                .stream()
                .sorted()
                .toList();
    }

    @Test
    void score_rowWithoutAName_isToldByItsNumber() throws Exception {
        score(write("t.csv", "id,text,speaker\n,,x\n,so glad,y\n"));
        assertEquals(
                "row 0: there is neither audio nor text; give one of them",
                refused().get("row-0"));
    }

    @Test
    void score_folderWithAnEmptyFile_refusesItAndLosesNothing() throws Exception {
        LocalSession.manifest(folder, 2);
        Files.createFile(folder.resolve("wav/empty.wav"));
        Ran ran = score(folder.resolve("wav"));
        assertTrue(ran.out().contains("3 in = 2 out + 1 refused"), ran.out() + ran.err());
        assertTrue(
                refused().get("empty.wav").contains("empty.wav: empty, 0 bytes; copy"),
                refused().toString());
        Ran some = score(folder.resolve("wav"), "--option", "pathGlobFilter=clip*");
        assertTrue(some.out().contains("2 in = 2 out + 0 refused"), some.out() + some.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"array('so', 'glad') AS text", "named_struct('bytes', X'00') AS audio", "5 AS audio"})
    void score_columnsOfOtherTypes_areRefusedBeforeAnythingIsWritten(String column) throws Exception {
        String table = folder.resolve("t.parquet").toString();
        LocalSession.get().sql("SELECT 'a' AS id, " + column).write().parquet(table);
        assertRefused(score(Path.of(table)), "is of type");
    }

    @Test
    void score_numbersAndBytesAsTexts_areRead() {
        String table = folder.resolve("t.parquet").toString();
        LocalSession.get()
                .sql("SELECT 5 AS id, X'736f20676c6164' AS text UNION ALL SELECT 6, null UNION ALL SELECT null, null")
                .write()
                .parquet(table);
        Ran ran = score(Path.of(table));
        assertTrue(ran.out().contains("3 in = 1 out + 2 refused"), ran.out() + ran.err());
        assertTrue(
                refused().values().stream().allMatch(reason -> reason.contains("neither audio nor text")),
                refused().toString());
    }

    @Test
    void score_columnsInCapitalsAndOfOtherNames_areToldApart() throws Exception {
        Path json =
                write("t.json", "{\"ID\":\"a\",\"Text\":\"so glad\",\"fault\":\"f\",\"row\":7,\"content\":\"c\"}\n");
        Ran ran = score(json);
        assertTrue(ran.out().contains("1 in = 1 out + 0 refused"), ran.out() + ran.err());
        Ran csv = score(write("t.csv", "ID,Text,fault,a.b,tick`t\na,so glad,f,1,2\n"));
        assertTrue(csv.out().contains("1 in = 1 out + 0 refused"), csv.out() + csv.err());
        Ran tabs = score(write("t.tsv", "id\ttext\na\tso glad\n"));
        assertTrue(tabs.out().contains("1 in = 1 out + 0 refused"), tabs.out() + tabs.err());
    }

    @ParameterizedTest
    @CsvSource({
        "t.json, '{\"id\":\"a\",\"ID\":\"b\",\"text\":\"so glad\"}', ID and id",
        "t.json, '{\"id\":\"a\",\"text\":\"so glad\"}|{\"ID\":\"b\",\"text\":\"so sad\"}', ID and id",
        "t.csv, 'id,audio,Audio', audio and Audio"
    })
    void score_twoColumnsOfOneName_areRefused(String name, String lines, String columns) throws Exception {
        assertRefused(
                score(write(name, lines.replace('|', '\n') + "\n")),
                "\": " + columns + "; give one of them another name");
    }

    @Test
    void score_namesThatTellNoTable_saysWhatTheyMayBe() throws Exception {
        LocalSession.manifest(folder, 2);
        assertRefused(
                score(folder.resolve("wav/*")),
                "wav/*: the name of clip0.wav tells no format of a table; say what it is: --format csv, or --format"
                        + " binaryFile if these are recordings");
        Ran ran = score(folder.resolve("wav/*"), "--format", "binaryFile");
        assertTrue(ran.out().contains("2 in = 2 out + 0 refused"), ran.out() + ran.err());
    }

    @ParameterizedTest
    @CsvSource({
        "t.csv, '', it has no columns",
        "t.json, '', it has no columns",
        "t.json, '{\"sentence\":\"so glad\"}', 'only [sentence]'",
        "t.csv, 'id;text', do other characters part its cells?"
    })
    void score_tableWithoutItsColumns_saysWhatItHas(String name, String text, String line) throws Exception {
        assertRefused(score(write(name, text + "\n")), line);
    }

    @Test
    void score_headerAlone_isATableOfNoRows() throws Exception {
        Ran ran = score(write("t.csv", "id,text\n"));
        assertEquals(0, ran.code());
        assertTrue(ran.out().contains("0 in = 0 out + 0 refused"), ran.out() + ran.err());
        assertEquals(0, LocalSession.get().read().parquet(out()).count());
    }

    @Test
    void score_idsThatRepeat_areSaid() throws Exception {
        Ran ran = score(write("t.csv", "id,text\na,so glad\na,so sad\n,so so\n"));
        assertTrue(ran.out().contains("3 in = 3 out + 0 refused"), ran.out() + ran.err());
        assertTrue(ran.err().contains("ids: 1 of 3 rows have the id of another one"), ran.err());
    }

    @Test
    void score_bytesWithoutAByte_areRefused() {
        String table = folder.resolve("t.parquet").toString();
        LocalSession.get()
                .sql("SELECT 'a' AS id, X'' AS audio UNION ALL SELECT 'b', null")
                .write()
                .parquet(table);
        Ran ran = score(Path.of(table));
        assertTrue(ran.out().contains("2 in = 0 out + 2 refused"), ran.out() + ran.err());
        assertEquals(
                "a: the recording has no bytes; give them, or null", refused().get("a"));
    }

    @Test
    void score_placesThatLieInEachOther_areRefused() throws Exception {
        LocalSession.manifest(folder, 1);
        Path in = folder.resolve("wav");
        assertRefused(
                LocalSession.spark("score", "--in", in.toString(), "--out", in + "/answers"), "lies in that of --in");
        String out = folder.resolve("out").toString();
        assertRefused(
                LocalSession.spark("score", "--in", in.toString(), "--out", out, "--refused", out), "lies in that of");
        assertRefused(
                LocalSession.spark("score", "--in", in.toString(), "--out", out, "--refused", out + "/refused"),
                "lies in that of --out");
    }

    @Test
    void everyTable_thatCannotBeWritten_isRefusedBeforeAnyWork() throws Exception {
        Path table = write("t.csv", "id,text\na,so glad\n");
        String inAFile = table + "/out";
        for (List<String> command : List.of(List.of("score"), List.of("features"), List.of("corpus", "stats"))) {
            List<String> words = new java.util.ArrayList<>(command);
            words.addAll(List.of("--in", table.toString(), "--out", inAFile));
            assertRefused(LocalSession.spark(words.toArray(new String[0])), "--out " + inAFile + ": ");
        }
    }

    @Test
    void score_settingsThatAreNone_areRefusedBeforeAnyWork() throws Exception {
        Path table = write("t.csv", "id,text\na,so glad\n");
        assertRefused(score(table, "--backend", "none"), "backend \"none\" does not exist");
        assertRefused(score(table, "--channel", "none"), "no channel; write left, right");
        assertRefused(score(table, "--root", folder.resolve("none").toString()), "there is no such folder");
        assertRefused(score(table, "--model", table.toString()), "not a safetensors file");
        assertRefused(score(table, "--model", "file:/none"), "--model file:/none: File file:/none does not exist");
    }

    @Test
    void score_jobThatFails_leavesNothingAndSaysTheCause() throws Exception {
        Path table = folder.resolve("t.parquet");
        LocalSession.get()
                .sql("SELECT id, 'so glad' AS text FROM range(3)")
                .coalesce(1)
                .write()
                .parquet(table.toString());
        try (Stream<Path> all = Files.list(table)) {
            Path part = all.filter(each -> each.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(part);
            java.util.Arrays.fill(bytes, 4, 40, (byte) 7); // its end, which Spark reads first, is whole
            Files.delete(table.resolve("." + part.getFileName() + ".crc"));
            Files.write(part, bytes);
        }
        Ran ran = score(table);
        assertEquals(3, ran.code(), ran.out() + ran.err());
        assertTrue(ran.err().contains("parallax: Spark: "), ran.err());
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(table), all.toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"parquet, sep=x", "csv, header=maybe"})
    void score_whatSparkCannotRead_isRefusedInOneLine(String format, String option) throws Exception {
        Path in = write("in/a.csv", "id,text\n1,hello\n");
        assertRefused(score(in, "--format", format, "--option", option), "a.csv: Spark cannot read it: ");
    }
}
