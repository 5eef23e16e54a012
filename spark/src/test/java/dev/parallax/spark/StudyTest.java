package dev.parallax.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.spark.LocalSession.Ran;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.ShutdownHookManager;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study whose cells are tasks has the results of one machine, byte for byte.
final class StudyTest {

    @TempDir
    private Path folder;

    private List<String> words(String out) {
        return new ArrayList<>(List.of(
                "study",
                "--corpus",
                "synthetic:7",
                "--size",
                "64",
                "--fusions",
                "late-add",
                "--losses",
                "fused",
                "--seeds",
                "1",
                "--set",
                "training.epochs=1",
                "--set",
                "network.audio.hidden=4",
                "--set",
                "network.audio.heads=2",
                "--baselines",
                "majority",
                "--cache",
                folder.resolve("cache").toString(),
                "--out",
                folder.resolve(out).toString()));
    }

    /// Where an executor keeps what cells have in common is among the folders that Spark deletes when its JVM ends.
    private static void assertFoldersOfExecutorsAreDeletedAtTheEnd() {
        File among = new File(Utils.getLocalDir(SparkEnv.get().conf()));
        File[] folders = among.listFiles((_, name) -> name.startsWith("parallax-study"));
        assertTrue(folders != null && folders.length > 0, "there is one");
        for (File each : folders) {
            assertTrue(ShutdownHookManager.hasShutdownDeleteDir(each), each.toString());
        }
    }

    @Test
    void study_cellsAsTasks_hasTheResultsOfOneMachine() throws Exception {
        Ran local = LocalSession.local(words("local").toArray(new String[0]));
        assertEquals(0, local.code(), local.err());
        Ran spark = LocalSession.spark(words("spark").toArray(new String[0]));
        assertEquals(0, spark.code(), spark.err());
        byte[] expected = Files.readAllBytes(folder.resolve("local/results.json"));
        assertArrayEquals(expected, Files.readAllBytes(folder.resolve("spark/results.json")));
        assertFoldersOfExecutorsAreDeletedAtTheEnd();

        // a stopped study goes on: what is there is not computed again
        Path cells = folder.resolve("spark/cells");
        List<Path> all;
        try (var listed = Files.list(cells)) {
            all = listed.sorted().toList();
        }
        Files.delete(all.getFirst());
        var kept = Files.getLastModifiedTime(all.getLast());
        Files.delete(folder.resolve("spark/results.json"));
        Ran again = LocalSession.spark(words("spark").toArray(new String[0]));
        assertEquals(0, again.code(), again.err());
        assertEquals(kept, Files.getLastModifiedTime(all.getLast()));
        assertArrayEquals(expected, Files.readAllBytes(folder.resolve("spark/results.json")));
        assertFalse(all.isEmpty());
    }
}
