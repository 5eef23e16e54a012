package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.Vectors;
import dev.parallax.io.Npy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The vectors of a features directory: `audio.npy`, `text.npy` or both, each [N, D], row i for line i of the table.
final class FeatureVectors {

    private final Path folder;
    private final @Nullable Npy audio;
    private final @Nullable Npy text;

    private FeatureVectors(Path folder, @Nullable Npy audio, @Nullable Npy text) {
        this.folder = folder;
        this.audio = audio;
        this.text = text;
    }

    /// Reads what is there.
    ///
    /// @param rows lines of the table
    /// @throws BadInputException when there is neither file, or one is no matrix of `rows` rows
    static FeatureVectors read(Path folder, int rows) {
        Npy audio = matrix(folder.resolve("audio.npy"), rows);
        Npy text = matrix(folder.resolve("text.npy"), rows);
        if (audio == null && text == null) {
            throw new BadInputException(folder + ": there is neither audio.npy nor text.npy; put one of them there");
        }
        return new FeatureVectors(folder, audio, text);
    }

    private static @Nullable Npy matrix(Path file, int rows) {
        if (!Files.exists(file)) {
            return null;
        }
        Npy matrix = Npy.read(file);
        int[] shape = matrix.shape();
        if (shape.length != 2 || shape[1] == 0) {
            throw new BadInputException(
                    file + ": has shape " + Arrays.toString(shape) + ", expected [utterances, features]");
        }
        if (shape[0] != rows) {
            throw new BadInputException(file + ": has " + shape[0] + " rows, " + FeaturesCorpus.TABLE + " has " + rows
                    + " lines below its header; row i must belong to line i");
        }
        return matrix;
    }

    /// The vectors of one row.
    ///
    /// @param row   from 0
    /// @param where the line of the table, for messages
    /// @throws BadInputException when a value is not finite
    Vectors row(int row, String where) {
        return new Vectors(row(audio, "audio.npy", row, where), row(text, "text.npy", row, where));
    }

    private float @Nullable [] row(@Nullable Npy matrix, String name, int row, String where) {
        if (matrix == null) {
            return null;
        }
        int size = matrix.shape()[1];
        float[] values = Arrays.copyOfRange(matrix.values(), row * size, (row + 1) * size);
        for (int column = 0; column < size; column++) {
            if (!Float.isFinite(values[column])) {
                throw new BadInputException(folder.resolve(name) + " row " + row + ", column " + column + " (from 0; "
                        + where + "): is " + values[column] + "; make that utterance's vector again, or leave it out");
            }
        }
        return values;
    }
}
