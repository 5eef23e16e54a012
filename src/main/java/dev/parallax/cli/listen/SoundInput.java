package dev.parallax.cli.listen;

import dev.parallax.audio.file.PcmForm;
import org.jspecify.annotations.Nullable;

/// Where the sound comes from, a little at a time.
interface SoundInput extends AutoCloseable {

    /// Sound that is read at once \[s\].
    double BLOCK = 0.1;

    /// How its samples are stored.
    PcmForm form();

    /// Waits for the next samples.
    ///
    /// @return their bytes, or null at the end
    byte @Nullable [] read();

    /// Whether so much has come meanwhile that a window is to be left out.
    boolean isBehind();

    @Override
    void close();
}
