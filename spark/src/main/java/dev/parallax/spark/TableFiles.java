package dev.parallax.spark;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// The files of a table as Spark reads them: with the options with which it reads what Parallax reads on one machine.
final class TableFiles {

    private static final String CAPITALS = "spark.sql.caseSensitive";

    private TableFiles() {}

    /// A table as Spark reads it.
    ///
    /// @throws BadInputException when it is not of this format, or an option of the reader is wrong
    static Dataset<Row> read(SparkSession spark, ManifestReader source) {
        return reading(source, () -> withCapitals(spark, () -> table(spark, source)));
    }

    /// What Spark reads where names that differ in capitals alone are columns of their own, so that [ManifestTable]
    /// sees
    /// them. Else Spark would take those of several lines of JSON for one, and lose the cells of all but one.
    private static Dataset<Row> withCapitals(SparkSession spark, Supplier<Dataset<Row>> table) {
        String before = spark.conf().get(CAPITALS);
        spark.conf().set(CAPITALS, true);
        try {
            return table.get();
        } finally {
            spark.conf().set(CAPITALS, before);
        }
    }

    /// What Spark reads, or in one line why it cannot.
    static Dataset<Row> reading(ManifestReader source, Supplier<Dataset<Row>> table) {
        try {
            return table.get();
        } catch (BadInputException e) {
            throw e;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw new BadInputException(
                    source.where() + ": Spark cannot read it: " + Main.said(e) + "; check each --option"
                            + (source.place() == null ? "" : ", and whether it is " + source.format()),
                    e);
        }
    }

    private static Dataset<Row> table(SparkSession spark, ManifestReader source) {
        String place = source.place().toString();
        DataFrameReader reader = reader(spark, source);
        return switch (source.format()) {
            case ManifestReader.RECORDINGS -> withEmptyFiles(spark, source, reader.load(place));
            case "csv" -> {
                StructType schema = new StructType();
                for (String name : reader.csv(place).columns()) {
                    schema = schema.add(name, DataTypes.StringType);
                }
                yield reader.schema(schema.add(ManifestTable.CORRUPT, DataTypes.StringType))
                        .csv(place);
            }
            default -> reader.load(place);
        };
    }

    private static DataFrameReader reader(SparkSession spark, ManifestReader source) {
        return spark.read().format(source.format()).options(defaults(source)).options(source.options());
    }

    /// The options of Spark's readers that make them read what Parallax reads on one machine.
    static Map<String, String> defaults(ManifestReader source) {
        return switch (source.format()) {
            case ManifestReader.RECORDINGS -> Map.of("recursiveFileLookup", "true");
            case "csv" ->
                Map.of(
                        "header", "true",
                        "escape", "\"",
                        "enforceSchema", "false",
                        "columnPruning", "false",
                        "columnNameOfCorruptRecord", ManifestTable.CORRUPT);
            case "json" -> Map.of("primitivesAsString", "true", "columnNameOfCorruptRecord", ManifestTable.CORRUPT);
            default -> Map.of();
        };
    }

    /// Spark passes over files without a byte; each is a row here, which is refused.
    private static Dataset<Row> withEmptyFiles(SparkSession spark, ManifestReader source, Dataset<Row> table) {
        List<Row> empty = new ArrayList<>();
        String glob = source.options().get("pathGlobFilter");
        try {
            PathFilter counts = glob == null ? _ -> true : new GlobFilter(glob);
            RemoteIterator<LocatedFileStatus> all = source.place().files().listFiles(new Path(source.folder()), true);
            while (all.hasNext()) {
                LocatedFileStatus file = all.next();
                Path path = file.getPath();
                if (file.getLen() == 0 && counts.accept(path) && !path.getName().matches("[_.].*")) {
                    empty.add(RowFactory.create(path.toString(), new byte[0]));
                }
            }
        } catch (IOException e) {
            throw source.place().failed(e);
        }
        Dataset<Row> recordings = table.select("path", "content");
        return empty.isEmpty()
                ? recordings
                : recordings.union(
                        spark.createDataFrame(empty, recordings.schema()).coalesce(1));
    }
}
