package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.fusion.Loss;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.model.Starter;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.Setting;
import dev.parallax.setup.request.SettingChanges;
import dev.parallax.setup.request.SettingsFile;
import dev.parallax.train.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunSettingsTest {

    @TempDir
    Path folder;

    /// The changes by `--set KEY=VALUE` and `--config FILE`.
    private static SettingChanges changes(String... words) {
        SettingChanges changes = SettingChanges.NONE;
        for (int i = 0; i < words.length; i += 2) {
            String value = words[i + 1];
            int equals = value.indexOf('=');
            changes = words[i].equals("--config")
                    ? new SettingChanges(null, SettingsFile.read(Path.of(value)), changes.settings())
                    : changes.with(value.substring(0, equals), value.substring(equals + 1));
        }
        return changes;
    }

    private static RunSettings apply(String... words) {
        return RunSettings.standard("speech").with(changes(words), Level.UTTERANCE);
    }

    @Test
    void apply_nothing_leavesTheDefaults() {
        assertEquals(TrainingConfig.STANDARD, apply().training());
        assertEquals(NetworkConfig.STANDARD, apply().network());
    }

    @Test
    void apply_set_changesOneSettingOfEachKind() {
        RunSettings settings = apply(
                "--set",
                "training.learningRate=2",
                "--set",
                "network.audio.recurrent=gru",
                "--set",
                "training.balance=0.5",
                "--set",
                "features.stack=2",
                "--set",
                "vocabulary.minimumCount=1");
        assertEquals(2.0, settings.training().learningRate());
        assertEquals(0.5, settings.training().balance());
        NetworkConfig network = settings.network();
        EncoderConfig audio = network.audio();
        assertTrue(audio != null && audio.recurrent() == EncoderConfig.RecurrentKind.GRU);
        assertEquals(2, settings.features().stack());
        assertEquals(1, settings.vocabulary().minimumCount());
        assertEquals(TrainingConfig.STANDARD.epochs(), settings.training().epochs());
    }

    @Test
    void apply_configAndSet_setWins() throws IOException {
        Path file = Files.writeString(
                folder.resolve("c.json"), "{\"training\": {\"epochs\": 3, \"patience\": 4, \"learningRate\": 1}}");
        RunSettings settings = apply("--config", file.toString(), "--set", "training.patience=5");
        assertEquals(3, settings.training().epochs());
        assertEquals(5, settings.training().patience());
        assertEquals(1.0, settings.training().learningRate());
    }

    @Test
    void apply_configWithUnknownKey_namesTheNearest() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), "{\"training\": {\"epoch\": 3}}");
        BadInputException e = assertThrows(BadInputException.class, () -> apply("--config", file.toString()));
        assertTrue(String.valueOf(e.getMessage()).contains("did you mean \"training.epochs\""), e.getMessage());
    }

    @Test
    void apply_wordThatIsNoChoice_namesTheNearest() {
        String message = Refusal.of(() -> apply("--set", "features.preEmphasis.scope=FRAMES"));
        assertEquals(
                "‹set features.preEmphasis.scope=FRAMES›: features.preEmphasis.scope: \"FRAMES\" is not one of [SIGNAL,"
                        + " FRAME]; did you mean \"FRAME\"?",
                message);
    }

    @Test
    void apply_configWithWrongKind_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), "{\"training\": {\"epochs\": \"3\"}}");
        BadInputException e = assertThrows(BadInputException.class, () -> apply("--config", file.toString()));
        assertTrue(String.valueOf(e.getMessage()).contains("training.epochs is a whole number"), e.getMessage());
    }

    @Test
    void apply_unknownWordOrTooLargeNumber_namesTheOptionOrTheFile() throws IOException {
        String word = Refusal.of(() -> apply("--set", "network.audio.recurrent=foo"));
        assertEquals(
                "‹set network.audio.recurrent=foo›: network.audio.recurrent: \"foo\" is not one of [NONE, LSTM, GRU]",
                word);
        String number = Refusal.of(() -> apply("--set", "training.epochs=3000000000"));
        assertTrue(number.startsWith("‹set training.epochs=3000000000›: training.epochs: expected"), number);
        Path file = Files.writeString(folder.resolve("c.json"), "{\"features\": {\"output\": \"MFC\"}}");
        String inFile = Refusal.of(() -> apply("--config", file.toString()));
        assertTrue(inFile.startsWith(file + ": features.output: \"MFC\" is not one of"), inFile);
    }

    /// JSON has neither.
    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e999"})
    void apply_numberThatIsNotFinite_isNamedAsGiven(String value) {
        assertEquals(
                "‹set training.learningRate=" + value + "›: training.learningRate is a number, not " + value,
                Refusal.of(() -> apply("--set", "training.learningRate=" + value)));
    }

    @Test
    void apply_valueOutOfRange_isRefusedByTheRecord() {
        RunSettings settings = apply("--set", "training.epochs=0");
        assertThrows(BadInputException.class, settings::training);
    }

    @Test
    void apply_augmentation_belongsToTheStageThatHears() {
        String[] some = {
            "--set", "augmentation.copies=2",
            "--set", "augmentation.noise.probability=0.5",
            "--set", "augmentation.noise.color=WHITE"
        };
        RunSettings utterances = apply(some);
        assertEquals(2, utterances.training().augmentation().copies());
        assertEquals(0.5, utterances.training().augmentation().steps().noise().probability());
        assertEquals(
                utterances.training(),
                TrainingConfig.fromJson(utterances.training().toJson()));
        RunSettings dialogues = RunSettings.dialogue("speech").with(changes(some), Level.DIALOGUE);
        assertTrue(dialogues.training().augmentation().isNone());
        assertEquals(utterances.augmentation(), dialogues.firstTraining().augmentation());
    }

    private static RunSettings preset(String name, Level level) {
        SettingChanges changes = new SettingChanges(name, null, List.of(new Setting("training.batchSize", "3")));
        RunSettings from = level == Level.DIALOGUE ? RunSettings.dialogue("speech") : RunSettings.standard("speech");
        return from.with(changes, level);
    }

    /// The two differ only in the three things that the released code does and the paper does not mention.
    @Test
    void preset_paperAndItsCode_differInWhatIsNotHonest() {
        for (Level level : Level.values()) {
            RunSettings paper = preset("paper", level);
            RunSettings code = preset("paper-code", level);
            assertEquals(List.of(), paper.training().dishonesty());
            assertEquals(1, code.training().dishonesty().size());
            assertEquals(
                    paper.training(),
                    TrainingConfig.fromJson(code.training()
                            .toJson()
                            .with("onProbabilities", false)
                            .with("chosenOn", "val")));
            assertEquals(
                    paper.network(),
                    NetworkConfig.fromJson(code.network()
                            .toJson()
                            .with("omegaTrained", true)
                            .with(
                                    "standardization",
                                    paper.network().standardization().name())));
            assertEquals(3, code.training().batchSize(), "what is set comes after the preset");
            assertEquals(150, paper.training().epochs());
            EncoderConfig audio = paper.network().audio();
            assertTrue(audio != null && audio.recurrent() == EncoderConfig.RecurrentKind.GRU && audio.hidden() == 50);
        }
    }

    @Test
    void with_fileOfFormerVersions_saysTheLossByItsFlag(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("old.json"), """
                {"training": {"perspectives": false, "epochs": 7}, "first": {"training": {"perspectives": false}}}
                """);
        RunSettings read = RunSettings.dialogue("speech")
                .with(new SettingChanges(null, SettingsFile.read(file), List.of()), Level.DIALOGUE);
        assertEquals(Loss.FUSED, read.training().loss());
        assertEquals(7, read.training().epochs());
        assertEquals(Loss.FUSED, read.firstTraining().loss());
    }

    @Test
    void preset_paper_standardisesVectorsAndItsCodeDoesNot() {
        assertEquals(
                Standardization.TRAINING,
                preset("paper", Level.DIALOGUE).network().standardization());
        assertEquals(
                Standardization.NONE,
                preset("paper-code", Level.DIALOGUE).network().standardization());
    }

    @Test
    void preset_unknown_namesThoseThatThereAre() {
        BadInputException e = assertThrows(BadInputException.class, () -> preset("papers", Level.DIALOGUE));
        assertEquals(
                "‹preset papers›: must be one of [paper, paper-code, text, starter]; did you mean \"paper\"?",
                e.getMessage());
    }

    @Test
    void preset_starterAndText_readTextsAlike() {
        RunSettings starter = preset("starter", Level.UTTERANCE);
        RunSettings text = preset("text", Level.UTTERANCE);
        assertEquals(text.network().text(), starter.network().text());
        assertEquals(text.subwords(), starter.subwords());
        assertEquals(2, starter.augmentation().copies());
        BadInputException e = assertThrows(BadInputException.class, () -> preset("text", Level.DIALOGUE));
        assertTrue(String.valueOf(e.getMessage()).contains("for single utterances"), e.getMessage());
    }

    /// Else its documented command would make another model.
    @Test
    void preset_starter_isWhatTheModelInTheJarWasTrainedWith() {
        SettingChanges changes = new SettingChanges("starter", null, List.of());
        RunSettings preset = RunSettings.standard("functionals").with(changes, Level.UTTERANCE);
        try (EmotionModel starter = Starter.load(new ScalarBackend())) {
            assertEquals(
                    preset.training().toJson(),
                    Objects.requireNonNull(starter.record()).training());
            assertEquals(preset.network(), starter.config().network());
            assertEquals(preset.features(), starter.config().features());
            assertEquals(preset.subwords(), starter.config().subwords());
        }
    }
}
