package dev.parallax.model.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.Starter;
import dev.parallax.transcript.Transcript;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Turns from Java, without a command.
class AnsweredTalkTest {

    private static final int RATE = 16_000;

    /// A hum whose pitch rises, in a file in memory.
    private static byte[] hum() {
        float[] samples = new float[4 * RATE];
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            phase += 2 * Math.PI * (100 + 100.0 * i / samples.length) / RATE;
            samples[i] = (float) (0.3 * Math.sin(phase) + 0.2 * Math.sin(3 * phase));
        }
        return WavWriter.PCM_16.toBytes(new Audio(samples, RATE));
    }

    @Test
    void of_turns_areAnsweredAsPredictAnswersTheirStretches() {
        Transcript transcript = Transcript.parse(
                "[00:00.500 --> 00:02.000] so glad you came\n[00:02.000 --> 00:04.000] [hums]\n", "talk");
        try (Backend backend = new ScalarBackend();
                EmotionModel model = Starter.load(backend);
                AudioFile file = AudioFile.of(hum(), "hum", _ -> {})) {
            AnsweredTalk talk = AnsweredTalk.of(model, file, transcript);
            List<Prediction> answers = talk.predictions();
            assertEquals(model.predict(file.read(RATE / 2, 3 * RATE / 2), "so glad you came"), answers.getFirst());
            assertEquals(
                    model.predict(file.read(2 * RATE, 2 * RATE), null).answers(),
                    answers.getLast().answers());
            assertNull(
                    AnsweredTalk.of(model, null, transcript).turns().getLast().prediction(), "there is nothing left");
        }
    }
}
