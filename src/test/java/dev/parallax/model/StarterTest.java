package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The model that comes along is what its card says.
class StarterTest {

    private static final EmotionModel STARTER = Starter.load(new ScalarBackend());

    private static String text(String text) {
        return STARTER.predict((Audio) null, text).decision().label();
    }

    @Test
    void file_isBelowEightMegabytes() throws IOException {
        try (InputStream in = Starter.class.getResourceAsStream("starter.safetensors")) {
            assertNotNull(in);
            assertTrue(in.readAllBytes().length < 8_000_000);
        }
    }

    @Test
    void record_saysWhatItWasTrainedOn() {
        RunRecord record = STARTER.record();
        assertNotNull(record);
        assertEquals(Json.array("emodb", "goemotions"), record.toJson().get("corpora"));
        assertEquals(
                List.of("anger", "happiness", "neutral", "sadness"),
                STARTER.labels().names());
        assertTrue(STARTER.perspectivesTrained());
        assertNotNull(STARTER.rules().unpaired(), "its perspectives were never recorded together");
        assertTrue(
                record.toJson().object("scores").has("test"),
                record.toJson().object("scores").toText());
    }

    /// What `reproduce` needs to train it again.
    @Test
    void record_holdsWhatWasAskedForAndEachEpoch() {
        RunRecord record = Objects.requireNonNull(STARTER.record());
        JsonObject request = record.request();
        assertEquals(Json.array("emodb", "goemotions"), request.get("places"));
        assertEquals("starter", request.text("preset"));
        assertEquals("functionals", request.text("features"));
        assertEquals("4", request.text("labels"));
        assertEquals(record.training().integer("epochs"), record.epochWeights().size());
    }

    /// Both perspectives by themselves; their fusion was never tested, so the card has no figure of it.
    @Test
    void card_scores_areThoseOfTheRecord() throws IOException {
        String card = Files.readString(Path.of("docs", "starter.md"));
        JsonObject test = Objects.requireNonNull(STARTER.record()).scores().object("test");
        JsonObject audio = test.object("audio");
        String heard = String.format(
                Locale.ROOT,
                "| audio, the shipped model | %d clips of two actors outside its training data | %.3f | %.3f |",
                audio.integer("utterances"),
                audio.number("unweightedAccuracy"),
                audio.number("weightedAccuracy"));
        assertTrue(card.contains(heard), heard);
        JsonObject text = test.object("text");
        String read = String.format(
                Locale.ROOT,
                "| text, the shipped model | %d comments of GoEmotions' test part | %.3f (macro F1 %.3f) | %.3f |",
                text.integer("utterances"),
                text.number("unweightedAccuracy"),
                text.number("macroF1"),
                text.number("weightedAccuracy"));
        assertTrue(card.contains(read), read);
    }

    @Test
    void predict_text_readsWhatIsPlain() {
        assertEquals("happiness", text("Thank you so much, this is wonderful!"));
        assertEquals("anger", text("I am so furious, this is disgusting and makes me angry"));
        assertEquals("sadness", text("I am so sad, I miss her and can't stop crying"));
        assertEquals("neutral", text("The meeting is at noon in the second room."));
        assertFalse(STARTER.predict((Audio) null, "qwxz vrrt").text() == null, "unknown words have pieces");
    }

    @Test
    void predict_both_isTheFusionOfWhatEachSays() {
        RandomStream random = new RandomStream(7, 0, 0, 0);
        float[] samples = new float[24000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * Math.sin(i * 0.06) + 0.02 * random.nextGaussian());
        }
        Prediction both = STARTER.predict(new Audio(samples, 16000), "Thank you so much");
        Answer audio = Objects.requireNonNull(both.audio());
        Answer text = Objects.requireNonNull(both.text());
        Answer fused = Objects.requireNonNull(both.fused());
        UnpairedFusion unpaired = Objects.requireNonNull(STARTER.rules().unpaired());
        double sum = 0;
        double[] product = new double[4];
        for (int c = 0; c < 4; c++) {
            double heard = audio.probabilities().get(c) / unpaired.audioPrior().get(c);
            double read = text.probabilities().get(c) / unpaired.textPrior().get(c);
            product[c] = Math.sqrt(heard * read);
            sum += product[c];
        }
        for (int c = 0; c < 4; c++) {
            assertEquals(product[c] / sum, fused.probabilities().get(c), 1e-5, "weights one half, a uniform prior");
        }
    }
}
