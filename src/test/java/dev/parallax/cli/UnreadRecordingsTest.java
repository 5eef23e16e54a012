package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings that cannot be read take no part, and every report of the run says which.
class UnreadRecordingsTest {

    @TempDir
    Path folder;

    @Test
    void trainAndEvaluate_recordingsThatCannotBeRead_areInEveryReport() throws IOException {
        Path manifest = Outcome.synthesized(folder.resolve("corpus"), 40);
        List<String> lost = Csv.read(manifest).rows().stream()
                .filter(row -> row.get("split").equals("train"))
                .limit(2)
                .map(row -> row.get("id"))
                .toList();
        Files.delete(folder.resolve("corpus/wav/" + lost.getFirst() + ".wav"));
        Files.writeString(folder.resolve("corpus/wav/" + lost.getLast() + ".wav"), "no sound");
        String said = "Utterances excluded: 2 of 40, 5.0 % (2 with recordings that cannot be read).";

        Path run = folder.resolve("run");
        Outcome trained = train(manifest, run);
        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.err().contains(", excluded 2: "), trained.err());
        assertTrue(trained.out().contains(said), trained.out());
        assertInReport(run, said, lost);
        JsonObject record = Json.parseObject(run.resolve("run.json")).object("run");
        String excluded = record.object("split").text("excluded");
        lost.forEach(id -> assertTrue(excluded.contains(id), excluded));
        JsonObject json =
                train(manifest, folder.resolve("json"), "--json").json().object("excluded");
        assertEquals(lost, json.array("unread").texts());

        Path page = folder.resolve("page");
        Outcome scored = evaluate(manifest, run, "--out", page.toString());
        assertEquals(0, scored.code(), scored.err());
        assertTrue(scored.out().contains(said), scored.out());
        assertInReport(page, said, lost);
        assertEquals(
                2, evaluate(manifest, run, "--json").json().object("excluded").integer("count"));
    }

    private static void assertInReport(Path folder, String said, List<String> lost) throws IOException {
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains(said + " Not read: " + String.join(", ", lost) + "."), said);
    }

    private Outcome train(Path manifest, Path out, String... more) {
        return of(
                List.of(
                        "train",
                        "--corpus",
                        "manifest:" + manifest,
                        "--modalities",
                        "audio",
                        "--features",
                        "functionals",
                        "--as-recorded",
                        "--set",
                        "training.epochs=1",
                        "--out",
                        out.toString()),
                more);
    }

    private Outcome evaluate(Path manifest, Path run, String... more) {
        return of(
                List.of(
                        "evaluate",
                        "--model",
                        run.toString(),
                        "--corpus",
                        "manifest:" + manifest,
                        "--split",
                        "all",
                        "--allow-seen"),
                more);
    }

    private Outcome of(List<String> args, String... more) {
        List<String> all = new ArrayList<>(args);
        all.addAll(List.of("--cache", folder.resolve("cache").toString()));
        all.addAll(List.of(more));
        return Outcome.of(all.toArray(new String[0]));
    }
}
