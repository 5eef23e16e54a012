package dev.parallax.model.domain;

import java.util.ArrayList;
import java.util.List;

/// A recording as models hear it that read the same features. One that is [#kept] need not be decoded again, to adapt a
/// model to its speaker and to answer it.
public final class HeardRecording {

    /// What is said where a model that reads no audio is given a recording.
    public static final String NOT_HEARD = "this model does not listen; the audio is passed over";

    private final List<String> warnings;
    private final Iterable<HeardWindow> windows;
    private final boolean whole;

    /// @param warnings the warnings from opening it
    /// @param windows  those that count, at least one; they may be read as they are asked for
    /// @param whole    whether it is one window
    public HeardRecording(List<String> warnings, Iterable<HeardWindow> windows, boolean whole) {
        this.warnings = List.copyOf(warnings);
        this.windows = windows;
        this.whole = whole;
    }

    public List<String> warnings() {
        return warnings;
    }

    public Iterable<HeardWindow> windows() {
        return windows;
    }

    /// The same with all its windows read and in memory.
    public HeardRecording kept() {
        List<HeardWindow> all = new ArrayList<>();
        windows.forEach(all::add);
        return new HeardRecording(warnings, all, whole);
    }

    public boolean whole() {
        return whole;
    }

    /// What its windows take of the memory, about [bytes].
    public long bytes() {
        long bytes = 0;
        for (HeardWindow window : windows) {
            bytes += window.bytes();
        }
        return bytes;
    }
}
