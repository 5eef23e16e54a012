package dev.parallax.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.udf;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Csv;
import dev.parallax.io.Nearest;
import dev.parallax.setup.request.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Reads a table of utterances from any Hadoop file system: parquet, ORC, CSV and JSON lines with the columns of a
/// manifest, or a folder of recordings. All become rows of one form ([ManifestRow#SCHEMA]).
///
/// @param place   of the table
/// @param format  of its files, as Spark names it
/// @param options of Spark's reader
/// @param root    the folder that paths of recordings are relative to and may not leave, qualified
record ManifestReader(String place, String format, Map<String, String> options, String root) {

    static final String FOLDER = "binaryFile";

    private static final List<String> FORMATS = List.of("parquet", "orc", "csv", "json", FOLDER);
    static final String CORRUPT = "_corrupt_record";
    private static final int ROWS_OF_TASK = 500;
    private static final int MOST_TASKS = 20_000;

    ManifestReader {
        options = Map.copyOf(options);
    }

    /// Adds `--in`, `--format`, `--option` and `--root`.
    static Syntax options(Syntax syntax) {
        return syntax.option(
                        "in",
                        "TABLE",
                        "parquet, ORC, CSV or JSON lines with the columns of a manifest (id, audio, text, speaker,"
                                + " dialogue, turn, times; audio is a path or the bytes), or a folder of recordings")
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
        String place = arguments.required("in", "name the table: --in calls.parquet");
        String format = arguments.text("format");
        if (format != null) {
            format = Arguments.choice("format", format, FORMATS, Function.identity());
        }
        Map<String, String> options = settings(arguments);
        try {
            Path path = new Path(place);
            FileSystem files = path.getFileSystem(configuration);
            Path qualified = files.makeQualified(path);
            if (!files.exists(qualified)) {
                throw new BadInputException("--in " + place + ": there is no such table; check the path");
            }
            boolean isFolder = files.getFileStatus(qualified).isDirectory();
            String known = format == null ? formatOf(files, qualified) : format;
            String root = arguments.text("root");
            Path beside = known.equals(FOLDER) || !isFolder && qualified.getParent() == null
                    ? qualified
                    : qualified.getParent();
            Path folder = root == null ? beside : files(root, configuration).makeQualified(new Path(root));
            return new ManifestReader(qualified.toString(), known, options, folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("--in " + place + ": " + e.getMessage(), e);
        }
    }

    /// The reader's options of `--option`.
    static Map<String, String> settings(Arguments arguments) {
        Map<String, String> options = new HashMap<>();
        for (String text : arguments.texts("option")) {
            Setting setting = Requests.setting("option", "KEY=VALUE", text);
            options.put(setting.key(), setting.value());
        }
        return options;
    }

    private static FileSystem files(String place, Configuration configuration) throws IOException {
        return new Path(place).getFileSystem(configuration);
    }

    /// The format that the name of a file tells; of a folder the first file in it.
    private static String formatOf(FileSystem files, Path path) throws IOException {
        if (files.getFileStatus(path).isDirectory()) {
            FileStatus[] all = files.listStatus(path, each -> !each.getName().matches("[_.].*"));
            Arrays.sort(all);
            for (FileStatus each : all) {
                if (each.isFile()) {
                    String format = formatOf(each.getPath().getName());
                    return format == null ? FOLDER : format;
                }
            }
            for (FileStatus each : all) {
                return formatOf(files, each.getPath()); // partitions, or folders of recordings
            }
            throw new BadInputException("--in " + path + ": the folder is empty");
        }
        String format = formatOf(path.getName());
        if (format == null) {
            throw new BadInputException("--in " + path + ": its name does not tell its format; name it: --format csv");
        }
        return format;
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

    /// How a recording of a row is found.
    Recordings recordings(String channel) {
        return new Recordings(root, channel);
    }

    /// The table in the form of [ManifestRow].
    Dataset<Row> read(SparkSession spark) {
        return inForm(raw(spark), monotonically_increasing_id());
    }

    /// How many rows it has, counted by itself: what is written is compared with it.
    long count(SparkSession spark) {
        return raw(spark).count();
    }

    /// The table in tasks of about equal work. A table of paths is small beside its recordings, so its rows are spread;
    /// recordings that are in the table stay where Spark reads them.
    ///
    /// @param rows of the table
    Dataset<Row> spread(SparkSession spark, long rows) {
        Dataset<Row> table = read(spark);
        if (format.equals(FOLDER) || hasContent(spark)) {
            return table;
        }
        int cores = spark.sparkContext().defaultParallelism();
        return table.repartition((int) Math.min(MOST_TASKS, Math.max(4L * cores, rows / ROWS_OF_TASK)));
    }

    private boolean hasContent(SparkSession spark) {
        return columns(raw(spark)).get("audio") instanceof StructField field && field.dataType() instanceof BinaryType;
    }

    private Dataset<Row> raw(SparkSession spark) {
        return switch (format) {
            case FOLDER ->
                spark.read()
                        .format(FOLDER)
                        .option("recursiveFileLookup", true)
                        .options(options)
                        .load(place);
            case "csv" ->
                asMeant(spark.read()
                        .schema(withCorrupt(
                                csvOptions(spark).csv(place).schema().fieldNames()))
                        .option("columnNameOfCorruptRecord", CORRUPT)
                        .option("header", true)
                        .option("escape", "\"")
                        .option("enforceSchema", false)
                        .option("columnPruning", false)
                        .options(options)
                        .csv(place));
            case "json" ->
                spark.read()
                        .schema(withCorrupt(ManifestRow.SCHEMA.fieldNames()))
                        .option("columnNameOfCorruptRecord", CORRUPT)
                        .options(options)
                        .json(place);
            default -> spark.read().format(format).options(options).load(place);
        };
    }

    /// Cells of CSV as Parallax reads them on one machine: a spreadsheet's apostrophe before a formula is not in them.
    private static Dataset<Row> asMeant(Dataset<Row> table) {
        UserDefinedFunction meant = udf(
                (UDF1<@Nullable String, @Nullable String>) cell -> cell == null ? null : Csv.cell(cell),
                DataTypes.StringType);
        return table.select(Arrays.stream(table.columns())
                .map(name -> name.equals(CORRUPT)
                        ? col(name)
                        : meant.apply(col("`" + name + "`")).as(name))
                .toArray(Column[]::new));
    }

    private DataFrameReader csvOptions(SparkSession spark) {
        return spark.read().option("header", true).option("escape", "\"").options(options);
    }

    /// Columns of texts, and one for rows that are none.
    private static StructType withCorrupt(String... names) {
        StructType schema = new StructType();
        for (String name : names) {
            if (!List.of("row", "content", "fault").contains(name)) {
                schema = schema.add(name, DataTypes.StringType);
            }
        }
        return schema.add(CORRUPT, DataTypes.StringType);
    }

    /// The columns of a manifest as texts, and one for rows that are none.
    static StructType texts() {
        return withCorrupt(ManifestRow.SCHEMA.fieldNames());
    }

    /// A stream in the form of [ManifestRow]; its rows have no numbers.
    Dataset<Row> streamed(Dataset<Row> table) {
        return inForm(table, lit(0L));
    }

    private Dataset<Row> inForm(Dataset<Row> table, Column number) {
        Dataset<Row> form = format.equals(FOLDER) ? ofRecordings(table) : ofManifest(table);
        return form.withColumn("row", number)
                .select(Arrays.stream(ManifestRow.SCHEMA.fieldNames())
                        .map(name -> form.schema().getFieldIndex(name).isDefined() || name.equals("row")
                                ? col(name).cast(ManifestRow.SCHEMA.apply(name).dataType())
                                : lit(null)
                                        .cast(ManifestRow.SCHEMA.apply(name).dataType())
                                        .as(name))
                        .toArray(Column[]::new));
    }

    private Dataset<Row> ofRecordings(Dataset<Row> table) {
        String folder = root.endsWith("/") ? root : root + "/";
        Column name = col("path").substr(lit(folder.length() + 1), lit(Integer.MAX_VALUE));
        return table.select(name.as("id"), col("path").as("audio"), col("content"));
    }

    private static Dataset<Row> ofManifest(Dataset<Row> table) {
        Map<String, StructField> columns = columns(table);
        if (!columns.containsKey("audio") && !columns.containsKey("text")) {
            String hint = columns.keySet().stream()
                    .map(name -> Nearest.hint(name, List.of("audio", "text")))
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
            throw new BadInputException("--in: there is no column \"audio\" and no column \"text\", only "
                    + columns.keySet() + hint + "; name one of them so");
        }
        return table.select(columns.entrySet().stream()
                .filter(each -> Arrays.asList(ManifestRow.SCHEMA.fieldNames()).contains(each.getKey())
                        || each.getKey().equals(CORRUPT))
                .map(each -> {
                    Column column = table.col("`" + each.getValue().name() + "`");
                    boolean isContent =
                            each.getKey().equals("audio") && each.getValue().dataType() instanceof BinaryType;
                    return column.as(isContent ? "content" : each.getKey().equals(CORRUPT) ? "fault" : each.getKey());
                })
                .toArray(Column[]::new));
    }

    /// The columns of a table by their names in lower case.
    private static Map<String, StructField> columns(Dataset<Row> table) {
        Map<String, StructField> columns = new LinkedHashMap<>();
        for (StructField field : table.schema().fields()) {
            columns.put(field.name().toLowerCase(Locale.ROOT), field);
        }
        return columns;
    }
}
