package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.setup.request.Setting;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/// Where a table of utterances is and how it is read: from any Hadoop file system, as parquet, ORC, CSV or JSON lines
/// with the columns of a manifest, or as a folder of recordings. [#open] gives the table.
///
/// @param place   of the table; several where it has wildcards; null for a stream that is none of files
/// @param folder  of the table, qualified: what the ids of recordings in a folder are relative to
/// @param format  of its files, as Spark names it
/// @param options of Spark's reader, which do not tell capitals
/// @param root    the folder that paths of recordings are relative to and may not leave, qualified
record ManifestReader(@Nullable Place place, String folder, String format, Map<String, String> options, String root) {

    static final String RECORDINGS = "binaryFile";

    private static final List<String> FORMATS = List.of("parquet", "orc", "csv", "json", RECORDINGS);
    private static final String WILDCARDS = "*?[]{}";

    ManifestReader {
        Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        any.putAll(options);
        options = any;
    }

    /// Adds `--in`, `--format`, `--option` and `--root`.
    static Syntax options(Syntax syntax) {
        return syntax.option(
                        "in",
                        "TABLE",
                        "parquet, ORC, CSV or JSON lines with the columns of a manifest (id, audio, text, speaker,"
                                + " dialogue, turn, times; audio is a path or the bytes), or a folder of recordings;"
                                + " * and ? stand for parts of names")
                .option("format", "NAME", String.join(", ", FORMATS) + " (default: as its files are called)")
                .repeatable("option", "KEY=VALUE", "an option of Spark's reader, such as sep=;")
                .option(
                        "root",
                        "DIR",
                        "the folder that paths of recordings are relative to and may not leave (default: the folder of"
                                + " the table)");
    }

    /// The table of `--in`.
    ///
    /// @throws BadInputException when there is no such table, or nothing tells its format
    static ManifestReader of(Arguments arguments, Configuration configuration) {
        Place place = Place.of("in", arguments.required("in", "name the table: --in calls.parquet"), configuration);
        String given = arguments.text("format");
        String format = given == null ? null : Arguments.choice("format", given, FORMATS, Function.identity());
        try {
            Path first = place.path();
            boolean isThere = place.exists();
            if (!isThere) {
                FileStatus[] all = place.files().globStatus(place.path());
                if (all == null || all.length == 0) {
                    throw new BadInputException(place.said() + ": there is no such table; check the path");
                }
                first = all[0].getPath();
            }
            Map<String, String> options = settings(arguments);
            String known = format == null ? formatOf(place, first) : format;
            if (first.getName().toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\..*)?")) {
                options.putIfAbsent("sep", "\t");
            }
            Path folder = isThere ? place.path() : beforeWildcards(place.path());
            if (!known.equals(RECORDINGS) || isThere && !place.isFolder()) {
                folder = isThere && folder.getParent() != null ? folder.getParent() : folder;
            }
            String root = root(arguments, folder.toString(), configuration);
            Place table = isThere ? new Place(place.said(), withoutWildcards(place.path()), place.files()) : place;
            return new ManifestReader(table, folder.toString(), known, options, root);
        } catch (IOException e) {
            throw place.failed(e);
        }
    }

    /// The folder of `--root`.
    ///
    /// @param otherwise where it is not given
    static String root(Arguments arguments, String otherwise, Configuration configuration) {
        String given = arguments.text("root");
        if (given == null) {
            return otherwise;
        }
        Place root = Place.of("root", given, configuration);
        if (!root.isFolder()) {
            throw new BadInputException(
                    root.said() + ": there is no such folder; give the one that the paths of the" + " table begin at");
        }
        return root.toString();
    }

    /// The last folder of a path that has wildcards below it alone.
    private static Path beforeWildcards(Path path) {
        Path folder = path;
        while (folder.getParent() != null && folder.toString().chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
            folder = folder.getParent();
        }
        return folder;
    }

    /// A path that is there, for Spark, which would take characters of its name for wildcards.
    private static Path withoutWildcards(Path path) {
        String plain = path.toString().replaceAll("[" + Pattern.quote(WILDCARDS) + "]", "\\\\$0");
        return new Path(plain);
    }

    /// The reader's options of `--option`.
    static Map<String, String> settings(Arguments arguments) {
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String text : arguments.texts("option")) {
            Setting setting = Requests.setting("option", "KEY=VALUE", text);
            options.put(setting.key(), setting.value());
        }
        return options;
    }

    /// The format that the name of a file tells; of a folder the first file in it.
    private static String formatOf(Place place, Path path) throws IOException {
        FileSystem files = place.files();
        if (files.getFileStatus(path).isDirectory()) {
            String format = formatOf(firstFileOf(place, path).getName());
            return format == null ? RECORDINGS : format;
        }
        String format = formatOf(path.getName());
        if (format == null) {
            throw new BadInputException(
                    place.said() + ": the name of " + path.getName() + " tells no format of a table; say"
                            + " what it is: --format csv, or --format " + RECORDINGS + " if these are recordings");
        }
        return format;
    }

    /// The first file of a folder.
    ///
    /// @throws BadInputException when there is none
    static Path firstFileOf(Place place, Path folder) throws IOException {
        Path file = firstFile(place.files(), folder);
        if (file == null) {
            throw new BadInputException(place.said() + ": the folder is empty; its files tell what they are");
        }
        return file;
    }

    /// The first file of a folder, else of the folders in it: partitions, or folders of recordings.
    private static @Nullable Path firstFile(FileSystem files, Path folder) throws IOException {
        FileStatus[] all = files.listStatus(folder, each -> !each.getName().matches("[_.].*"));
        Arrays.sort(all);
        for (FileStatus each : all) {
            if (each.isFile()) {
                return each.getPath();
            }
        }
        for (FileStatus each : all) {
            Path file = firstFile(files, each.getPath());
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    private static @Nullable String formatOf(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|snappy)$", "");
        return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
            case "parquet" -> "parquet";
            case "orc" -> "orc";
            case "csv", "tsv" -> "csv";
            case "json", "jsonl", "ndjson" -> "json";
            default -> null;
        };
    }

    /// What a message of the table begins with.
    String where() {
        return place == null ? format : place.said();
    }

    /// Refuses to write into the table that is read: its files would be rows of it the next time.
    void requireApart(Place out) {
        if (place != null && place.isFolder()) {
            out.requireApartFrom(place);
        }
    }

    boolean isOfRecordings() {
        return format.equals(RECORDINGS);
    }

    /// How a recording of a row is found.
    Recordings recordings(String channel) {
        return new Recordings(root, channel);
    }

    /// The table.
    ///
    /// @throws BadInputException when it has not the columns of a manifest
    ManifestTable open(SparkSession spark) {
        return ManifestTable.of(spark, this);
    }
}
