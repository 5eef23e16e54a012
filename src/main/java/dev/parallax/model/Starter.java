package dev.parallax.model;

import dev.parallax.backend.Backend;
import dev.parallax.io.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The model that comes with Parallax, to try it before anything is trained: anger, happiness, neutral, sadness,
/// from a few hundred acted German recordings and, separately, English comments. It is a demonstration;
/// `docs/starter.md` says how it was made and how good it is.
public final class Starter {

    /// Its name in `--model` and `--init`.
    public static final String NAME = "starter";

    private static final String FILE = "starter.safetensors";

    private Starter() {}

    /// Reads it onto a backend; [EmotionModel#starter] takes the fastest one.
    public static EmotionModel load(Backend backend) {
        if (ModelFile.of(file(), NAME, backend) instanceof EmotionModel starter) {
            return starter;
        }
        throw new IllegalStateException("the starter model is one of dialogues");
    }

    /// Its file, which is in the jar.
    public static SafeTensors file() {
        return SafeTensors.parse(bytes(), NAME);
    }

    /// The bytes of its file.
    public static byte[] bytes() {
        try (InputStream in = Starter.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks dev/parallax/model/" + FILE + "; build it again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
