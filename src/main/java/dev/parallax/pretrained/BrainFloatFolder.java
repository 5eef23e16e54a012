package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.encoder.EncoderKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
        EncoderKind.of(from);
        if (Files.exists(to) && !isEmpty(to)) {
            throw new BadInputException(to + ": holds something already; give a new folder");
        }
        SafeTensors.Builder builder = new SafeTensors.Builder().metadata("format", "pt");
        try (Checkpoint checkpoint = Checkpoint.open(from)) {
            for (String name : checkpoint.names()) {
                if (checkpoint.type(name).isReal()) {
                    builder.brainFloats(name, checkpoint.shape(name), checkpoint.floats(name));
                }
            }
        }
        SafeFiles.createFolder(to);
        List<Path> others = Stream.concat(EncoderFolders.files(from).stream(), LicenceFiles.in(from).stream())
                .filter(file -> !EncoderFolders.isWeights(file.getFileName().toString()))
                .toList();
        others.forEach(file -> SafeFiles.copy(file, to.resolve(file.getFileName())));
        builder.write(to.resolve("model.safetensors"));
    }

    private static boolean isEmpty(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw SafeFiles.unreadable(folder.toString(), e);
        }
    }
}
