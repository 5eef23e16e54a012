package dev.parallax.model.live;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.PcmForm;

/// How a stream is heard.
///
/// @param raw       how samples are stored that come without a header
/// @param window    the sound of an answer \[s\], from [LiveStream#STEP] to [#LONGEST]
/// @param mostBytes of samples that are kept, at least those of a window
public record LiveSettings(PcmForm raw, double window, long mostBytes) {

    /// The window by default \[s\]. `docs/listen.md` has what was measured with others.
    public static final double WINDOW = 2;

    /// The longest window \[s\].
    public static final double LONGEST = 30;

    public LiveSettings {
        if (!(window >= LiveStream.STEP && window <= LONGEST)) {
            throw new BadInputException(
                    "‹window " + window + "› must be from " + LiveStream.STEP + " to " + LONGEST + " seconds");
        }
    }
}
