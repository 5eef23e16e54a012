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
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
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
    private static final List<String> SOURCES =
            List.of(ManifestReader.RECORDINGS, "parquet", "orc", "csv", "json", KAFKA);

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
                "source", arguments.text("source", ManifestReader.RECORDINGS), SOURCES, Function.identity());
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        String given = arguments.required("out", "say where the answers go: --out answers.parquet");
        Place out = Place.of("out", given, configuration);
        ManifestReader in = source(source, arguments, configuration);
        Place checkpoint = Place.of("checkpoint", arguments.text("checkpoint", out + "-checkpoint"), configuration);
        in.requireApart(out); // else answers would arrive as recordings
        in.requireApart(checkpoint);
        requireContinued(out, checkpoint);
        Scoring scoring = new Scoring(
                ModelSource.of(spark, arguments, console),
                in.recordings(arguments.text("channel", "")),
                arguments.has("json-lines"));
        scoring.requireUtterances();
        if (scoring.model().isScaled()) {
            console.log("features stay as in training; it is not known what else a speaker will say");
        }
        Dataset<Row> answers = scoring.utterances(ManifestTable.of(in, TableFiles.reading(in, () -> table(spark, in)))
                        .streamed())
                .drop("row", "from", "to");
        long seconds = arguments.count("seconds", 10);
        try {
            StreamingQuery query = (scoring.asJson() ? answers : answers.drop("json"))
                    .writeStream()
                    .format("parquet")
                    .option("checkpointLocation", checkpoint.toString())
                    .option("path", out.toString())
                    .trigger(
                            arguments.has("available-now")
                                    ? Trigger.AvailableNow()
                                    : Trigger.ProcessingTime(seconds * 1000))
                    .start();
            String from = in.place() == null ? "" : in.place() + " ";
            console.log("stream: " + source + " " + from + "to " + out + "; it ends when "
                    + (arguments.has("available-now") ? "all that is there is answered" : "it is killed"));
            query.awaitTermination();
            scoring.model().backends().forEach(console::log);
            return DONE;
        } catch (TimeoutException | StreamingQueryException e) {
            throw new UncheckedIOException("the stream ended:", new IOException(e.getMessage(), e));
        }
    }

    /// Refuses a table that this stream cannot go on with, and one that is gone though answers were written. Spark
    /// would hide what another job wrote there, and pass over
    /// as many batches as the table has where the checkpoint does not count them.
    private static void requireContinued(Place out, Place checkpoint) {
        if (!out.exists()) {
            if (hasAnswered(checkpoint)) {
                throw new BadInputException(out.said() + ": the table is gone, and its checkpoint " + checkpoint.path()
                        + " says what was answered, which is not answered again; put the table back, or delete the"
                        + " checkpoint to answer all that is there");
            }
            return;
        }
        try {
            if (!out.files().exists(new Path(out.path(), "_spark_metadata"))) {
                throw new BadInputException(out.said() + " exists already, and no stream wrote it; give a new place");
            }
        } catch (IOException e) {
            throw out.failed(e);
        }
        if (!checkpoint.exists()) {
            throw new BadInputException(out.said() + ": the stream that wrote it has no checkpoint at "
                    + checkpoint.path() + "; say with --checkpoint where it is, or give a new place");
        }
    }

    /// Whether a stream has answered anything: Spark keeps a file for each batch that is done.
    private static boolean hasAnswered(Place checkpoint) {
        Path done = new Path(checkpoint.path(), "commits");
        try {
            return checkpoint.files().exists(done)
                    && checkpoint
                                    .files()
                                    .listStatus(done, file -> file.getName().matches("\\d+"))
                                    .length
                            > 0;
        } catch (IOException e) {
            throw checkpoint.failed(e);
        }
    }

    /// Where rows come from.
    private static ManifestReader source(String source, Arguments arguments, Configuration configuration) {
        Map<String, String> options = ManifestReader.settings(arguments);
        if (source.equals(KAFKA)) {
            if (arguments.text("root") == null) {
                throw new BadInputException("stream: --root is missing; say where the recordings lie that lines of a"
                        + " topic name: --root hdfs:///calls");
            }
            return new ManifestReader(null, "", source, options, ManifestReader.root(arguments, "", configuration));
        }
        Place in = Place.of("in", arguments.required("in", "name the folder"), configuration);
        if (!in.isFolder()) {
            throw new BadInputException(
                    in.said() + ": there is no such folder; make it, and move files into it when" + " they are whole");
        }
        String folder = in.toString();
        return new ManifestReader(in, folder, source, options, ManifestReader.root(arguments, folder, configuration));
    }

    /// The columns of the files that lie in the folder.
    private static StructType columnsOf(SparkSession spark, ManifestReader in) {
        Place place = Objects.requireNonNull(in.place(), "files lie in a folder");
        try {
            ManifestReader.firstFileOf(place, place.path());
            return TableFiles.read(spark, in).schema();
        } catch (IOException e) {
            throw place.failed(e);
        }
    }

    /// What arrives: files of recordings, or rows of a manifest. A line of JSON names its columns; those of other files
    /// are the ones of what is there at the start.
    private static Dataset<Row> table(SparkSession spark, ManifestReader in) {
        if (in.format().equals(KAFKA)) {
            return spark.readStream()
                    .format(KAFKA)
                    .options(in.options())
                    .load()
                    .select(from_json(col("value").cast("string"), ManifestTable.TEXTS, Map.of("mode", "PERMISSIVE"))
                            .as("line"))
                    .select("line.*");
        }
        StructType schema = switch (in.format()) {
            case ManifestReader.RECORDINGS ->
                StructType.fromDDL("path STRING, modificationTime TIMESTAMP, length LONG, content BINARY");
            case "json" -> ManifestTable.TEXTS;
            default -> columnsOf(spark, in);
        };
        return spark.readStream()
                .format(in.format())
                .schema(schema)
                .options(TableFiles.defaults(in))
                .options(in.options())
                .load(in.place().toString());
    }
}
