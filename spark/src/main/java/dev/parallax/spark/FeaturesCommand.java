package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.Features;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Csv;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Json;
import dev.parallax.io.Npy;
import dev.parallax.io.SafeFiles;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// `features`: the features of each recording of a table, as `features` of one machine computes them, in a table; those
/// of whole recordings also as the folder that `train --corpus features:DIR` reads.
final class FeaturesCommand implements Command {

    /// A row: what it was, and its features, row-major; or why there are none.
    static final StructType TABLE = new StructType()
            .add("row", DataTypes.LongType)
            .add("id", DataTypes.StringType)
            .add("audio", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("speaker", DataTypes.StringType)
            .add("emotion", DataTypes.StringType)
            .add("dialogue", DataTypes.StringType)
            .add("turn", DataTypes.StringType)
            .add("frames", DataTypes.IntegerType)
            .add("size", DataTypes.IntegerType)
            .add("values", DataTypes.createArrayType(DataTypes.FloatType, false))
            .add("error", DataTypes.StringType);

    @Override
    public Syntax syntax() {
        return ManifestReader.options(new Syntax(
                        "features",
                        "--features PRESET --in TABLE --out TABLE [OPTIONS]",
                        "the features of each recording of a table"))
                .option("features", "PRESET", String.join(", ", FeatureConfig.presets()) + " (default: speech)")
                .option("out", "TABLE", "parquet, new: [frames, size] values a row, or the reason why there are none")
                .option(
                        "folder",
                        "DIR",
                        "a new folder of this machine for train --level dialogue --corpus features:DIR: utterances.csv and"
                                + " audio.npy, of presets with one row a recording")
                .option("channel", "left|right|N", "which channel is heard (default: the mean of all)")
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        return Sessions.run("parallax features", spark -> run(spark, arguments, console));
    }

    private static int run(SparkSession spark, Arguments arguments, Console console) {
        String preset = arguments.text("features", "speech");
        FeatureConfig config = FeatureConfig.preset(preset);
        Path folder = arguments.newFolder("folder");
        if (folder != null && !config.utteranceLevel()) {
            throw new BadInputException("features: --folder is for presets with one row a recording; " + preset
                    + " has one a frame; leave it out, or choose another preset");
        }
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        ManifestReader in = ManifestReader.of(arguments, configuration);
        OutTable out = OutTable.of("out", arguments.text("out"), configuration);
        in.requireApart(out.place());
        if (folder != null) {
            Place made = Place.ofThisMachine("folder", folder, configuration);
            in.requireApart(made);
            out.requireApart(made);
        }
        out.begin();
        Extraction extraction = new Extraction(preset, in.recordings(arguments.text("channel", "")));
        ManifestTable table = in.open(spark);
        if (folder != null) {
            table.requireDialogue("--folder is for models of dialogues");
        }
        long rows = table.size(console::warn);
        out.write(table.spread(rows)
                .map((MapFunction<Row, Row>) row -> extraction.of(ManifestRow.of(row)), Encoders.row(TABLE)));
        long written = spark.read().parquet(out.unfinished().toString()).count();
        long refused = spark.read()
                .parquet(out.unfinished().toString())
                .where("error IS NOT NULL")
                .count();
        out.finish("");
        RowCounts counts = new RowCounts(rows, written - refused, refused);
        console.print(counts.line("with features", "with a reason"));
        console.print("features: " + out.place());
        if (folder != null) {
            write(spark, out, folder, console);
            console.print("folder: " + folder);
        }
        console.result(Json.object()
                .with("in", rows)
                .with("out", counts.made())
                .with("refused", counts.refused())
                .with("features", out.place().toString())
                .with("settings", config.toJson()));
        return counts.agree() ? DONE : CHECK_FAILED;
    }

    /// The features of a row, on a worker.
    private record Extraction(String preset, Recordings recordings) implements Serializable {

        Row of(ManifestRow row) {
            try {
                FeatureExtractor extractor = new FeatureExtractor(FeatureConfig.preset(preset));
                return row(row, recordings.read(row, file -> extractor.extract(file.readAll(), _ -> {}, 1)), null);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                return row(row, null, ModelSource.reason(e));
            }
        }

        private static Row row(ManifestRow of, @Nullable Features features, @Nullable String error) {
            return RowFactory.create(
                    of.row(),
                    of.name(),
                    of.audio(),
                    of.text(),
                    of.speaker(),
                    of.emotion(),
                    of.dialogue(),
                    of.turnText(),
                    features == null ? null : features.frames(),
                    features == null ? null : features.size(),
                    features == null ? null : boxed(features.values()),
                    error);
        }

        private static Float[] boxed(float... values) {
            Float[] boxed = new Float[values.length];
            for (int i = 0; i < values.length; i++) {
                boxed[i] = values[i];
            }
            return boxed;
        }
    }

    /// Writes the folder that `train` reads, in the order of the table. Rows without features are left out,
    /// as the table says; each of the others must name its dialogue.
    private static void write(SparkSession spark, OutTable table, Path folder, Console console) {
        List<String> columns = List.of("id", "dialogue", "turn", "speaker", "emotion", "text");
        List<List<String>> lines = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        Iterator<Row> rows = spark.read()
                .parquet(table.place().toString())
                .where("error IS NULL")
                .orderBy("row")
                .toLocalIterator();
        while (rows.hasNext()) {
            Row row = rows.next();
            lines.add(columns.stream()
                    .map(name -> Objects.toString(row.getAs(name), ""))
                    .toList());
            List<Float> values = row.getList(row.fieldIndex("values"));
            float[] vector = new float[values.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = values.get(i);
            }
            vectors.add(vector);
        }
        int size = vectors.isEmpty() ? 0 : vectors.getFirst().length;
        float[] all = new float[Math.multiplyExact(vectors.size(), size)];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, all, i * size, size);
        }
        SafeFiles.createFolder(folder);
        try (FolderLock _ = FolderLock.of(folder, console::warn)) {
            Npy.write(folder.resolve("audio.npy"), new int[] {vectors.size(), size}, all);
            Csv.write(folder.resolve("utterances.csv"), columns, lines);
        }
    }
}
