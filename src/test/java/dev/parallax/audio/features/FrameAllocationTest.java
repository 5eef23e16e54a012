package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audio.speech.SpeechNormalization;
import dev.parallax.random.RandomStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A longer recording allocates more only for the arrays of its frames, not for the work on a frame.
class FrameAllocationTest {

    private static final int RATE = 16_000;

    /// 40 bands, 20 coefficients and an energy.
    private static final int MFCC_BYTES = 4 * (40 + 20 + 1);

    /// A table of 15 places, each of two floats, two doubles and a way back; its count and best value; the track.
    private static final int PITCH_BYTES = 15 * (2 * 4 + 2 * 8 + 1) + 4 + 4 + 2 * 4;

    @ParameterizedTest
    @CsvSource({"false, " + MFCC_BYTES, "true, " + (PITCH_BYTES + 4 + 2 * 4)})
    void extract_recordingTwiceAsLong_allocatesTheArraysOfItsFramesOnly(boolean pitch, int bytesAFrame) {
        FeatureConfig config = FeatureConfig.preset("speech")
                .edit()
                .speech(SpeechNormalization.OFF)
                .output(pitch ? FeatureConfig.Output.NONE : FeatureConfig.Output.MFCC)
                .cepstra(new Cepstra(20, 22, Cepstra.LifterStart.ZERO))
                .prosody(pitch ? new Prosody(Prosody.F0.HZ, true, false, false, Pitch.STANDARD) : Prosody.NONE)
                .cmvn(Cmvn.NONE)
                .build();
        FeatureExtractor extractor = new FeatureExtractor(config);
        Audio half = noise(30);
        Audio whole = noise(60);
        extractor.extract(half); // loads what is loaded once
        int frames = config.framing().frames(60 * RATE) - config.framing().frames(30 * RATE);
        long more = bytesOf(extractor, whole) - bytesOf(extractor, half);
        assertEquals((double) bytesAFrame, (double) more / frames, 1, "bytes a frame");
    }

    private static long bytesOf(FeatureExtractor extractor, Audio audio) {
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        extractor.extract(audio);
        return memory.getCurrentThreadAllocatedBytes() - before;
    }

    private static Audio noise(int seconds) {
        RandomStream random = new RandomStream(7, 0, 1, 0);
        float[] x = new float[seconds * RATE];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.1f * (random.nextInt(2001) - 1000) / 1000;
        }
        return new Audio(x, RATE);
    }
}
