package dev.parallax.model.domain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Doubts about the windows of a recording, which become doubts about the whole where they are about half of the
/// windows or more.
public final class SoundDoubts {

    private final Set<String> lines = new LinkedHashSet<>();
    private int windows;
    private int doubtful;

    /// Adds the doubts about the next window.
    public void add(List<String> doubts) {
        windows++;
        doubtful += doubts.isEmpty() ? 0 : 1;
        lines.addAll(doubts);
    }

    /// The doubts about the whole.
    ///
    /// @param warnings receives doubts that are about less than half of it
    public List<String> ofRecording(List<String> warnings) {
        if (doubtful == 0 || 2 * doubtful >= windows) {
            return new ArrayList<>(lines);
        }
        warnings.add(doubtful + " of " + windows + " windows are doubtful, the first: "
                + lines.iterator().next());
        return List.of();
    }
}
