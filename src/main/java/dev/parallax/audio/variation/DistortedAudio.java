package dev.parallax.audio.variation;

import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.io.SafeFiles;
import dev.parallax.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recording under a condition: a pure function of its content, the distortion and the seed. So it has the same noise
/// at every level, and neither its neighbours nor threads matter. Windows of a long recording are distorted one by one.
///
/// @param original   the recording
/// @param distortion what is done to it
/// @param seed       of noise and rooms
public record DistortedAudio(AudioSource original, Distortion distortion, long seed) implements AudioSource {

    private static final int STREAM = 0x64697374; // what the random numbers are for

    @Override
    public Audio read() {
        String digits = sha256(original.contentHash()).substring(0, 8);
        RandomStream random = new RandomStream(seed, 0, STREAM, Integer.parseUnsignedInt(digits, 16));
        return distortion.apply(original.read(), random);
    }

    @Override
    public List<AudioSource> windows(double seconds) {
        return original.windows(seconds).stream()
                .<AudioSource>map(window -> new DistortedAudio(window, distortion, seed))
                .toList();
    }

    @Override
    public String contentHash() {
        return sha256("distorted " + original.contentHash() + " " + distortion + " " + seed);
    }

    @Override
    public String decodingHash() {
        return sha256("distorted " + original.decodingHash() + " " + distortion + " " + seed);
    }

    private static String sha256(String text) {
        return SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable String decoder() {
        return original.decoder();
    }

    @Override
    public String description() {
        return original.description() + ", " + distortion;
    }
}
