package dev.parallax.setup.request;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Pretrained encoders that a model reads with.
///
/// @param audio   the folder of an encoder of speech, or null for features of the audio
/// @param text    the folder of an encoder of text, or null for vectors of words
/// @param carried whether the folder of the run gets a copy of them, so that the model needs nothing else
public record EncoderRequest(@Nullable Path audio, @Nullable Path text, boolean carried) {

    /// No pretrained encoder; of a model that is there, they are looked for where they may be.
    public static final EncoderRequest NONE = new EncoderRequest(null, null, false);

    /// Encoders that stay where they are.
    public EncoderRequest(@Nullable Path audio, @Nullable Path text) {
        this(audio, text, false);
    }

    /// An encoder of text alone.
    public static EncoderRequest ofText(Path folder) {
        return new EncoderRequest(null, folder);
    }

    /// An encoder of speech alone.
    public static EncoderRequest ofAudio(Path folder) {
        return new EncoderRequest(folder, null);
    }

    /// The same, copied into the folder of the run.
    public EncoderRequest carrying() {
        return new EncoderRequest(audio, text, true);
    }

    /// Whether there is any.
    public boolean isNone() {
        return audio == null && text == null;
    }
}
