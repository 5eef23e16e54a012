package dev.parallax.audio.source;

import dev.parallax.audio.Audio;
import dev.parallax.audio.EqualWindows;
import dev.parallax.io.SafeFiles;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/// A sound that is in memory.
///
/// @param audio       the sound
/// @param description what to call it in messages
public record MemoryAudio(Audio audio, String description) implements AudioSource {

    @Override
    public Audio read() {
        return audio;
    }

    @Override
    public List<AudioSource> windows(double seconds) {
        EqualWindows windows = EqualWindows.of(audio.samples().length, audio.sampleRate(), seconds);
        return windows.count() == 1
                ? List.of(this)
                : IntStream.range(0, windows.count())
                        .<AudioSource>mapToObj(i -> new MemoryAudio(
                                audio.part((int) windows.start(i), windows.length()),
                                description + ", window " + (i + 1) + " of " + windows.count()))
                        .toList();
    }

    /// SHA-256 of the sample rate and the samples, in hex.
    @Override
    public String contentHash() {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (audio.samples().length + 1));
        bytes.putInt(audio.sampleRate()).asFloatBuffer().put(audio.samples());
        return SafeFiles.sha256(bytes.array());
    }
}
