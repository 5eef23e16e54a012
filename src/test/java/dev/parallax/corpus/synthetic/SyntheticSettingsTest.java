package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SyntheticSettingsTest {

    private static final SyntheticSettings DEFAULTS = SyntheticSettings.defaults(1);

    @Test
    void withSize_notAMultipleOfFour_saysWhatToGive() {
        assertRefused(() -> DEFAULTS.withSize(1001), "give 1000");
        assertRefused(() -> DEFAULTS.withSize(-5), "give 40");
    }

    @Test
    void constructor_valueOutOfRange_namesIt() {
        assertRefused(() -> DEFAULTS.withSynergy(1.5), "synergy is 1.5");
        assertRefused(() -> DEFAULTS.withSynergy(Double.NaN), "synergy is NaN");
        assertRefused(
                () -> new SyntheticSettings(1, 400, 0.5, 0.4, 0.2, 0.05, 0, 20, 16000, 0.8, 1.6),
                "audioOnly + textOnly + both");
        assertRefused(() -> new SyntheticSettings(1, 400, 0.4, 0.4, 0.2, 0.8, 0, 20, 16000, 0.8, 1.6), "error is 0.8");
        assertRefused(() -> new SyntheticSettings(1, 400, 0.4, 0.4, 0.2, 0.05, 0, 7, 16000, 0.8, 1.6), "speakers is 7");
        assertRefused(
                () -> new SyntheticSettings(1, 400, 0.4, 0.4, 0.2, 0.05, 0, 20, 8000, 0.8, 1.6), "sampleRate is 8000");
        assertRefused(
                () -> new SyntheticSettings(1, 400, 0.4, 0.4, 0.2, 0.05, 0, 20, 16000, 0.8, 0.7), "maxSeconds is 0.7");
    }

    @Test
    void share_withSynergy_addsUpToOneAndKeepsTheRatios() {
        SyntheticSettings settings = DEFAULTS.withSynergy(0.3);
        double sum = 0;
        for (Type type : Type.values()) {
            sum += settings.share(type);
        }
        assertEquals(1, sum, 1e-12);
        assertEquals(2, settings.share(Type.AUDIO) / settings.share(Type.BOTH), 1e-12);
        assertEquals(0.3, settings.share(Type.SYNERGY), 1e-12);
    }

    private static void assertRefused(Executable action, String part) {
        String message =
                String.valueOf(assertThrows(BadInputException.class, action).getMessage());
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
    }
}
