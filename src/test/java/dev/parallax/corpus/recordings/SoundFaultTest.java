package dev.parallax.corpus.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.source.SoundFacts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundFaultTest {

    @ParameterizedTest
    @CsvSource({
        "32767, 'x is not scaled: values up to 32767, full scale is 1; divide by 32768'",
        "1e38, 'x is not scaled: values up to 1.0e+38, full scale is 1; export it again as 16-bit PCM'"
    })
    void describe_unscaled_namesARemedyThatHelps(float peak, String line) {
        float[] samples = new float[16000];
        samples[7] = peak;
        SoundFacts facts = SoundFacts.of(new Audio(samples, 16000), 1, List.of());
        assertEquals(List.of(SoundFault.UNSCALED), SoundFault.of(facts));
        assertEquals(line, SoundFault.UNSCALED.describe("x", facts));
    }
}
