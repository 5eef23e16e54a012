package dev.parallax.cli.listen;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.PcmForm;
import dev.parallax.model.live.LiveStream;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;
import org.jspecify.annotations.Nullable;

/// The default microphone of the machine, through Java Sound: 16 kHz and one channel, or what it offers otherwise.
final class Microphone implements SoundInput {

    private static final int BITS = 16;
    private static final int BUFFER = 4; // s: what waits while a window is answered
    private static final List<AudioFormat> FORMATS =
            List.of(format(16_000, 1), format(48_000, 1), format(44_100, 1), format(48_000, 2), format(44_100, 2));

    private static final String NONE =
            "listen: there is no microphone that can be heard; plug one in and allow programs"
                    + " to use it, or play a recording: ‹audio clip.wav›";

    private final TargetDataLine line;
    private final PcmForm form;

    private Microphone(TargetDataLine line) {
        this.line = line;
        this.form = PcmForm.pcm16(
                line.getFormat().getChannels(), Math.round(line.getFormat().getSampleRate()));
    }

    private static AudioFormat format(int rate, int channels) {
        return new AudioFormat(rate, BITS, channels, true, false);
    }

    /// Opens it; it begins to listen when it is first read.
    ///
    /// @throws BadInputException where there is none
    static Microphone open() {
        try {
            for (AudioFormat format : FORMATS) {
                DataLine.Info wanted = new DataLine.Info(TargetDataLine.class, format);
                if (AudioSystem.isLineSupported(wanted)) {
                    TargetDataLine line = (TargetDataLine) AudioSystem.getLine(wanted);
                    line.open(format, BUFFER * Math.round(format.getFrameRate()) * format.getFrameSize());
                    return new Microphone(line);
                }
            }
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw new BadInputException(NONE + " (" + e.getMessage() + ")", e);
        } catch (LinkageError e) {
            throw new BadInputException(
                    "listen: this runtime of Java has no sound: take one with the module java.desktop, or play a"
                            + " recording: ‹audio clip.wav›",
                    e);
        }
        throw new BadInputException(NONE);
    }

    @Override
    public PcmForm form() {
        return form;
    }

    @Override
    public byte @Nullable [] read() {
        if (!line.isRunning()) {
            line.start(); // not before: what is said while the model is read would come late
        }
        int frames = (int) (BLOCK * form.sampleRate());
        byte[] block = new byte[frames * form.frameBytes()];
        int count = line.read(block, 0, block.length);
        return count <= 0 ? null : Arrays.copyOf(block, count);
    }

    @Override
    public boolean isBehind() {
        return line.available() > LiveStream.STEP * form.sampleRate() * form.frameBytes();
    }

    @Override
    public void close() {
        line.close();
    }
}
