package dev.parallax.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.SafeFiles;
import dev.parallax.report.plot.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The files that a study keeps of its cells: what is written is read again, what is damaged is refused.
class CellResultTest {

    private static final Cell CELL = new Cell("late-add", Loss.PERSPECTIVE, 0, 1);
    private static final String PROJECTION = """
            {"first": 0.75, "second": 0.25, "points": [[0.5, -1.5]]}""";

    @TempDir
    Path folder;

    /// A cell of one utterance, which has audio and text.
    private CellResult read(String loss, String projection) {
        return read(text(loss, projection));
    }

    private static String text(String loss, String projection) {
        return """
                {"cell": {"strategy": "late-add", "loss": "%s", "fold": 0, "seed": 1},
                 "variant": "", "parameters": 7, "bestEpoch": 1,
                 "temperatures": {"fused": 1.5, "audio": 2.5, "text": 3.5},
                 "record": {}, "history": [],
                 "validation": {"ids": [], "truth": [], "decision": [], "audio": [], "text": []},
                 "test": {"ids": ["a"], "truth": [1], "decision": [[0, 1]], "audio": [[0, 2]], "text": [null]},
                 "audioProjection": %s, "textProjection": null}
                """.formatted(loss, projection);
    }

    private CellResult read(String text) {
        Path file = CellResult.file(folder, CELL);
        SafeFiles.createFolder(Objects.requireNonNull(file.getParent()));
        SafeFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        return CellResult.read(folder, CELL);
    }

    @Test
    void read_wholeFile_hasWhatItSays() {
        CellResult result = read("perspective", PROJECTION);
        assertEquals(CELL, result.cell());
        assertEquals(new Projection(0.75, 0.25, List.of(new Point(0.5, -1.5))), result.projection(Modality.AUDIO));
        assertNull(result.projection(Modality.TEXT));
        assertEquals(
                List.of(1.5, 2.5, 3.5),
                List.of(
                        result.temperature(View.DECISION),
                        result.temperature(View.AUDIO),
                        result.temperature(View.TEXT)));
        assertNull(result.test().of(View.TEXT, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"lost\" | audioProjection: expected an object, found",
                "{\"first\": 0.75, \"points\": []} | audioProjection.second: is missing",
                "{\"first\": 1, \"second\": 0, \"points\": [[0.5]]} | audioProjection: [0.5] is no point",
                "{\"first\": 1, \"second\": 0, \"points\": [null]} | audioProjection: null is no point",
                "{\"first\": 1, \"second\": 0, \"points\": [[0.5, \"x\"]]} | expected a number"
            })
    void read_damagedProjection_isRefused(String projection, String message) {
        String said = Refusal.of(() -> read("perspective", projection));
        assertTrue(said.contains("late-add.perspective.fold0.seed1.json") && said.contains(message), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"truth\": [1] | \"truth\": [] | test.truth: 0 for 1 utterance",
                "\"decision\": [[0, 1]] | \"decision\": [] | test.decision: 0 for 1 utterance",
                "\"decision\": [[0, 1]] | \"decision\": [null] | test.decision: row 0 is missing",
                "\"truth\": [1] | \"truth\": [2] | test.truth: 2 is none of 2 classes",
                "\"audio\": [[0, 2]] | \"audio\": [[0]] | test: row 0 has 1 logits, others have 2",
                "\"audio\": [[0, 2]] | \"audio\": [[0, 1e400]] | 1e400 is too large a number",
                "\"text\": [null] | \"text\": [] | test.text: 0 for 1 utterance"
            })
    void read_damagedLogits_isRefused(String whole, String damaged, String message) {
        String said = Refusal.of(() -> read(text("perspective", PROJECTION).replace(whole, damaged)));
        assertTrue(said.contains("late-add.perspective.fold0.seed1.json") && said.contains(message), said);
    }

    /// Valid JSON with another number is not what was written.
    @Test
    void read_valueChangedAfterwards_isRefused() throws IOException {
        CellResult result = read("perspective", PROJECTION);
        result.write(folder);
        Path file = CellResult.file(folder, CELL);
        String written = Files.readString(file);
        assertEquals(result.parameters(), CellResult.read(folder, CELL).parameters());
        Files.writeString(file, written.replace("\"parameters\":7", "\"parameters\":8"));
        String said = Refusal.of(() -> CellResult.read(folder, CELL));
        assertEquals(file + ": was changed after it was written; delete it, and the study computes it again", said);
    }

    /// It is not taken for the single loss.
    @Test
    void read_unknownLoss_isRefusedWithTheNearest() {
        String said = Refusal.of(() -> read("perspektive", PROJECTION));
        assertTrue(
                said.contains("\"perspektive\" is not one of [fused, perspective, ")
                        && said.endsWith("; did you mean \"perspective\"?"),
                said);
    }

    @Test
    void read_anotherCell_isRefused() {
        String said = Refusal.of(() -> read("fused", PROJECTION));
        assertTrue(said.contains("holds another cell"), said);
    }

    @ParameterizedTest
    @EnumSource
    void toJson_eachLoss_isReadAgain(Loss loss) {
        Cell cell = new Cell("audio", loss, 2, 1);
        assertEquals(
                "{\"strategy\":\"audio\",\"loss\":\"" + loss.word() + "\",\"fold\":2,\"seed\":1}",
                cell.toJson().toText());
        assertEquals(cell, Cell.JSON.read(Json.parseObject(cell.toJson().toText(), "cell")));
        assertEquals(Modality.AUDIO, cell.alone());
    }
}
