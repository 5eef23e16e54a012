package dev.parallax.corpus;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Miniature recordings for the tests of this package.
public final class Clips {

    public static final int RATE = 16000;

    private Clips() {}

    /// Noise at a tenth of full scale, another one for each number.
    public static Audio noise(int number, double seconds) {
        RandomStream random = new RandomStream(number, 0, 0, 0);
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) random.uniform(-0.1, 0.1);
        }
        return new Audio(samples, RATE);
    }

    public static Path write(Path file, Audio audio) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WavWriter.PCM_16.write(file, audio);
        return file;
    }

    /// A recording in memory that counts how often it was read.
    public static final class Counted implements AudioSource {
        private final int number;
        private final double seconds;
        private int reads;

        public Counted(int number, double seconds) {
            this.number = number;
            this.seconds = seconds;
        }

        @Override
        public synchronized Audio read() {
            reads++;
            return noise(number, seconds);
        }

        @Override
        public String contentHash() {
            return String.format(Locale.ROOT, "%016x", number).repeat(4);
        }

        @Override
        public String description() {
            return "clip " + number;
        }

        public synchronized int reads() {
            return reads;
        }
    }

    public static Utterance utterance(
            String id, @Nullable AudioSource audio, String emotion, @Nullable String speaker) {
        return new Utterance(id, audio, "words of " + id, emotion, Origin.ofSpeaker(speaker));
    }
}
