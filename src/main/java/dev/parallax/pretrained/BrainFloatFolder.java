package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.FolderLock;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.encoder.EncoderKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A pretrained encoder in half of the room: its weights rounded to bfloat16, which have 8 significant bits. The other
/// files are as they were. It is another encoder with another hash: models are trained with it, not with the one that
/// it was made of.
public final class BrainFloatFolder {

    private BrainFloatFolder() {}

    /// Makes the folder.
    ///
    /// @param from an encoder's folder
    /// @param to   a new or empty folder
    /// @throws BadInputException if the first has no encoder, or the second holds something
    public static void make(Path from, Path to) {
        Path encoder = SentenceModules.encoder(from);
        EncoderKind.of(encoder);
        if (!FolderLock.isEmpty(to)) {
            throw new BadInputException(to + ": holds something already; give a new folder");
        }
        SafeTensors.Builder builder = new SafeTensors.Builder().metadata("format", "pt");
        try (Checkpoint checkpoint = Checkpoint.open(encoder)) {
            for (String name : checkpoint.names()) {
                if (checkpoint.type(name).isReal()) {
                    builder.brainFloats(name, checkpoint.shape(name), checkpoint.floats(name));
                }
            }
        }
        SafeFiles.createFolder(to);
        copy(from, LicenceFiles.in(from), to);
        if (SentenceModules.isThere(from)) {
            copy(from, SentenceModules.files(from), to);
        }
        copy(from, EncoderFolders.settings(encoder), to);
        copy(from, LicenceFiles.in(encoder), to);
        builder.write(to.resolve(from.relativize(encoder)).resolve("model.safetensors"));
    }

    /// Copies files to the same place below another folder.
    private static void copy(Path from, List<Path> files, Path to) {
        for (Path file : files) {
            Path copy = to.resolve(from.relativize(file));
            SafeFiles.createFolder(Objects.requireNonNull(copy.getParent()));
            SafeFiles.copy(file, copy);
        }
    }
}
