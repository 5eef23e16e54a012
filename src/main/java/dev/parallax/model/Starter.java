package dev.parallax.model;

import dev.parallax.backend.Backend;
import dev.parallax.io.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The model that comes with Parallax, so that it can be tried before anything is trained: anger, happiness,
/// neutral, sadness, from a few hundred acted German recordings and, apart from them, English comments. A
/// demonstration, not a recogniser; `docs/starter.md` says how it was made and what it is worth.
public final class Starter {

    /// What `--model` and `--init` call it.
    public static final String NAME = "starter";

    private static final String FILE = "starter.safetensors";

    private Starter() {}

    /// Reads it.
    public static EmotionModel load(Backend backend) {
        try (InputStream in = Starter.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks dev/parallax/model/" + FILE + "; build it again");
            }
            Model model = ModelFile.of(SafeTensors.parse(in.readAllBytes(), NAME), NAME, backend);
            if (model instanceof EmotionModel starter) {
                return starter;
            }
            throw new IllegalStateException("the starter model is one of dialogues");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
