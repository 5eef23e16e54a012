package dev.parallax.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request alone shows to be wrong is refused before the corpus is opened: here there is none.
class RefusedBeforeReadingTest {

    @TempDir
    Path folder;

    private Outcome asked(String command, String... options) {
        String out = folder.resolve("out").toString();
        List<String> args = new ArrayList<>(List.of(command, "--corpus", "manifest:absent.csv", "--out", out));
        args.addAll(List.of(options));
        Outcome outcome = Outcome.of(args.toArray(new String[0]));
        assertEquals(2, outcome.code(), outcome.err());
        assertFalse(outcome.err().contains("absent.csv"), outcome.err());
        return outcome;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tune training.learningRat=0.1,0.2 | --tune training.learningRat=0.1,0.2: there is no setting"
                        + " training.learningRat; did you mean \"training.learningRate\"?",
                "--tune training.chosenBy=accuracy,los | --tune training.chosenBy=accuracy,los: training.chosenBy: ",
                "--tune training.epochs=0,3 | --tune training.epochs=0,3: ",
                "--tune-by speakers-3 | --tune-by speakers-3: there is nothing to choose",
                "--tune-by foo --tune training.epochs=2,3 | --tune-by: \"foo\" is not one of",
                "--modalities audio --fusions late-add | --fusions late-add: with --modalities audio one perspective is read",
                "--folds speaker-3 | --folds: \"speaker-3\" is not one of",
            })
    void study_wrongRequest_isRefusedAtOnce(String options, String message) {
        String said = asked("study", options.split(" ")).err();
        assertTrue(said.contains(message), said);
    }

    @Test
    void study_columnOfManyGroups_isRefusedAtOnce() throws IOException {
        List<String> lines = new ArrayList<>(List.of("id,pitch"));
        IntStream.range(0, 21).forEach(i -> lines.add("u" + i + ",p" + i));
        Path table = Files.write(folder.resolve("groups.csv"), lines);
        String said = asked("study", "--groups", table + ":pitch").err();
        assertTrue(said.contains("column \"pitch\" has 21 groups"), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--protocol random --test-speakers a | --protocol and --test-speakers both say how to split; give one",
                "--protocol random --val-speakers a | --protocol and --val-speakers both say how to split; give one",
                "--freeze audio | --freeze: an encoder of random numbers would stay one; give --init MODEL too",
            })
    void train_wrongRequest_isRefusedAtOnce(String options, String message) {
        String said = asked("train", options.split(" ")).err();
        assertTrue(said.contains(message), said);
    }

    @Test
    void train_wrongProtocol_isRefusedAtOnce() {
        String said = asked("train", "--protocol", "speaker-3/2").err();
        assertTrue(said.contains("--protocol: \"speaker-3\" is not one of"), said);
        assertTrue(said.contains("did you mean \"speakers-3\""), said);
    }
}
