package dev.parallax.model.domain;

import java.util.List;

/// A recording as models hear it that read the same features: what is left of it once it was decoded, to adapt one of
/// them to its speaker and to answer it, so that it need not be decoded for each.
public final class HeardRecording {

    private final List<String> warnings;
    private final List<HeardWindow> windows;
    private final boolean whole;

    /// @param warnings what opening it warned of
    /// @param windows  those that count, at least one
    /// @param whole    whether it is one window
    public HeardRecording(List<String> warnings, List<HeardWindow> windows, boolean whole) {
        this.warnings = List.copyOf(warnings);
        this.windows = List.copyOf(windows);
        this.whole = whole;
    }

    public List<String> warnings() {
        return warnings;
    }

    public List<HeardWindow> windows() {
        return windows;
    }

    public boolean whole() {
        return whole;
    }

    /// What it takes of the memory, about [bytes].
    public long bytes() {
        return windows.stream().mapToLong(HeardWindow::bytes).sum();
    }
}
