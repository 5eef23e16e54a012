package dev.parallax.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.udf;

import dev.parallax.BadInputException;
import dev.parallax.io.Csv;
import dev.parallax.io.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/// A table of utterances as Spark reads it, brought into one form ([ManifestRow#SCHEMA]).
///
/// @param source  how it is read
/// @param table   as it is
/// @param columns those of a manifest that it has, by their names there
record ManifestTable(ManifestReader source, Dataset<Row> table, Map<String, StructField> columns) {

    /// Where Spark puts a row that it cannot read.
    static final String CORRUPT = "_corrupt_record";

    private static final List<String> NAMES =
            List.of("id", "audio", "text", "speaker", "emotion", "dialogue", "turn", "times");

    /// The columns of a manifest as texts, and one for rows that are none: what a line of JSON is read as.
    static final StructType TEXTS = texts();

    private static final int ROWS_OF_TASK = 500;
    private static final int MOST_TASKS = 20_000;

    /// The table at a place.
    static ManifestTable of(SparkSession spark, ManifestReader source) {
        return of(source, TableFiles.read(spark, source));
    }

    /// A table that Spark has read, or reads as it arrives.
    ///
    /// @throws BadInputException when it has not the columns of a manifest
    static ManifestTable of(ManifestReader source, Dataset<Row> table) {
        if (source.isOfRecordings()) {
            return new ManifestTable(source, table, Map.of());
        }
        String where = source.where();
        Map<String, StructField> columns = new LinkedHashMap<>();
        List<String> all = new ArrayList<>();
        for (StructField field : table.schema().fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!name.equals(CORRUPT)) {
                all.add(field.name());
            }
            if (NAMES.contains(name)) {
                requireCells(where, name, field.dataType());
                StructField former = columns.put(name, field);
                if (former != null) {
                    throw new BadInputException(where + ": it has two columns \"" + name + "\": " + former.name()
                            + " and " + field.name() + "; give one of them another name");
                }
            }
        }
        if (!columns.containsKey("audio") && !columns.containsKey("text")) {
            throw lacks(where, all);
        }
        return new ManifestTable(source, table, columns);
    }

    private static StructType texts() {
        StructType schema = new StructType();
        for (String name : NAMES) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema.add(CORRUPT, DataTypes.StringType);
    }

    private static void requireCells(String where, String name, DataType type) {
        boolean isNested = type instanceof StructType
                || type instanceof ArrayType
                || type instanceof MapType
                || type instanceof VariantType;
        boolean isNoPath = name.equals("audio") && !(type instanceof StringType || type instanceof BinaryType);
        if (isNested || isNoPath) {
            throw new BadInputException(where + ": the column \"" + name + "\" is of type " + type.simpleString() + "; "
                    + (name.equals("audio") ? "give a path or the bytes of a recording" : "give texts"));
        }
    }

    private static BadInputException lacks(String where, List<String> all) {
        if (all.isEmpty()) {
            return new BadInputException(where + ": it has no columns; give a table with the column audio or text");
        }
        String only = all.getFirst();
        String hint = all.size() == 1 && only.matches(".*[;\t|].*")
                ? "; do other characters part its cells? say which: --option \"sep=;\""
                : all.stream()
                        .map(name -> Nearest.hint(name, List.of("audio", "text")))
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .orElse("; name one of them so");
        return new BadInputException(
                where + ": there is no column \"audio\" and no column \"text\", only " + all + hint);
    }

    /// Refuses a table that names no dialogues.
    ///
    /// @param why they are needed
    void requireDialogue(String why) {
        if (!has("dialogue")) {
            throw new BadInputException(source.where() + ": " + why
                    + ", and there is no column \"dialogue\"; say which dialogue each row is from");
        }
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /// How many rows it has, counted by itself: what is written is compared with it.
    ///
    /// @param log receives how many ids stand more than once
    long size(Consumer<String> log) {
        StructField id = columns.get("id");
        if (id == null) {
            return table.count();
        }
        Column ids = column(id);
        Row counts = table.agg(count(lit(1)), count(ids), countDistinct(ids)).first();
        long again = counts.getLong(1) - counts.getLong(2);
        if (again > 0) {
            log.accept("ids: " + again + " of " + counts.getLong(0) + " rows have the id of another one; the column row"
                    + " tells them apart");
        }
        return counts.getLong(0);
    }

    /// The table in the form of [ManifestRow].
    Dataset<Row> rows() {
        return inForm(monotonically_increasing_id());
    }

    /// A stream in the form of [ManifestRow]; its rows have no numbers.
    Dataset<Row> streamed() {
        return inForm(lit(0L));
    }

    /// The table in tasks of about equal work. A table of paths is small beside its recordings, so its rows are spread;
    /// recordings that are in the table stay where Spark reads them.
    ///
    /// @param rows of the table
    Dataset<Row> spread(long rows) {
        StructField audio = columns.get("audio");
        if (source.isOfRecordings() || audio != null && audio.dataType() instanceof BinaryType) {
            return rows();
        }
        int cores = table.sparkSession().sparkContext().defaultParallelism();
        return rows().repartition((int) Math.min(MOST_TASKS, Math.max(4L * cores, rows / ROWS_OF_TASK)));
    }

    private Dataset<Row> inForm(Column number) {
        List<Column> cells = new ArrayList<>();
        for (StructField field : ManifestRow.SCHEMA.fields()) {
            Column cell = field.name().equals("row") ? number : cell(field.name());
            cells.add(cell.cast(field.dataType()).as(field.name()));
        }
        return table.select(cells.toArray(Column[]::new));
    }

    /// A column of the form.
    private Column cell(String name) {
        if (source.isOfRecordings()) {
            String folder = source.folder().endsWith("/") ? source.folder() : source.folder() + "/";
            return switch (name) {
                case "id" -> col("path").substr(lit(folder.length() + 1), lit(Integer.MAX_VALUE));
                case "audio" -> col("path");
                case "content" -> col("content");
                default -> lit(null);
            };
        }
        if (name.equals("fault")) {
            return Arrays.asList(table.columns()).contains(CORRUPT) ? col(CORRUPT) : lit(null);
        }
        StructField audio = columns.get("audio");
        boolean isBytes = audio != null && audio.dataType() instanceof BinaryType;
        if (name.equals("content")) {
            return audio != null && isBytes ? column(audio) : lit(null);
        }
        StructField field = columns.get(name);
        if (field == null || name.equals("audio") && isBytes) {
            return lit(null);
        }
        return source.format().equals("csv") ? meant(column(field)) : column(field);
    }

    private Column column(StructField field) {
        return table.col("`" + field.name() + "`");
    }

    /// A cell of CSV as Parallax reads it on one machine: a spreadsheet's apostrophe before a formula is not in it.
    private static Column meant(Column cell) {
        UserDefinedFunction meant =
                udf((UDF1<String, String>) text -> text == null ? null : Csv.cell(text), DataTypes.StringType);
        return meant.apply(cell);
    }
}
