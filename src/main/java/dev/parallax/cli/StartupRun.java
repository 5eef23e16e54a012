package dev.parallax.cli;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The run from which the start-up cache of `bin/parallax` learns which classes a short command needs: all kernels, and
/// answers to a sentence, to a recording, and to both. Nobody else calls it.
final class StartupRun {

    private static final int RATE = 16_000;

    private StartupRun() {}

    public static void main(String[] args) {
        Main.startQuickly();
        System.exit(run(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
    }

    /// Runs the commands.
    ///
    /// @return 0, or the exit code of a command that failed
    static int run(OutputStream out, OutputStream err) {
        try {
            Path clip = Files.createTempFile("parallax", ".wav");
            try {
                WavWriter.PCM_16.write(clip, tone());
                String audio = clip.toString();
                return List.of(
                                List.of("predict", "--text", "thank you so much"),
                                List.of("predict", "--audio", audio, "--text", "thank you so much"),
                                List.of("predict", "--audio", audio, "--json"),
                                List.of("doctor", "--no-devices", "--json"))
                        .stream()
                        .mapToInt(words -> Main.run(words.toArray(String[]::new), out, err))
                        .max()
                        .getAsInt();
            } finally {
                Files.delete(clip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A second of a voice's pitch, which a detector of speech hears.
    private static Audio tone() {
        float[] samples = new float[RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * 150 * i / RATE));
        }
        return new Audio(samples, RATE);
    }
}
