package dev.parallax.spark;

import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.predict.SpeechStretch;
import dev.parallax.model.Prediction;
import dev.parallax.model.Version;
import dev.parallax.model.answer.Answer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Answers as columns of a table, with the names and the values of the JSON of `predict`.
final class AnswerColumns {

    private static final ArrayType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);
    private static final ArrayType LINES = DataTypes.createArrayType(DataTypes.StringType, false);

    /// One perspective.
    static final StructType PERSPECTIVE = new StructType()
            .add("label", DataTypes.StringType)
            .add("probabilities", NUMBERS)
            .add("sure", DataTypes.BooleanType)
            .add("doubtful", DataTypes.BooleanType)
            .add("logits", NUMBERS)
            .add("temperature", DataTypes.DoubleType)
            .add("threshold", DataTypes.DoubleType);

    /// The answer to one utterance.
    static final StructType ANSWER = new StructType()
            .add("decision", DataTypes.StringType)
            .add("decidedBy", DataTypes.StringType)
            .add("sure", DataTypes.BooleanType)
            .add("disagreement", DataTypes.BooleanType)
            .add("labels", LINES)
            .add("fused", PERSPECTIVE)
            .add("audio", PERSPECTIVE)
            .add("text", PERSPECTIVE)
            .add("warnings", LINES)
            .add("audioHash", DataTypes.StringType)
            .add("model", DataTypes.StringType)
            .add("modelHash", DataTypes.StringType)
            .add("weightsHash", DataTypes.StringType)
            .add("version", DataTypes.StringType)
            .add("error", DataTypes.StringType);

    /// A row of an answered table: what the row was, of a stretch of speech its times [s], its answer, or the reason
    /// why it has none, and which of both it is.
    static final StructType TABLE = ManifestRow.NAMES
            .add("from", DataTypes.DoubleType)
            .add("to", DataTypes.DoubleType)
            .add("answer", ANSWER)
            .add("json", DataTypes.StringType)
            .add("answered", DataTypes.BooleanType);

    private AnswerColumns() {}

    /// The columns of one answer.
    ///
    /// @param warnings as a list of its own, since those of a recording are before those of its answer
    static Row answer(WorkerModel by, Prediction prediction, List<String> warnings, @Nullable String audioHash) {
        return RowFactory.create(
                prediction.decision().label(),
                prediction.decidedBy(),
                prediction.decision().sure(),
                prediction.disagreement(),
                prediction.labels().toArray(),
                perspective(prediction.fused()),
                perspective(prediction.audio()),
                perspective(prediction.text()),
                OptionNames.in(warnings).toArray(),
                audioHash,
                by.json().name(),
                by.hashes().file(),
                by.hashes().weights(),
                Version.current(),
                null);
    }

    private static @Nullable Row perspective(@Nullable Answer answer) {
        return answer == null
                ? null
                : RowFactory.create(
                        answer.label(),
                        answer.probabilities().toArray(),
                        answer.sure(),
                        answer.doubtful(),
                        answer.logits().toArray(),
                        answer.temperature(),
                        answer.threshold());
    }

    /// The columns of an utterance that is not answered.
    static Row refused(String reason) {
        Object[] all = new Object[ANSWER.length()];
        all[all.length - 1] = reason;
        return RowFactory.create(all);
    }

    /// A row of [#TABLE].
    ///
    /// @param stretch that is answered, or null where it is the whole row
    /// @param json    the line of `predict --manifest`, or null where it is not asked for
    static Row row(ManifestRow of, @Nullable SpeechStretch stretch, Row answer, @Nullable String json) {
        boolean isAnswered = answer.isNullAt(ANSWER.length() - 1);
        return RowFactory.create(
                of.row(),
                of.name(),
                of.audio(),
                of.text(),
                of.speaker(),
                of.dialogue(),
                of.turnText(),
                stretch == null ? null : stretch.from(),
                stretch == null ? null : stretch.to(),
                answer,
                json,
                isAnswered);
    }
}
