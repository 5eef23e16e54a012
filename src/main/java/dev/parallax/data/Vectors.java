package dev.parallax.data;

import dev.parallax.BadInputException;
import dev.parallax.io.SafeFiles;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One utterance as vectors that another model computed: of the audio, of the text, or of both.
public final class Vectors {

    private final float @Nullable [] audio;
    private final float @Nullable [] text;

    /// @param audio `[D_a]`, finite, not modified afterwards; or null
    /// @param text  `[D_t]`, finite, not modified afterwards; or null
    public Vectors(float @Nullable [] audio, float @Nullable [] text) {
        if (audio == null && text == null) {
            throw new BadInputException("vectors: there is neither one of audio nor one of text");
        }
        this.audio = audio;
        this.text = text;
    }

    /// The audio vector, not a copy, or null.
    public float @Nullable [] audio() {
        return audio;
    }

    /// The text vector, not a copy, or null.
    public float @Nullable [] text() {
        return text;
    }

    /// D_a, 0 where there is no audio vector.
    public int audioSize() {
        return audio == null ? 0 : audio.length;
    }

    /// D_t, 0 where there is no text vector.
    public int textSize() {
        return text == null ? 0 : text.length;
    }

    /// SHA-256 of sizes and values, in hex.
    public String contentHash() {
        ByteBuffer bytes = ByteBuffer.allocate((2 + audioSize() + textSize()) * Float.BYTES);
        bytes.putInt(audioSize()).putInt(textSize());
        put(audio, bytes);
        put(text, bytes);
        return SafeFiles.sha256(bytes.array());
    }

    private static void put(float @Nullable [] values, ByteBuffer bytes) {
        if (values != null) {
            bytes.asFloatBuffer().put(values);
            bytes.position(bytes.position() + values.length * Float.BYTES);
        }
    }
}
