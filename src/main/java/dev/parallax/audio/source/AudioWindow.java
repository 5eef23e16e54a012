package dev.parallax.audio.source;

import dev.parallax.audio.Audio;
import dev.parallax.audio.EqualWindows;
import org.jspecify.annotations.Nullable;

/// One window of a long recording in a file; only that part of the file is read.
final class AudioWindow implements AudioSource {

    private final FileAudio whole;
    private final EqualWindows windows;
    private final int index;

    AudioWindow(FileAudio whole, EqualWindows windows, int index) {
        this.whole = whole;
        this.windows = windows;
        this.index = index;
    }

    @Override
    public Audio read() {
        return whole.read(windows.start(index), windows.length());
    }

    /// That of the file, with the window.
    @Override
    public String contentHash() {
        return whole.contentHash() + "/" + index + "/" + windows.count();
    }

    @Override
    public String decodingHash() {
        return whole.decodingHash() + "/" + index + "/" + windows.count();
    }

    @Override
    public @Nullable String decoder() {
        return whole.decoder();
    }

    @Override
    public String description() {
        return whole.description() + ", window " + (index + 1) + " of " + windows.count();
    }
}
