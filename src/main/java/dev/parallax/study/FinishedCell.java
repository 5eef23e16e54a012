package dev.parallax.study;

import dev.parallax.io.SafeFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// A cell that another machine computed: what it puts into the folder of the study.
///
/// @param id      of the cell
/// @param seconds it took
/// @param files   the bytes of each file, by its path in the folder
public record FinishedCell(String id, double seconds, Map<String, byte[]> files) {

    /// Writes the files, those that cells have in common first: a cell that is there is finished.
    void write(Path folder) {
        String cell = "cells/" + id + ".json";
        files.forEach((path, bytes) -> {
            if (!path.equals(cell)) {
                Path file = folder.resolve(path);
                SafeFiles.createFolder(Objects.requireNonNull(file.getParent()));
                SafeFiles.write(file, bytes);
            }
        });
        SafeFiles.write(folder.resolve(cell), Objects.requireNonNull(files.get(cell)));
    }
}
