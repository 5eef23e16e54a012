package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class MainTest {

    private static final List<String> COMMANDS = List.of(
            "demo",
            "predict",
            "listen",
            "serve",
            "train",
            "evaluate",
            "study",
            "audit",
            "inspect",
            "card",
            "diff",
            "reproduce",
            "features",
            "corpus",
            "encoder",
            "doctor");

    @Test
    void run_help_listsEveryCommand() {
        Outcome outcome = Outcome.of("--help");
        assertEquals(0, outcome.code());
        COMMANDS.forEach(command -> assertTrue(outcome.out().contains("\n  " + command + " "), command));
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void run_helpOfCommand_showsUsageAndCommonOptions(String command) {
        Outcome outcome = Outcome.of(command, "--help");
        assertEquals(0, outcome.code());
        assertTrue(outcome.out().startsWith("usage: parallax " + command + " "), outcome.out());
        assertTrue(outcome.out().contains("--json"));
        outcome.out().lines().forEach(line -> assertTrue(line.length() <= 130, line));
    }

    @Test
    void run_helpOfTrain_showsDefaultsOfTheRecords() {
        String help = Outcome.of("train", "--help").out();
        assertTrue(help.contains("training.epochs"), help);
        assertTrue(help.contains("network.audio.hidden"), help);
        assertTrue(help.contains("features.stack"), help);
    }

    @Test
    void run_version_printsOneLine() {
        Outcome outcome = Outcome.of("--version");
        assertEquals(0, outcome.code());
        assertEquals(1, outcome.out().lines().count());
        assertTrue(outcome.out().startsWith("parallax "));
    }

    /// Every wrong usage is one line on stderr that says how to mend it, nothing on stdout, and exit code 2.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predct | did you mean \"predict\"",
                "predict --modle x | did you mean \"--model\"",
                "predict --model | --model needs a value",
                "predict --model nowhere.safetensors --text hi | no such file",
                "predict one two | one word too many",
                "train --out runs/none | --corpus",
                "train --corpus synthetic:1 | --out is missing",
                "train --corpus synthetic:x --out runs/none | the seed must be a whole number",
                "train --corpus emodv:x --out runs/none | did you mean \"emodb\"",
                "train --corpus synthetic:1 --out runs/none --level dialogue | --level utterance",
                "train --corpus synthetic:1 --out runs/none --loss perspectiv | did you mean \"perspective\"",
                "train --corpus synthetic:1 --out runs/none --fusion late-ad | late-add",
                "train --corpus synthetic:1 --out runs/none --modalities audio,smell | --modalities smell",
                "train --corpus synthetic:1 --out runs/none --modalities audio, | a name is missing",
                "train --corpus synthetic:1 --corpus synthetic:2 --out runs/none | --labels",
                "train --corpus synthetic:1 --labels angr,joy --out runs/none | did you mean \"anger\"",
                "train --corpus synthetic:1 --out runs/none --set training.epoch=3 | \"training.epochs\"",
                "train --corpus synthetic:1 --out runs/none --set epochs=3 | \"training.epochs\"",
                "train --corpus synthetic:1 --out runs/none --set training.epochs=x | a whole number",
                "train --corpus synthetic:1 --out runs/none --set training=3 | a group",
                "train --corpus synthetic:1 --out runs/none --set training.epochs | KEY=VALUE",
                "train --corpus synthetic:1 --out runs/none --seed x | not a whole number",
                "train --corpus synthetic:1 --out runs/none --threads 0 | must be at least 1",
                "train --corpus synthetic:1 --out runs/none --backend cuda9 | does not exist",
                "train --corpus synthetic:1 --out pom.xml | is a file",
                "train --corpus synthetic:1 --out src | --resume",
                "evaluate --corpus synthetic:1 --model nowhere | no such file",
                "features --audio x.wav --out x.mp3 | ends in none of",
                "features --audio nowhere.wav --out x.npy | no such file",
                "features --audio x.wav --features speach --out x.npy | no preset",
                "corpus | nothing is asked for",
                "corpus verfy synthetic:1 | did you mean \"verify\"",
                "corpus verify | which corpus",
                "corpus synthesize --size 41 --out target/none | multiple of 4",
                "corpus synthesize | --out is missing",
                "corpus synthesize --set irony=1 --out target/none | spoken corpora; name whose sentences",
                "serve one | one word too many",
                "serve --model nowhere | no such file",
                "serve --port 70000 | --port 70000 must be from 0 to 65535",
                "serve --host 0.0.0.0 | give --token-file FILE",
                "serve --token-file nowhere | no such file",
                "serve --model starter --model starter | two models are called",
                "serve --max-body 0 | --max-body 0 must be from 1",
                "serve --read-timeout x | must be a number",
                "demo --out src | no demo",
                "demo --out pom.xml | is a file",
            })
    void run_wrongUsage_isOneLineAndCode2(String line, String expected) {
        Outcome outcome = Outcome.of(line.split(" "));
        assertEquals(2, outcome.code(), outcome.err());
        assertEquals("", outcome.out());
        List<String> errors = outcome.err()
                .lines()
                .filter(each -> each.startsWith("parallax: "))
                .toList();
        assertEquals(1, errors.size(), outcome.err());
        assertTrue(errors.getFirst().contains(expected), errors.getFirst());
        assertTrue(outcome.err().endsWith(errors.getFirst() + System.lineSeparator()));
    }

    @Test
    void run_noCommand_isCode2() {
        Outcome outcome = Outcome.of();
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--help"));
    }

    @Test
    void run_debug_showsTheStackTrace() {
        assertTrue(Outcome.of("predict", "--debug").err().contains("\tat dev.parallax.cli."));
        assertTrue(Outcome.of("predict").err().lines().count() == 1);
    }
}
