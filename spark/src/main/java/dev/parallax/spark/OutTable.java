package dev.parallax.spark;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/// A table that a job writes: beside its place first, and moved there when it is whole. A killed job leaves nothing at
/// the place itself.
///
/// @param place      of the table
/// @param unfinished where it is written
/// @param files      on which both are
record OutTable(Path place, Path unfinished, FileSystem files) {

    /// The table of an option, which must be new. What a killed job left beside it is deleted.
    static OutTable of(String option, @Nullable String given, Configuration configuration) {
        if (given == null) {
            throw new BadInputException(
                    "--" + option + " is missing; say where the table goes: --" + option + " answers.parquet");
        }
        try {
            Path path = new Path(given);
            FileSystem files = path.getFileSystem(configuration);
            Path place = files.makeQualified(path);
            if (files.exists(place)) {
                throw new BadInputException("--" + option + " " + given + " exists already; give a new place");
            }
            OutTable table = new OutTable(place, place.suffix("-unfinished"), files);
            table.discard();
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException("--" + option + " " + given + ": " + e.getMessage(), e);
        }
    }

    /// Where a part of the unfinished table is, such as `answered=true`.
    String part(String name) {
        return new Path(unfinished, name).toString();
    }

    boolean hasPart(String name) {
        try {
            return files.exists(new Path(unfinished, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Moves the unfinished table, or a part of it, to its place.
    void finish(String part) {
        try {
            Path from = part.isEmpty() ? unfinished : new Path(unfinished, part);
            if (!files.rename(from, place)) {
                throw new IOException("it could not be moved");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(unfinished + " to " + place + ": " + e.getMessage(), e);
        }
    }

    /// Deletes what is unfinished.
    void discard() {
        try {
            files.delete(unfinished, true);
        } catch (IOException e) {
            throw new UncheckedIOException(unfinished + ": " + e.getMessage(), e);
        }
    }
}
