package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.setup.request.EncoderRequest;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/// Gives SQL the function `parallax(audio, text)`, with the answer as a struct ([AnswerColumns#ANSWER]):
///
///     SELECT id, parallax(audio, text).decision FROM calls
///
/// A session has it with `spark.sql.extensions=dev.parallax.spark.ParallaxExtension`, from spark-shell,
/// spark-sql and PySpark too. The audio is the bytes of a recording, or a path in the folder
/// `spark.parallax.root`; either argument may be null. `spark.parallax.model` is the model,
/// `spark.parallax.backend` the backend. What cannot be answered has the reason in `error`.
public final class ParallaxExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

    private static final String NAME = "parallax";
    private static final Map<List<String>, ModelSource> MODELS = new ConcurrentHashMap<>(); // broadcast once a session

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectFunction(new Tuple3<>(
                new FunctionIdentifier(NAME),
                new ExpressionInfo(ParallaxExtension.class.getName(), null, NAME),
                new AbstractFunction1<Seq<Expression>, Expression>() {
                    @Override
                    public Expression apply(Seq<Expression> arguments) {
                        return call(arguments);
                    }
                }));
        return BoxedUnit.UNIT;
    }

    private static Expression call(Seq<Expression> arguments) {
        if (arguments.size() != 2) {
            throw new BadInputException("parallax: it has two arguments, audio and text; write parallax(audio, text),"
                    + " with null for what there is not");
        }
        requireType("audio", arguments.apply(0).dataType(), "a path, or the bytes of a recording", BinaryType.class);
        requireType("text", arguments.apply(1).dataType(), "a text; write CAST(... AS STRING)", StringType.class);
        SparkSession spark = SparkSession.active();
        String place = spark.conf().get("spark.parallax.model", "");
        String backend = spark.conf().get("spark.parallax.backend", "auto");
        ModelSource model = MODELS.computeIfAbsent(
                List.of(spark.sparkContext().applicationId(), place, backend),
                _ -> ModelSource.of(
                        spark,
                        place.isEmpty() ? null : place,
                        backend,
                        EncoderRequest.NONE,
                        line -> System.err.println("parallax: " + line)));
        if (model.isOfDialogues()) {
            throw new BadInputException("parallax: " + place + " is a model of dialogues, whose answers need the whole"
                    + " dialogue; set spark.parallax.model to a model of utterances, or use the command score");
        }
        Scoring scoring = new Scoring(model, new Recordings(root(spark), ""), false);
        return new ScalaUDF(
                new Answer(scoring),
                AnswerColumns.ANSWER,
                arguments,
                CollectionConverters.asScala(
                                List.<Option<org.apache.spark.sql.catalyst.encoders.ExpressionEncoder<?>>>of())
                        .toSeq(),
                Option.empty(),
                Option.apply(NAME),
                true,
                true);
    }

    /// The folder of recordings, qualified; empty where none is named.
    private static String root(SparkSession spark) {
        String given = spark.conf().get("spark.parallax.root", "");
        return given.isEmpty()
                ? ""
                : Place.of(
                                "conf spark.parallax.root",
                                given,
                                spark.sparkContext().hadoopConfiguration())
                        .toString();
    }

    private static void requireType(String name, DataType type, String remedy, Class<? extends DataType> other) {
        if (!(type instanceof StringType || type instanceof NullType || other.isInstance(type))) {
            throw new BadInputException(
                    "parallax: the argument " + name + " is of type " + type.simpleString() + "; give " + remedy);
        }
    }

    /// The function on a worker.
    private static final class Answer extends AbstractFunction2<Object, Object, Row> implements Serializable {

        private final Scoring scoring;

        Answer(Scoring scoring) {
            this.scoring = scoring;
        }

        @Override
        public Row apply(@Nullable Object audio, @Nullable Object text) {
            byte[] content = audio instanceof byte[] bytes ? bytes : null;
            String path = audio instanceof String string && !string.isEmpty() ? string : null;
            String words = text instanceof String string && !string.isBlank() ? string : null;
            if (path != null && scoring.recordings().root().isEmpty()) {
                return AnswerColumns.refused("parallax: audio \"" + path + "\" is a path; say where recordings lie:"
                        + " SET spark.parallax.root=hdfs:///calls");
            }
            return scoring.columns(
                    new ManifestRow(0, "audio", path, content, words, null, null, null, null, null, null));
        }
    }
}
