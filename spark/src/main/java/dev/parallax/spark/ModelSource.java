package dev.parallax.spark;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Printable;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Starter;
import dev.parallax.setup.ModelPath;
import dev.parallax.setup.request.EncoderRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.jspecify.annotations.Nullable;

/// A model on its way to the workers: its file as a broadcast variable, which each executor gets once, and how it is
/// opened there.
///
/// @param name         as results call it
/// @param hash         SHA-256 of the file
/// @param file         its bytes
/// @param backend      the value of `--backend`
/// @param audioEncoder where its pretrained encoder of speech is on each machine, or null
/// @param textEncoder  the same of text
/// @param isOfDialogues whether each row is answered with the others of its dialogue
/// @param isScaled     whether it standardises features, so that they can be adapted to speakers
/// @param listens      whether it reads recordings, each by itself
/// @param said         what the executors say of their backends
record ModelSource(
        String name,
        String hash,
        Broadcast<byte[]> file,
        String backend,
        @Nullable String audioEncoder,
        @Nullable String textEncoder,
        boolean isOfDialogues,
        boolean isScaled,
        boolean listens,
        CollectionAccumulator<String> said)
        implements Serializable {

    private static final String MODULE = "jdk.incubator.vector";

    /// Adds `--model`, `--backend` and those of encoders.
    static Syntax options(Syntax syntax) {
        return syntax.option("model", "FILE_OR_DIR", "a model file, or the folder of a training run (default: starter)")
                .option("backend", "NAME", String.join(", ", Backends.NAMES) + ", on each executor (default: auto)")
                .encoders();
    }

    /// The model of `--model`, opened here once to see that it can be.
    static ModelSource of(SparkSession spark, Arguments arguments, Console console) {
        EncoderRequest encoders = Requests.encoders(arguments);
        return of(spark, arguments.text("model"), arguments.text("backend", "auto"), encoders, console::log);
    }

    /// The model at a place.
    ///
    /// @param place of a file or folder, also on another Hadoop file system; null for the starter
    /// @param log   receives what is to be known of it
    static ModelSource of(
            SparkSession spark, @Nullable String place, String backend, EncoderRequest encoders, Consumer<String> log) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        byte[] bytes;
        String name;
        requireBackend(backend);
        if (place != null && place.matches("[a-z0-9]+:/.*")) {
            name = place;
            bytes = read(place, context.hadoopConfiguration());
        } else {
            ModelPath path = ModelPath.of(place == null ? null : Path.of(place));
            name = path.name();
            Path file = path.file();
            bytes = file == null ? Starter.bytes() : SafeFiles.read(file);
            if (file == null) {
                log.accept(ModelPath.DEMONSTRATION);
            }
        }
        CollectionAccumulator<String> said = new CollectionAccumulator<>();
        said.register(spark.sparkContext(), scala.Option.apply("parallax backends"), false);
        try (Backend scalar = Backends.open("scalar", _ -> {});
                Model model = WorkerModel.open(name, bytes, scalar, encoders.audio(), encoders.text())) {
            if (model instanceof DialogueModel dialogues && dialogues.first() == null) {
                throw new BadInputException("--model " + name + ": this model of dialogues answers vectors that another"
                        + " model made, not recordings or sentences");
            }
            ModelSource source = new ModelSource(
                    name,
                    SafeFiles.sha256(bytes),
                    context.broadcast(bytes),
                    backend,
                    text(encoders.audio()),
                    text(encoders.text()),
                    model instanceof DialogueModel,
                    model instanceof EmotionModel emotions && emotions.scaling() != null,
                    model instanceof EmotionModel && model.readsAudio(),
                    said);
            source.warnWithoutVectors(spark, log);
            return source;
        }
    }

    private static byte[] read(String place, Configuration configuration) {
        Place model = Place.of("model", place, configuration);
        org.apache.hadoop.fs.Path best = new org.apache.hadoop.fs.Path(model.path(), ModelPath.BEST);
        try (InputStream in = model.files().open(model.isFolder() ? best : model.path())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw model.failed(e);
        }
    }

    /// Refuses a name that stands for no backend on any machine.
    private static void requireBackend(String name) {
        if (!Backends.NAMES.contains(name.replaceFirst(":.*", ""))) {
            Backends.open(name, _ -> {}).close(); // says which there are
        }
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    private void warnWithoutVectors(SparkSession spark, Consumer<String> log) {
        String options = spark.conf().get("spark.executor.extraJavaOptions", "")
                + spark.conf().get("spark.executor.defaultJavaOptions", "");
        boolean local = spark.sparkContext().isLocal();
        boolean isLoaded = local ? ModuleLayer.boot().findModule(MODULE).isPresent() : options.contains(MODULE);
        if (backend.equals("auto") && !isLoaded) {
            log.accept("backend auto: spark.executor.extraJavaOptions does not add the module " + MODULE
                    + ", so executors use the scalar backend, which is slower; spark/submit sets it");
        }
    }

    /// Refuses a model that does not hear recordings by themselves.
    void requireListener() {
        if (!listens) {
            throw new BadInputException("score: --segments is for models of utterances that listen; " + name + " is of "
                    + (isOfDialogues ? "dialogues" : "text alone"));
        }
    }

    /// What the executors said of their backends, one line each.
    List<String> backends() {
        return List.copyOf(new TreeSet<>(said.value()));
    }

    /// Why a row is refused.
    static String reason(Throwable thrown) {
        return Printable.shortened(
                switch (thrown) {
                    case BadInputException _, ShapeException _, BackendException _ ->
                        OptionNames.in(Objects.toString(thrown.getMessage()));
                    case OutOfMemoryError _ ->
                        "out of memory for this row; give executors more: --conf spark.executor.memory=4g";
                    default -> "internal error: " + thrown.toString().strip();
                });
    }
}
