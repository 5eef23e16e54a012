package dev.parallax.audio.source;

import dev.parallax.audio.Audio;
import dev.parallax.audio.EqualWindows;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.io.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// A stretch of an open recording, which is read when it is asked for. Stretches of one recording may be read by
/// several threads: they wait for each other.
///
/// @param file    the recording, open as long as the stretch is in use
/// @param segment of it
/// @param name    what to call the recording in messages
public record AudioStretch(AudioFile file, Segment segment, String name) implements AudioSource {

    @Override
    public Audio read() {
        synchronized (file) {
            return file.read(segment.start(), Math.toIntExact(segment.length()));
        }
    }

    @Override
    public List<AudioSource> windows(double seconds) {
        EqualWindows windows = EqualWindows.of(segment.length(), file.sampleRate(), seconds);
        return IntStream.range(0, windows.count())
                .<AudioSource>mapToObj(i ->
                        new AudioStretch(file, new Segment(segment.start() + windows.start(i), windows.length()), name))
                .toList();
    }

    @Override
    public String contentHash() {
        return SafeFiles.sha256(description().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String description() {
        return name + ", samples " + segment.start() + " to " + segment.end();
    }
}
