package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.fusion.Modality;
import dev.parallax.setup.EvaluationOutcome;
import dev.parallax.setup.ModelEvaluation;
import dev.parallax.setup.Study;
import dev.parallax.setup.StudyOutcome;
import dev.parallax.setup.Training;
import dev.parallax.setup.TrainingOutcome;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.StudyRequest;
import dev.parallax.setup.request.TrainingRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training, evaluation and study from Java, as the README shows them: compiled here, compared with the README, and run
/// on a small synthetic corpus.
class LibraryCallsTest {

    private static final Path SOURCE = Path.of("src/test/java/dev/parallax/LibraryCallsTest.java");

    @TempDir
    Path folder;

    /// The README's lines, with the test's requests and printer in place of its own.
    private static void sixLines(
            TrainingRequest training, EvaluationRequest evaluation, StudyRequest request, PrintStream out) {
        TrainingOutcome trained = Training.run(training);
        out.println(trained.decision().metrics().unweightedAccuracy());
        EvaluationOutcome scored = ModelEvaluation.run(evaluation);
        out.println(scored.decision().metrics().unweightedAccuracy());
        StudyOutcome study = Study.run(request);
        out.println(study.toJson().toIndentedText());
    }

    @Test
    void readme_calls_areThoseThatAreCompiledHere() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String snippet = readme.substring(readme.indexOf("```java\nTrainingOutcome") + 8);
        List<String> shown = snippet.substring(0, snippet.indexOf("```"))
                .replace("TrainingRequest.of(\"emodb:/data/emodb\").into(Path.of(\"runs/emodb\"))", "training")
                .replace("EvaluationRequest.of(Path.of(\"runs/emodb\"), \"emodb:/data/emodb\")", "evaluation")
                .replace(
                        "StudyRequest.of(Path.of(\"runs/study\"), \"manifest:my.csv\").withFolds(\"sessions\")",
                        "request")
                .replace("System.out", "out")
                .lines()
                .toList();
        List<String> source =
                Files.readString(SOURCE).lines().map(String::strip).toList();
        assertEquals(6, shown.size());
        int first = source.indexOf(shown.getFirst());
        assertTrue(first > 0, "the README's first line is not in this test: " + shown.getFirst());
        assertEquals(shown, source.subList(first, first + 6));
    }

    @Test
    void refusals_nameNoOptions() {
        TrainingRequest training = TrainingRequest.of("emobd:/data/emodb").into(folder);
        assertTrue(Refusal.of(() -> Training.run(training)).startsWith("‹corpus›: there is no kind \"emobd\""));
        TrainingRequest unknown = TrainingRequest.of()
                .withCorpus(CorpusRequest.of("synthetic:3").withSize(120))
                .withModel(ModelRequest.STANDARD.withModalities(Modality.TEXT))
                .withSpeakers(List.of("s99"), List.of())
                .into(folder.resolve("run"));
        assertTrue(Refusal.of(() -> Training.run(unknown)).startsWith("‹test-speakers›: speaker \"s99\""));
    }

    @Test
    void readme_calls_run() {
        CorpusRequest corpus = CorpusRequest.of("synthetic:3").withSize(120).withCache(folder.resolve("cache"));
        ModelRequest model = ModelRequest.STANDARD.withModalities(Modality.TEXT).withSetting("training.epochs", "1");
        Path run = folder.resolve("run");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sixLines(
                TrainingRequest.of().withCorpus(corpus).withModel(model).into(run),
                EvaluationRequest.of(run).withCorpus(corpus),
                StudyRequest.of(folder.resolve("study"))
                        .withCorpus(corpus)
                        .withModel(model)
                        .withSeeds(1),
                new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(lines.get(0), lines.get(1), "the model that was trained and the one that was read score the same");
        assertTrue(Double.parseDouble(lines.get(0)) > 0);
        assertTrue(lines.size() > 10, "the tables of the study");
    }
}
