package dev.parallax.spark;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/// A place that an option names, on one of the file systems that Hadoop reads.
///
/// @param said  the option and its value, the start of a message
/// @param path  qualified: `file:/data/calls`, `hdfs://head:8020/calls`
/// @param files the file system
record Place(String said, Path path, FileSystem files) {

    /// The place that an option names.
    ///
    /// @throws BadInputException when it is no path, or its file system cannot be reached
    static Place of(String option, String given, Configuration configuration) {
        String said = "--" + option + " " + given;
        try {
            Path path = new Path(given);
            FileSystem files = path.getFileSystem(configuration);
            return new Place(said, files.makeQualified(path), files);
        } catch (UnsupportedFileSystemException e) {
            throw unknown(said, e);
        } catch (IOException e) {
            throw failed(said, e);
        } catch (RuntimeException e) { // Hadoop wraps what it does not find: a class, a host
            if (e.getCause() instanceof ClassNotFoundException) {
                throw unknown(said, e);
            }
            throw new BadInputException(said + " is no place: " + line(e), e);
        }
    }

    /// A place in the files of this machine, whatever file system is the default.
    static Place ofThisMachine(String option, java.nio.file.Path given, Configuration configuration) {
        try {
            FileSystem files = FileSystem.getLocal(configuration);
            Path path = new Path(given.toAbsolutePath().normalize().toUri());
            return new Place("--" + option + " " + given, files.makeQualified(path), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadInputException unknown(String said, Exception e) {
        return new BadInputException(
                said + ": Spark has no file system for this; give spark-submit its library, for s3a://"
                        + " --packages org.apache.hadoop:hadoop-aws:3.5.0",
                e);
    }

    /// What went wrong there, in one line.
    BadInputException failed(IOException e) {
        return failed(said, e);
    }

    private static BadInputException failed(String said, IOException e) {
        return new BadInputException(said + ": " + line(e), e);
    }

    /// The first line of what is wrong.
    static String line(Throwable e) {
        return Objects.toString(e.getMessage(), e.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("");
    }

    boolean exists() {
        try {
            return files.exists(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    boolean isFolder() {
        try {
            return files.exists(path) && files.getFileStatus(path).isDirectory();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Refuses a place to write that is another one or lies in it: one that is read, or another that is written.
    void requireApartFrom(Place other) {
        String folder = other.path.toString();
        String inside = path.toString();
        if (inside.equals(folder) || inside.startsWith(folder.endsWith("/") ? folder : folder + "/")) {
            throw new BadInputException(said + " lies in that of " + other.said + "; give another place");
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
