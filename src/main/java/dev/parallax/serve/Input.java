package dev.parallax.serve;

import dev.parallax.io.SafeFiles;
import org.jspecify.annotations.Nullable;

/// What a request gives to be answered: a recording, a text or both; or a transcript, with or without its recording.
final class Input {

    /// The names of its parts, in forms and in JSON.
    static final String AUDIO = "audio";

    static final String TEXT = "text";
    static final String TIMES = "times";
    static final String TRANSCRIPT = "transcript";

    private final byte @Nullable [] audio;
    private final @Nullable String text;
    private final @Nullable String times;
    private final byte @Nullable [] transcript;

    /// @param audio      the bytes of a file, or null
    /// @param text       what was said, or null
    /// @param times      when each word was said, as [dev.parallax.data.WordTimes#parse] reads it, or null
    /// @param transcript the bytes of a file, or null
    Input(byte @Nullable [] audio, @Nullable String text, @Nullable String times, byte @Nullable [] transcript) {
        this.audio = audio;
        this.text = text;
        this.times = times;
        this.transcript = transcript;
    }

    byte @Nullable [] audio() {
        return audio;
    }

    @Nullable
    String text() {
        return text;
    }

    @Nullable
    String times() {
        return times;
    }

    byte @Nullable [] transcript() {
        return transcript;
    }

    /// SHA-256 of the recording's bytes, or null.
    @Nullable
    String audioHash() {
        return audio == null ? null : SafeFiles.sha256(audio);
    }
}
