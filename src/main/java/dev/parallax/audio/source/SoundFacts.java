package dev.parallax.audio.source;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.SampleStatistics;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.Ffmpeg;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What is known of a recording once it has been decoded: enough to decide whether it is usable and whether it is a
/// copy of another, without decoding it again.
///
/// @param frames         samples of each channel
/// @param sampleRate     [Hz]
/// @param channels       in the file; all else is about their mean
/// @param least          smallest sample, 0 where there is none; full scale is ±1
/// @param greatest       largest sample, 0 where there is none
/// @param offset         mean of the samples
/// @param fullScaleShare share of the samples at full scale or beyond, in [0, 1]
/// @param hash           SHA-256 of sample rate and samples, 64 hexadecimal digits: the same in every container
///                       and, the samples being the same, at every bit depth and number of equal channels
/// @param fingerprint    hardly affected by small changes of the samples
/// @param warnings       what reading it warned of, one line each
public record SoundFacts(
        long frames,
        int sampleRate,
        int channels,
        double least,
        double greatest,
        double offset,
        double fullScaleShare,
        String hash,
        Fingerprint fingerprint,
        List<String> warnings) {

    /// Samples are distinguished in steps of 24 bits: the mean of equal channels may be off by a rounding.
    private static final double STEPS = 1 << 23;

    private static final int BLOCK = 1 << 16;

    public SoundFacts {
        warnings = List.copyOf(warnings);
    }

    /// Reads a recording to its end, however long it is. That another program decodes it is no warning.
    ///
    /// @throws BadInputException when it cannot be read
    public static SoundFacts read(Path path) {
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = AudioFile.open(path, Ffmpeg.ON_PATH, warnings::add)) {
            return of(file, warnings);
        }
    }

    /// The facts of an open recording, which is read to its end, however long it is.
    ///
    /// @param warnings to which its opening and reading add
    public static SoundFacts of(AudioFile file, List<String> warnings) {
        Meter meter = new Meter(file.sampleRate());
        for (long start = 0; start < file.frames(); start += BLOCK) {
            Audio block = file.read(start, BLOCK);
            meter.accept(block.samples());
            if (start == 0) {
                warnings.addAll(block.doubts());
            }
        }
        return meter.facts(file.channels(), warnings);
    }

    /// The facts of a recording that was read already.
    ///
    /// @param channels of the file
    /// @param warnings that reading it gave
    public static SoundFacts of(Audio audio, int channels, List<String> warnings) {
        Meter meter = new Meter(audio.sampleRate());
        meter.accept(audio.samples());
        List<String> all = new ArrayList<>(warnings);
        all.addAll(audio.doubts());
        return meter.facts(channels, all);
    }

    /// Largest magnitude of a sample.
    public double peak() {
        return SampleStatistics.peak(least, greatest);
    }

    /// Half of the distance between the smallest and the largest sample: 0 where nothing moves.
    public double swing() {
        return (greatest - least) / 2;
    }

    /// Duration in seconds.
    public double seconds() {
        return (double) frames / sampleRate;
    }

    /// Measures samples as they come.
    private static final class Meter {

        private final int sampleRate;
        private final MessageDigest digest;
        private final FingerprintMaker maker;
        private final SampleStatistics statistics = new SampleStatistics();

        Meter(int sampleRate) {
            this.sampleRate = sampleRate;
            this.maker = new FingerprintMaker(sampleRate);
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(sampleRate).flip());
        }

        void accept(float[] samples) {
            ByteBuffer bytes = ByteBuffer.allocate(samples.length * Float.BYTES);
            for (float sample : samples) {
                bytes.putFloat((float) (Math.rint(sample * STEPS) / STEPS) + 0f); // -0 is 0
            }
            digest.update(bytes.flip());
            maker.accept(samples);
            statistics.accept(samples);
        }

        SoundFacts facts(int channels, List<String> warnings) {
            long frames = statistics.count();
            return new SoundFacts(
                    frames,
                    sampleRate,
                    channels,
                    statistics.least(),
                    statistics.greatest(),
                    statistics.mean(),
                    statistics.fullScaleShare(),
                    HexFormat.of().formatHex(digest.digest()),
                    maker.fingerprint(),
                    warnings);
        }
    }
}
