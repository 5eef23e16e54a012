package dev.parallax.audio.features;

import dev.parallax.audio.Framing;
import dev.parallax.audio.features.StageListener.Stage;
import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audio.pitch.PitchTrack;
import dev.parallax.audio.pitch.PitchTracker;
import dev.parallax.audio.speech.FrameLevels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which columns about pitch and strength stand beside the spectral ones, in this order.
///
/// @param f0            F0, as [F0] says: column `f0`
/// @param voicing       how periodic the frame is, 0 to 1 (see [PitchTrack]): column `voicing`
/// @param rms           root mean square (see [FrameLevels]): column `rms`
/// @param zeroCrossings zero-crossing rate (see [FrameLevels]): column `zcr`
/// @param pitch         how F0 and voicing are found
public record Prosody(F0 f0, boolean voicing, boolean rms, boolean zeroCrossings, Pitch pitch) {

    /// What the column of F0 holds.
    public enum F0 {
        /// There is none.
        NONE,
        /// Hz, 0 where the frame is unvoiced: voicing and pitch in one column.
        HZ,
        /// Semitones above 27.5 Hz, bridged where the frame is unvoiced (see [PitchTrack#semitones]): a contour
        /// without jumps, for which `voicing` stands beside it.
        SEMITONES
    }

    /// No columns.
    public static final Prosody NONE = new Prosody(F0.NONE, false, false, false, Pitch.STANDARD);

    /// Names of the columns.
    public List<String> columns() {
        return List.copyOf(named().values());
    }

    /// The stages that make the columns.
    List<Stage> stages() {
        return List.copyOf(named().keySet());
    }

    private Map<Stage, String> named() {
        Map<Stage, String> named = new EnumMap<>(Stage.class);
        if (f0 != F0.NONE) {
            named.put(Stage.F0, "f0");
        }
        if (voicing) {
            named.put(Stage.VOICING, "voicing");
        }
        if (rms) {
            named.put(Stage.RMS, "rms");
        }
        if (zeroCrossings) {
            named.put(Stage.ZERO_CROSSINGS, "zcr");
        }
        return named;
    }

    /// Number of columns.
    public int size() {
        return columns().size();
    }

    /// Whether the search for F0 has to run.
    boolean needsPitch() {
        return f0 != F0.NONE || voicing;
    }

    /// The columns of a signal.
    ///
    /// @param x       signal at the tracker's rate, not modified
    /// @param tracker made for `pitch`; null where it is not needed
    /// @param threads at most
    /// @return one array per column, with one value per frame
    List<float[]> of(float[] x, Framing framing, @Nullable PitchTracker tracker, int threads) {
        List<float[]> columns = new ArrayList<>();
        if (tracker != null) {
            PitchTrack track = tracker.track(x, framing, threads);
            switch (f0) {
                case NONE -> {}
                case HZ -> columns.add(track.hz());
                case SEMITONES -> columns.add(track.semitones(Math.sqrt(pitch.minHz() * pitch.maxHz())));
            }
            if (voicing) {
                columns.add(track.voicing());
            }
        }
        if (rms) {
            columns.add(FrameLevels.rms(x, framing));
        }
        if (zeroCrossings) {
            columns.add(FrameLevels.zeroCrossingRate(x, framing));
        }
        return columns;
    }
}
