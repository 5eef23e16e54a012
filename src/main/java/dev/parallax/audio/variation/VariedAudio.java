package dev.parallax.audio.variation;

import dev.parallax.audio.Audio;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.io.SafeFiles;
import dev.parallax.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A varied copy of a sound: a pure function of that sound's content, the steps, the seed and the copy's number. The
/// content hash covers all four, so features of a copy are kept like those of a recording.
public final class VariedAudio implements AudioSource {

    /// Changes whenever the same copy would sound different.
    private static final String VERSION = "varied-3";

    private static final int STREAM = 0x76617279; // what the random numbers are for

    private final AudioSource original;
    private final Augmentation steps;
    private final long seed;
    private final int copy;

    /// @param steps how the sound is varied; steps on features are ignored
    /// @param copy  its number, from 1
    public VariedAudio(AudioSource original, Augmentation steps, long seed, int copy) {
        this.original = original;
        this.steps = steps;
        this.seed = seed;
        this.copy = copy;
    }

    @Override
    public Audio read() {
        return steps.apply(original.read(), random());
    }

    /// How much faster the copy is.
    public double speedFactor() {
        return steps.speedFactor(random());
    }

    /// How much silence the copy has before the first sample of the original [s].
    public double leadingSeconds() {
        return steps.leadingSeconds(random());
    }

    private RandomStream random() {
        String digits = sha256(original.contentHash()).substring(0, 8);
        return new RandomStream(seed, copy, STREAM, Integer.parseUnsignedInt(digits, 16));
    }

    /// A copy of each window of the original.
    @Override
    public List<AudioSource> windows(double seconds) {
        return original.windows(seconds).stream()
                .<AudioSource>map(window -> new VariedAudio(window, steps, seed, copy))
                .toList();
    }

    @Override
    public String contentHash() {
        return varied(original.contentHash());
    }

    @Override
    public String decodingHash() {
        return varied(original.decodingHash());
    }

    private String varied(String hash) {
        return sha256(VERSION + " " + hash + " " + steps.ofSound().toJson().toText() + " " + seed + " " + copy);
    }

    @Override
    public @Nullable String decoder() {
        return original.decoder();
    }

    private static String sha256(String text) {
        return SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String description() {
        return original.description() + ", varied copy " + copy;
    }
}
