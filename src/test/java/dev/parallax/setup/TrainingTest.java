package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.Corpora;
import dev.parallax.fusion.Modality;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

    @TempDir
    Path folder;

    @Test
    void copy_filesOfAnotherRun_doNotStay() throws IOException {
        Path from = Files.createDirectories(folder.resolve("from"));
        Path to = Files.createDirectories(folder.resolve("to"));
        Files.writeString(to.resolve("metrics.csv"), "old");
        Files.writeString(to.resolve("run.json"), "old");
        Files.writeString(from.resolve("run.json"), "new");
        Training.copy(from, to);
        assertFalse(Files.exists(to.resolve("metrics.csv")));
        assertEquals("new", Files.readString(to.resolve("run.json")));
    }

    @Test
    void run_validationSpeakersAlone_warnsThatNobodyIsTested() {
        String speaker = String.valueOf(
                Corpora.open("synthetic:3").utterances().getFirst().speaker());
        TrainingRequest request = TrainingRequest.of()
                .withCorpus(CorpusRequest.of("synthetic:3").withSize(120))
                .withModel(ModelRequest.STANDARD.withModalities(Modality.TEXT))
                .withSetting("training.epochs", "1")
                .withSpeakers(List.of(), List.of(speaker))
                .into(folder.resolve("run"));
        List<String> warnings = new ArrayList<>();
        try (Workers workers = new Workers(1)) {
            Training.run(request, new ScalarBackend(), workers, new Remarks() {
                @Override
                public void warn(String line) {
                    warnings.add(line);
                }
            });
        }
        assertTrue(warnings.stream().anyMatch(line -> line.startsWith("split: nobody is tested")), warnings::toString);
    }
}
