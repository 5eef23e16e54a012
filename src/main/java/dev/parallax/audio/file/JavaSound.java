package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.io.SafeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import org.jspecify.annotations.Nullable;

/// Recordings that the JDK's `javax.sound.sampled` gives: of a microphone, or of a decoder that is plugged in
/// there. A class of its own, since it alone needs the module `java.desktop`.
public final class JavaSound {

    private static final int BLOCK_FRAMES = 1 << 14;

    private JavaSound() {}

    /// Reads a recording up to the end of its stream, which is not closed: integers of 8 to 32 bits, floating point
    /// of 32 and 64, A-law and mu-law; channels are averaged. It is held in memory, up to 1 GiB, or a third of the
    /// memory if that is less.
    ///
    /// @param name     what to call it in messages
    /// @param warnings receives what makes it a poor recording, one line each
    /// @throws BadInputException when it is in another encoding, holds nothing, or cannot be read
    public static Audio read(AudioInputStream stream, String name, Consumer<String> warnings) {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(warnings, "warnings");
        AudioFormat format = stream.getFormat();
        PcmHeader.checkForm(format.getChannels(), format.getSampleRate(), name);
        SampleFormat samples = samples(format);
        if (samples == null || format.getFrameSize() != samples.bytes() * format.getChannels()) {
            throw new BadInputException(name + ": samples in the form \"" + format + "\" are not read; convert it: "
                    + "AudioSystem.getAudioInputStream(AudioFormat.Encoding.PCM_SIGNED, stream)");
        }
        byte[] bytes = readAll(stream, name, format.getFrameSize());
        PcmHeader header = PcmHeader.of(
                samples,
                format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                format.getChannels(),
                Math.round(format.getSampleRate()),
                0,
                bytes.length,
                name);
        try (AudioFile file = AudioFile.of(ByteSource.of(bytes), header, name, warnings)) {
            return file.readAll();
        }
    }

    private static @Nullable SampleFormat samples(AudioFormat format) {
        Encoding encoding = format.getEncoding();
        int bits = format.getSampleSizeInBits();
        if (encoding.equals(Encoding.PCM_SIGNED)) {
            return bits % 8 == 0 ? SampleFormat.signed(bits / 8) : null;
        }
        if (encoding.equals(Encoding.PCM_FLOAT)) {
            return bits == 32 ? SampleFormat.FLOAT_32 : bits == 64 ? SampleFormat.FLOAT_64 : null;
        }
        if (bits != 8) {
            return null;
        }
        return encoding.equals(Encoding.PCM_UNSIGNED)
                ? SampleFormat.PCM_8
                : encoding.equals(Encoding.ALAW)
                        ? SampleFormat.A_LAW
                        : encoding.equals(Encoding.ULAW) ? SampleFormat.MU_LAW : null;
    }

    /// All whole frames. Such a stream gives whole frames alone: asked for less than one, it would give nothing
    /// forever.
    private static byte[] readAll(AudioInputStream stream, String name, int frameBytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK_FRAMES * frameBytes];
        long most = ByteBlocks.most();
        try {
            for (int n = stream.read(block); n > 0; n = stream.read(block)) {
                if (all.size() + (long) n > most) {
                    throw new BadInputException(name + ": more than " + (most >> 20)
                            + " MiB come from the stream; save it as a file, which is read window by window");
                }
                all.write(block, 0, n);
            }
        } catch (IOException e) {
            throw SafeFiles.unreadable(name, e);
        }
        return all.toByteArray();
    }
}
