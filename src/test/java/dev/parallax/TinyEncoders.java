package dev.parallax;

import dev.parallax.pretrained.GoldenFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Folders of encoders with random weights and a width of 32, of every architecture. Those of text have a vocabulary of
/// the letters and a few words, so that they read any text of Latin letters.
public final class TinyEncoders {

    private TinyEncoders() {}

    /// The files of an encoder, such as `wavlm-base`, as they are among the tests' resources.
    public static Path resource(String name) {
        return GoldenFolders.golden(name);
    }

    /// A folder of the same files, which a test may change.
    public static Path copy(String name, Path to) throws IOException {
        return GoldenFolders.copy(to, name);
    }

    /// A folder of BERT with its tokenizer.
    public static Path bert(Path to) throws IOException {
        copy("bert", to);
        Files.deleteIfExists(to.resolve("pytorch_model.bin"));
        List<String> vocabulary =
                new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "so", "glad", "you", "came"));
        for (char letter = 'a'; letter <= 'z'; letter++) {
            vocabulary.add(String.valueOf(letter));
            vocabulary.add("##" + letter);
        }
        Files.write(to.resolve("vocab.txt"), vocabulary);
        return to;
    }
}
