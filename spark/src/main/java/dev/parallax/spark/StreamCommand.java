package dev.parallax.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/// `stream`: answers what arrives in a folder or a topic. Each row is in the table exactly once, also when the job is
/// killed and started again: Spark keeps what it has read in the checkpoint, and which files count in the table.
final class StreamCommand implements Command {

    private static final String KAFKA = "kafka";
    private static final List<String> SOURCES = List.of(ManifestReader.FOLDER, "parquet", "orc", "csv", "json", KAFKA);

    @Override
    public Syntax syntax() {
        return ModelSource.options(new Syntax(
                        "stream",
                        "[--model FILE_OR_DIR] --source NAME [--in FOLDER] --out TABLE [OPTIONS]",
                        "answers recordings as they arrive, each exactly once"))
                .option(
                        "source",
                        "NAME",
                        "binaryFile: recordings; parquet, orc, csv, json: files with the columns of a manifest; kafka: each"
                                + " value a line of JSON with these columns (default: binaryFile)")
                .option("in", "FOLDER", "where files arrive; each must be moved there when it is whole")
                .repeatable(
                        "option",
                        "KEY=VALUE",
                        "an option of Spark's source, such as kafka.bootstrap.servers=HOST:9092, subscribe=calls or"
                                + " maxFilesPerTrigger=100")
                .option("root", "DIR", "the folder that paths of recordings may not leave (default: --in)")
                .option("out", "TABLE", "parquet; read it with Spark, which knows the files that count")
                .option("checkpoint", "DIR", "what Spark keeps of the stream (default: OUT-checkpoint)")
                .option("seconds", "N", "between two looks at the source (default: 10)")
                .flag("available-now", "answer what is there, and end")
                .option("channel", "left|right|N", "which channel is heard (default: the mean of all)")
                .flag("json-lines", "adds the column json: the line of predict --manifest for each row")
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        return Sessions.run("parallax stream", spark -> run(spark, arguments, console));
    }

    private static int run(SparkSession spark, Arguments arguments, Console console) {
        String source = Arguments.choice(
                "source", arguments.text("source", ManifestReader.FOLDER), SOURCES, Function.identity());
        String out = arguments.required("out", "say where the answers go: --out answers.parquet");
        String place = source.equals(KAFKA) ? "" : qualified(spark, arguments.required("in", "name the folder"));
        String root = arguments.text("root");
        if (root == null && source.equals(KAFKA)) {
            throw new BadInputException("stream: --root is missing; say where the recordings lie that lines of a topic"
                    + " name: --root hdfs:///calls");
        }
        ManifestReader in = new ManifestReader(
                place, source, ManifestReader.settings(arguments), root == null ? place : qualified(spark, root));
        Scoring scoring = new Scoring(
                ModelSource.of(spark, arguments, console),
                in.recordings(arguments.text("channel", "")),
                arguments.has("json-lines"));
        scoring.requireUtterances();
        Dataset<Row> answers = scoring.utterances(in.streamed(table(spark, in))).drop("row");
        long seconds = arguments.count("seconds", 10);
        try {
            StreamingQuery query = (scoring.asJson() ? answers : answers.drop("json"))
                    .writeStream()
                    .format("parquet")
                    .option("checkpointLocation", arguments.text("checkpoint", out + "-checkpoint"))
                    .option("path", out)
                    .trigger(
                            arguments.has("available-now")
                                    ? Trigger.AvailableNow()
                                    : Trigger.ProcessingTime(seconds * 1000))
                    .start();
            console.log("stream: " + source + " " + place + " to " + out + "; it ends when it is killed");
            query.awaitTermination();
            scoring.model().backends().forEach(console::log);
            return DONE;
        } catch (TimeoutException e) {
            throw new IllegalStateException("the stream does not start: " + e.getMessage(), e);
        } catch (StreamingQueryException e) {
            throw new IllegalStateException("the stream ended: " + e.getMessage(), e);
        }
    }

    private static String qualified(SparkSession spark, String place) {
        try {
            Path path = new Path(place);
            return path.getFileSystem(spark.sparkContext().hadoopConfiguration())
                    .makeQualified(path)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(place + ": " + e.getMessage(), e);
        }
    }

    /// What arrives: files of recordings, or rows of a manifest.
    private static Dataset<Row> table(SparkSession spark, ManifestReader in) {
        StructType texts = ManifestReader.texts();
        Map<String, String> options = in.options();
        return switch (in.format()) {
            case ManifestReader.FOLDER ->
                spark.readStream()
                        .format(ManifestReader.FOLDER)
                        .schema("path STRING, modificationTime TIMESTAMP, length LONG, content BINARY")
                        .option("recursiveFileLookup", true)
                        .options(options)
                        .load(in.place());
            case KAFKA ->
                spark.readStream()
                        .format(KAFKA)
                        .options(options)
                        .load()
                        .select(from_json(col("value").cast("string"), texts, Map.of("mode", "PERMISSIVE"))
                                .as("line"))
                        .select("line.*");
            default ->
                spark.readStream()
                        .format(in.format())
                        .schema(texts)
                        .option("header", true)
                        .option("escape", "\"")
                        .option("columnNameOfCorruptRecord", ManifestReader.CORRUPT)
                        .options(options)
                        .load(in.place());
        };
    }
}
