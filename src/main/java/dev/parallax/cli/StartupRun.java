package dev.parallax.cli;

import dev.parallax.audio.file.PcmForm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
                Files.write(clip, tone());
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

    /// A recording of a second at a voice's pitch.
    private static byte[] tone() {
        PcmForm form = PcmForm.pcm16(1, RATE);
        byte[] wav = form.wav(RATE * form.frameBytes());
        ByteBuffer samples = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < RATE; i++) {
            double value = 0.3 * Math.sin(2 * Math.PI * 150 * i / RATE);
            samples.putShort(wav.length + (i - RATE) * form.frameBytes(), (short) Math.round(Short.MAX_VALUE * value));
        }
        return wav;
    }
}
