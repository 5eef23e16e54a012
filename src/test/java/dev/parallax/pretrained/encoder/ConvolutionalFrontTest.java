package dev.parallax.pretrained.encoder;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.nn.Parameters;
import dev.parallax.pretrained.encoder.Wav2Vec2Config.FrontLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How long the recordings are that the front of wav2vec 2.0's base model takes.
class ConvolutionalFrontTest {

    private static final int MOST = 20_971_524; // (2^31 - 1) / 512 rows of the first convolution

    private final ConvolutionalFront front = ConvolutionalFront.layerNorms(
            new Parameters(), "front", List.of(new FrontLayer(512, 10, 5), new FrontLayer(512, 3, 2)));

    @Test
    void requireReadable_longestRecording_isTaken() {
        assertDoesNotThrow(() -> front.requireReadable(MOST));
        assertEquals(Integer.MAX_VALUE / 512, (MOST - 10) / 5 + 1);
        assertEquals(Integer.MAX_VALUE / 512 + 1, (MOST + 1 - 10) / 5 + 1);
    }

    /// An hour.
    @Test
    void requireReadable_longerRecording_saysWhatIsRead() {
        assertEquals(
                "the recording has 57600000 samples at 16000 Hz, the encoder reads at most " + MOST
                        + " in one piece, 1310 s; cut it into pieces",
                Refusal.of(() -> front.requireReadable(57_600_000)));
    }
}
