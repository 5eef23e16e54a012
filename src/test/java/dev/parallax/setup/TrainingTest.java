package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.Corpora;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.RecordJson;
import dev.parallax.model.NetworkConfig;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.SettingChanges;
import dev.parallax.setup.request.SettingsFile;
import dev.parallax.setup.request.StudyRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void run_settingOutOfRange_isRefusedBeforeAnythingIsRead() throws IOException {
        TrainingRequest nowhere = TrainingRequest.of("emodb:" + folder.resolve("nowhere"));
        assertEquals(
                "training: epochs is 0, must be at least 1",
                Refusal.of(() -> Training.run(nowhere.withSetting("training.epochs", "0"))));
        Path file = Files.writeString(folder.resolve("few.json"), "{\"training\": {\"epochs\": 0}}");
        ModelRequest standard = ModelRequest.STANDARD;
        ModelRequest model = new ModelRequest(
                standard.level(),
                List.of(),
                null,
                new SettingChanges(null, SettingsFile.read(file), List.of()),
                null,
                null,
                null,
                false,
                false,
                EncoderRequest.NONE);
        assertEquals(
                file + ": training: epochs is 0, must be at least 1",
                Refusal.of(() -> Training.run(nowhere.withModel(model))));
    }

    /// Of one modality these losses are the single loss under another name: as a loss, as a setting, in a study.
    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"MODULATED", "ALONE_FIRST", "MODALITY_DROPOUT"})
    void run_lossBetweenTwoPerspectives_isRefusedForOne(Loss loss) {
        String nowhere = "emodb:" + folder.resolve("nowhere");
        ModelRequest audio = ModelRequest.STANDARD.withModalities(Modality.AUDIO);
        ModelRequest set = audio.withSetting("training.loss", loss.word());
        String refusal =
                "‹loss " + loss.word() + "› is between audio and text, and only audio is read; take ‹loss fused›,"
                        + " which for one is the same, or let both be read (‹modalities audio,text›)";
        assertEquals(
                refusal,
                Refusal.of(() ->
                        Training.run(TrainingRequest.of(nowhere).withModel(RecordJson.with(audio, "loss", loss)))));
        assertEquals(
                refusal,
                Refusal.of(() -> Training.run(TrainingRequest.of(nowhere).withModel(set))));
        StudyRequest study = RecordJson.with(
                StudyRequest.of(folder.resolve("study"), nowhere).withModel(audio),
                "losses",
                List.of(Loss.FUSED, loss));
        assertEquals(refusal.replace("‹loss ", "‹losses "), Refusal.of(() -> Study.run(study)));
    }

    /// The network decides where the request does not: a corpus of sentences alone. The perspective loss, the default,
    /// is the term of the only perspective.
    @Test
    void require_lossBetweenTwoPerspectives_isForBoth() {
        NetworkConfig both = NetworkConfig.STANDARD;
        assertTrue(Refusal.of(() -> LossCheck.require(both.withModalities(false, true), "loss", Loss.MODULATED))
                .contains("only text is read"));
        LossCheck.require(both, "loss", Loss.MODULATED);
        LossCheck.require(both.withModalities(true, false), "loss", Loss.PERSPECTIVE);
    }

    @Test
    void run_headsThatDoNotDivideTheStates_isRefusedBeforeAnythingIsRead() {
        String nowhere = "emodb:" + folder.resolve("nowhere");
        String refusal = "settings: network.text.heads=4 does not divide the 50 features of the states; change it, or"
                + " network.embedding, which decides them (heads=0: no self-attention)";
        ModelRequest narrow = ModelRequest.STANDARD.withSetting("network.embedding", "50");
        TrainingRequest training = TrainingRequest.of(nowhere);
        assertEquals(refusal, Refusal.of(() -> Training.run(training.withModel(narrow))));
        StudyRequest study = StudyRequest.of(folder.resolve("study"), nowhere);
        assertEquals(refusal, Refusal.of(() -> Study.run(study.withModel(narrow))));
        ModelRequest hidden = ModelRequest.STANDARD.withSetting("network.audio.hidden", "33");
        String audio = Refusal.of(() -> Training.run(training.withModel(hidden)));
        assertTrue(audio.contains("the 66 features of the states; change it, or network.audio.hidden"), audio);
        String absent = Refusal.of(() -> Training.run(training.withModel(narrow.withModalities(Modality.AUDIO))));
        assertTrue(absent.contains("nowhere"), absent);
    }

    @Test
    void run_headsThatDoNotDivideTheColumns_isRefusedBeforeFeaturesAreComputed() {
        TrainingRequest request = TrainingRequest.of()
                .withCorpus(CorpusRequest.of("synthetic:3").withSize(120))
                .withModel(ModelRequest.STANDARD.withModalities(Modality.AUDIO))
                .withSetting("network.audio.recurrent", "NONE")
                .withSetting("network.audio.heads", "7");
        String refusal = Refusal.of(() -> Training.run(request));
        assertTrue(refusal.startsWith("settings: network.audio.heads=7 does not divide the "), refusal);
        assertTrue(refusal.contains("network.audio.projection"), refusal);
    }

    @Test
    void run_nothingChooses_saysNoValidationPartAndNoBestEpoch() {
        List<String> lines = new ArrayList<>();
        try (Workers workers = new Workers(1)) {
            TrainingRequest request = TrainingRequest.of()
                    .withCorpus(CorpusRequest.of("synthetic:3").withSize(120))
                    .withModel(ModelRequest.STANDARD.withModalities(Modality.TEXT))
                    .withSetting("training.epochs", "2")
                    .withSetting("training.chosenOn", "nothing");
            Training.run(request, new ScalarBackend(), workers, new Remarks() {
                @Override
                public void log(String line) {
                    lines.add(line);
                }
            });
        }
        List<String> split =
                lines.stream().filter(line -> line.startsWith("split: ")).toList();
        assertEquals(1, split.size());
        assertTrue(split.getFirst().contains(", val 0, "), split::toString);
        List<String> epochs =
                lines.stream().filter(line -> line.startsWith("epoch ")).toList();
        assertEquals(2, epochs.size());
        assertTrue(epochs.stream().noneMatch(line -> line.contains("best")), epochs::toString);
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
