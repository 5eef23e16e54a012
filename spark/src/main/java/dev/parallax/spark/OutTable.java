package dev.parallax.spark;

import dev.parallax.BadInputException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/// A table that a job writes: beside its place first, and moved there when it is whole. A job that fails or is killed
/// leaves nothing at the place itself.
///
/// @param place      of the table
/// @param unfinished where it is written
record OutTable(Place place, Path unfinished) {

    /// The table of an option, which must be new.
    static OutTable of(String option, @Nullable String given, Configuration configuration) {
        if (given == null) {
            throw new BadInputException(
                    "--" + option + " is missing; say where the table goes: --" + option + " answers.parquet");
        }
        Place place = Place.of(option, given, configuration);
        if (place.exists()) {
            throw new BadInputException(place.said() + " exists already; give a new place");
        }
        return new OutTable(place, place.path().suffix("-unfinished"));
    }

    /// Refuses another place that is written, where one lies in the other, or in the place of the unfinished
    /// table, which is deleted first.
    void requireApart(Place other) {
        other.requireApartFrom(place);
        other.requireApartFrom(new Place(place.said(), unfinished, place.files()));
        place.requireApartFrom(other);
    }

    /// Sees that one may write there, before there is anything to write. What a killed job left is deleted.
    void begin() {
        discard();
        try {
            if (!place.files().mkdirs(unfinished)) {
                throw new IOException("a folder cannot be made there; check the path and who may write");
            }
        } catch (IOException e) {
            throw place.failed(e);
        }
        discard();
    }

    /// Where a part of the unfinished table is, such as `answered=true`.
    String part(String name) {
        return new Path(unfinished, name).toString();
    }

    boolean hasPart(String name) {
        try {
            return place.files().exists(new Path(unfinished, name));
        } catch (IOException e) {
            throw place.failed(e);
        }
    }

    /// Writes a table beside its place. Of one that fails nothing stays.
    void write(Dataset<Row> rows) {
        boolean isWritten = false;
        try {
            rows.write().parquet(unfinished.toString());
            isWritten = true;
        } finally {
            if (!isWritten) {
                discard();
            }
        }
    }

    /// Moves the unfinished table, or a part of it, to its place.
    void finish(String part) {
        try {
            Path from = part.isEmpty() ? unfinished : new Path(unfinished, part);
            // to rename into a folder would put the table into it
            if (place.files().exists(place.path()) || !place.files().rename(from, place.path())) {
                throw new IOException(from + " could not be moved there");
            }
        } catch (IOException e) {
            throw place.failed(e);
        }
    }

    /// Deletes what is unfinished.
    void discard() {
        try {
            place.files().delete(unfinished, true);
        } catch (IOException e) {
            throw place.failed(e);
        }
    }
}
