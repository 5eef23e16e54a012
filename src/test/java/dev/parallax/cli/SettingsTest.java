package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.train.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    private static Settings apply(String... args) {
        Arguments arguments = new Syntax("test", "", "").configurable().common().parse(List.of(args));
        return Settings.standard("speech").apply(arguments);
    }

    @Test
    void apply_nothing_leavesTheDefaults() {
        assertEquals(TrainingConfig.STANDARD, apply().training());
        assertEquals(NetworkConfig.STANDARD, apply().network());
    }

    @Test
    void apply_set_changesOneSettingOfEachKind() {
        Settings settings = apply(
                "--set",
                "training.learningRate=2",
                "--set",
                "network.audio.recurrent=gru",
                "--set",
                "training.balanced=false",
                "--set",
                "features.stack=2",
                "--set",
                "vocabulary.minimumCount=1");
        assertEquals(2.0, settings.training().learningRate());
        assertEquals(false, settings.training().balanced());
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
        Settings settings = apply("--config", file.toString(), "--set", "training.patience=5");
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
    void apply_configWithWrongKind_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), "{\"training\": {\"epochs\": \"3\"}}");
        BadInputException e = assertThrows(BadInputException.class, () -> apply("--config", file.toString()));
        assertTrue(String.valueOf(e.getMessage()).contains("training.epochs is a whole number"), e.getMessage());
    }

    @Test
    void apply_valueOutOfRange_isRefusedByTheRecord() {
        Settings settings = apply("--set", "training.epochs=0");
        assertThrows(BadInputException.class, settings::training);
    }
}
