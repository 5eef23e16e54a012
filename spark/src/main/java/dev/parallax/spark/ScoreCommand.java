package dev.parallax.spark;

import static org.apache.spark.sql.functions.col;

import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Json;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/// `score`: the answers to the rows of a table, as `predict --manifest` gives them, in a table; rows that cannot be
/// answered, with their reasons, in another.
final class ScoreCommand implements Command {

    @Override
    public Syntax syntax() {
        Syntax syntax = new Syntax(
                "score",
                "[--model FILE_OR_DIR] --in TABLE --out TABLE [OPTIONS]",
                "the emotion of each row of a table of recordings and sentences");
        ModelSource.options(ManifestReader.options(syntax))
                .option("out", "TABLE", "parquet, new: an answer a row")
                .option(
                        "refused",
                        "TABLE",
                        "parquet, new: rows without an answer, with the reason (default: OUT-refused)")
                .option("channel", "left|right|N", "which channel is heard (default: the mean of all)")
                .flag(
                        "as-trained",
                        "features stay as in training, also of speakers (column speaker) with recordings enough to adapt"
                                + " to")
                .flag(
                        "segments",
                        "an answer for each stretch of speech of a recording, found by its energy, with its times")
                .flag("json-lines", "adds the column json: the line of predict --manifest for each row")
                .common();
        return syntax;
    }

    @Override
    public int run(Arguments arguments, Console console) {
        return Sessions.run("parallax score", spark -> run(spark, arguments, console));
    }

    private static int run(SparkSession spark, Arguments arguments, Console console) {
        Stopwatch watch = new Stopwatch();
        watch.lap("start");
        JobCost cost = JobCost.of(spark);
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        ManifestReader in = ManifestReader.of(arguments, configuration);
        OutTable out = OutTable.of("out", arguments.text("out"), configuration);
        String other = arguments.text("refused", arguments.text("out") + "-refused");
        OutTable refused = OutTable.of("refused", other, configuration);
        in.requireApart(out.place());
        in.requireApart(refused.place());
        out.requireApart(refused.place());
        refused.requireApart(out.place());
        out.begin();
        refused.begin();
        ModelSource model = ModelSource.of(spark, arguments, console);
        Scoring scoring = new Scoring(model, in.recordings(arguments.text("channel", "")), arguments.has("json-lines"));
        ManifestTable table = in.open(spark);
        try {
            Answering answering = Answering.of(table, model, arguments, console);
            long rows = table.size(console::warn);
            watch.lap("count");
            // each task writes both kinds of rows at once; Spark would sort them by their kind instead
            spark.conf().set("spark.sql.maxConcurrentOutputFileWriters", 4);
            kept(answering.answers(scoring, table.spread(rows)), scoring, answering)
                    .write()
                    .partitionBy("answered")
                    .parquet(out.unfinished().toString());
            watch.lap("answer");
            RowCounts counts = finish(spark, rows, out, refused, scoring, answering);
            watch.lap("move");
            model.backends().forEach(console::log);
            console.log(cost.line());
            console.log(watch.line());
            print(counts, model, out, refused, console);
            return counts.agree() ? DONE : CHECK_FAILED;
        } finally {
            out.discard();
            refused.discard();
        }
    }

    private static void print(RowCounts counts, ModelSource model, OutTable out, OutTable refused, Console console) {
        console.print(counts.line("out", "refused"));
        console.print("answers: " + out.place());
        console.print("refused: " + refused.place());
        console.result(Json.object()
                .with("in", counts.rows())
                .with("out", counts.made())
                .with("refused", counts.refused())
                .with("answers", out.place().toString())
                .with("refusedRows", refused.place().toString())
                .with("backends", model.backends()));
    }

    /// The columns that are written: those of stretches and the line of JSON where they are asked for.
    private static Dataset<Row> kept(Dataset<Row> answers, Scoring scoring, Answering answering) {
        Dataset<Row> some = scoring.asJson() ? answers : answers.drop("json");
        return answering == Answering.STRETCHES ? some : some.drop("from", "to");
    }

    /// Puts both tables into their places, counted as they were written.
    private static RowCounts finish(
            SparkSession spark, long rows, OutTable out, OutTable refused, Scoring scoring, Answering answering) {
        for (String part : List.of("answered=true", "answered=false")) {
            if (!out.hasPart(part)) { // no row is of it: an empty table
                Dataset<Row> none =
                        spark.createDataFrame(List.of(), AnswerColumns.TABLE).drop("answered");
                kept(none, scoring, answering).write().parquet(out.part(part));
            }
        }
        Dataset<Row> without = spark.read().parquet(out.part("answered=false"));
        without.select(
                        col("row"),
                        col("id"),
                        col("audio"),
                        col("text"),
                        col("speaker"),
                        col("dialogue"),
                        col("turn"),
                        col("answer.error").as("error"))
                .write()
                .parquet(refused.unfinished().toString());
        Dataset<Row> with = spark.read().parquet(out.part("answered=true"));
        // of stretches several are of one row
        long answered = (answering == Answering.STRETCHES ? with.select("row").distinct() : with).count();
        long unanswered = spark.read().parquet(refused.unfinished().toString()).count();
        refused.finish("");
        out.finish("answered=true");
        return new RowCounts(rows, answered, unanswered);
    }
}
