package dev.parallax.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.Outcome;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

    @TempDir
    Path folder;

    private Outcome demo(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "demo",
                "--out",
                folder.resolve("demo").toString(),
                "--size",
                "80",
                "--set",
                "training.epochs=1",
                "--set",
                "features.stack=8",
                "--set",
                "network.audio.hidden=4"));
        args.addAll(List.of(more));
        return Outcome.of(args.toArray(new String[0]));
    }

    /// One epoch trains almost nothing, and the demo reports it: scores are checked from below too.
    @Test
    void run_hardlyTrained_failsItsChecksAndStillReports() {
        Outcome outcome = demo("--json");
        assertEquals(1, outcome.code(), outcome.err());
        JsonObject json = outcome.json();
        assertFalse(json.flag("ok"));
        assertEquals(4, json.object("models").fields().size());
        assertEquals(0.95, json.object("ceilings").number("fused"), 1e-9);
        for (String file : List.of("report.html", "best.safetensors", "example.wav", "demo.json")) {
            assertTrue(Files.exists(folder.resolve("demo").resolve(file)), file);
        }
    }

    @Test
    void run_quiet_saysThatItsCorpusIsNoSpeech() {
        Outcome quiet = demo("--quiet");
        assertEquals(1, quiet.code(), quiet.err());
        assertTrue(
                quiet.out().startsWith("synthetic: made by rules, not spoken: its accuracies say nothing"),
                quiet.out());
        assertEquals(
                List.of("synthetic: made by rules, not spoken"),
                demo("--json").json().array("syntheticSpeech").texts());
    }

    /// The model of the demo is one that `train` would make: it can be trained again from its record.
    @Test
    void run_thenReproduced_isTheSameFile() {
        demo("--seed", "5");
        Path run = folder.resolve("demo");
        Outcome again = Outcome.of("reproduce", run.toString(), "--corpus", "synthetic:5");
        assertEquals(0, again.code(), again.err());
        assertTrue(again.out().contains("bit-identical: the same file"), again.out());
        Outcome other = Outcome.of("reproduce", run.toString(), "--corpus", "synthetic:6");
        assertEquals(2, other.code(), other.out());
    }

    @Test
    void run_again_replacesItsOwnFolderOnly() throws IOException {
        assertEquals(1, demo().code());
        Outcome again = demo();
        assertEquals(1, again.code(), again.err());
        assertTrue(again.out().contains("[") && again.out().contains("ceiling"), again.out());
        Files.delete(folder.resolve("demo").resolve("demo.json"));
        assertEquals(2, demo().code());
    }
}
