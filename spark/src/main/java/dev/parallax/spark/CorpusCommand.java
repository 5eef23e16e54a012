package dev.parallax.spark;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.sum;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.recordings.SoundFault;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// `corpus stats`: what is in a table of recordings too large for one machine. Each recording is decoded once, on a
/// worker, and becomes a row of facts; Spark counts them.
final class CorpusCommand implements Command {

    /// The facts of a row, or why there are none.
    static final StructType FACTS = new StructType()
            .add("row", DataTypes.LongType)
            .add("id", DataTypes.StringType)
            .add("audio", DataTypes.StringType)
            .add("speaker", DataTypes.StringType)
            .add("emotion", DataTypes.StringType)
            .add("seconds", DataTypes.DoubleType)
            .add("sampleRate", DataTypes.IntegerType)
            .add("channels", DataTypes.IntegerType)
            .add("peak", DataTypes.DoubleType)
            .add("soundHash", DataTypes.StringType)
            .add("faults", DataTypes.createArrayType(DataTypes.StringType, false))
            .add("error", DataTypes.StringType);

    private static final int SHOWN = 20;

    @Override
    public Syntax syntax() {
        return ManifestReader.options(
                        new Syntax(
                                "corpus",
                                "stats --in TABLE --out TABLE [OPTIONS]",
                                "what is in a table of recordings: counts, durations, rates, duplicates, silent and clipped ones"))
                .words(1)
                .option("out", "TABLE", "parquet, new: the facts of each recording, or the reason why there are none")
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        if (!arguments.words().equals(List.of("stats"))) {
            throw new BadInputException("corpus: on Spark there is corpus stats alone; write corpus stats --in TABLE");
        }
        return Sessions.run("parallax corpus stats", spark -> run(spark, arguments, console));
    }

    private static int run(SparkSession spark, Arguments arguments, Console console) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        ManifestReader in = ManifestReader.of(arguments, configuration);
        OutTable out = OutTable.of("out", arguments.text("out"), configuration);
        in.requireApart(out.place());
        out.begin();
        Facts facts = new Facts(in.recordings(""));
        ManifestTable source = in.open(spark);
        long rows = source.size(console::warn);
        out.write(source.spread(rows)
                .map((MapFunction<Row, Row>) row -> facts.of(ManifestRow.of(row)), Encoders.row(FACTS)));
        out.finish("");
        Dataset<Row> table = spark.read().parquet(out.place().toString());
        JsonObject json = summary(table, rows);
        RowCounts counts = new RowCounts(rows, json.whole("recordings"), json.whole("withoutFacts"));
        console.print(counts.line("recordings", "without facts (the column error says why)"));
        lines(json).forEach(console::print);
        console.print("facts: " + out.place());
        console.result(json.with("facts", out.place().toString()));
        return counts.agree() ? DONE : CHECK_FAILED;
    }

    /// The facts of a row's recording, on a worker.
    private record Facts(Recordings recordings) implements Serializable {

        Row of(ManifestRow row) {
            try {
                return row(row, recordings.read(row, file -> SoundFacts.of(file, new ArrayList<>())), null);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                return row(row, null, ModelSource.reason(e));
            }
        }

        private static Row row(ManifestRow of, @Nullable SoundFacts facts, @Nullable String error) {
            return RowFactory.create(
                    of.row(),
                    of.name(),
                    of.audio(),
                    of.speaker(),
                    of.emotion(),
                    facts == null ? null : facts.seconds(),
                    facts == null ? null : facts.sampleRate(),
                    facts == null ? null : facts.channels(),
                    facts == null ? null : facts.peak(),
                    facts == null ? null : facts.hash(),
                    facts == null
                            ? null
                            : SoundFault.of(facts).stream()
                                    .map(SoundFault::word)
                                    .toArray(),
                    error);
        }
    }

    /// All counts, computed by Spark.
    private static JsonObject summary(Dataset<Row> table, long rows) {
        Dataset<Row> read = table.where("error IS NULL");
        Row times = read.agg(
                        count(lit(1)),
                        sum("seconds"),
                        min("seconds"),
                        percentile_approx(col("seconds"), lit(0.5), lit(10_000)),
                        max("seconds"))
                .first();
        Row copies = read.groupBy("soundHash")
                .count()
                .where("count > 1")
                .agg(count(lit(1)), sum("count"))
                .first();
        JsonObject faults = Json.object();
        for (SoundFault fault : SoundFault.values()) {
            faults = faults.with(
                    fault.word(),
                    read.where(array_contains(col("faults"), fault.word())).count());
        }
        return Json.object()
                .with("rows", rows)
                .with("recordings", times.getLong(0))
                .with("withoutFacts", table.where("error IS NOT NULL").count())
                .with("seconds", number(times, 1))
                .with("shortestSeconds", number(times, 2))
                .with("medianSeconds", number(times, 3))
                .with("longestSeconds", number(times, 4))
                .with("sampleRates", counts(read, "sampleRate"))
                .with("channels", counts(read, "channels"))
                .with("emotions", counts(table, "emotion"))
                .with("speakers", counts(table, "speaker"))
                .with("soundsThatRepeat", copies.getLong(0))
                .with("recordingsOfThem", copies.isNullAt(1) ? 0 : copies.getLong(1))
                .with("faults", faults);
    }

    private static double number(Row row, int column) {
        return row.isNullAt(column) ? 0 : row.getDouble(column);
    }

    /// How often each value of a column occurs, the most frequent first, up to 10 000 values.
    private static JsonObject counts(Dataset<Row> table, String column) {
        JsonObject counts = Json.object();
        for (Row row : table.groupBy(column)
                .count()
                .orderBy(col("count").desc(), col(column))
                .limit(10_000)
                .collectAsList()) {
            counts = counts.with(Objects.toString(row.get(0), "(none)"), row.getLong(1));
        }
        return counts;
    }

    private static List<String> lines(JsonObject json) {
        return Arrays.asList(
                String.format(
                        Locale.ROOT,
                        "seconds:     %.1f in all; %.2f to %.2f, median %.2f",
                        json.number("seconds"),
                        json.number("shortestSeconds"),
                        json.number("longestSeconds"),
                        json.number("medianSeconds")),
                "rates [Hz]:  " + shown(json.object("sampleRates")),
                "channels:    " + shown(json.object("channels")),
                "emotions:    " + shown(json.object("emotions")),
                "speakers:    " + shown(json.object("speakers")),
                "duplicates:  " + json.whole("soundsThatRepeat") + " sounds that repeat, in "
                        + json.whole("recordingsOfThem") + " recordings",
                "faults:      " + shown(json.object("faults")));
    }

    private static String shown(JsonObject counts) {
        List<String> all = counts.fields().keySet().stream()
                .limit(SHOWN)
                .map(key -> key + " " + counts.whole(key))
                .toList();
        int more = counts.fields().size() - all.size();
        return String.join(", ", all) + (more > 0 ? ", and " + more + " more" : "");
    }
}
