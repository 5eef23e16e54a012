package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Printable;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.spark.Recordings.Recording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/// Answers the rows of a table ([ManifestRow]) with columns ([AnswerColumns]), each by itself. A row that cannot be
/// answered has the reason as its answer. What needs more than the row is [DialogueScoring] and [SpeakerScoring]; what
/// makes several answers of it, [StretchScoring].
///
/// @param model      which answers
/// @param recordings how those of rows are found
/// @param asJson     whether each answer is also written as the line of `predict --manifest`
record Scoring(ModelSource model, Recordings recordings, boolean asJson) implements Serializable {

    /// Answers utterances by themselves, also those of a stream.
    Dataset<Row> utterances(Dataset<Row> table) {
        return table.map((MapFunction<Row, Row>) row -> answer(ManifestRow.of(row)), Encoders.row(AnswerColumns.TABLE));
    }

    /// The columns of the answer to a row by itself.
    Row columns(ManifestRow row) {
        return answer(row).getAs(AnswerColumns.TABLE.fieldIndex("answer"));
    }

    /// The answer to a row by itself.
    Row answer(ManifestRow row) {
        try {
            row.requireUsable();
            WorkerModel worker = WorkerModel.of(model);
            Recording recording = recordings.of(row);
            Prediction prediction = predict((EmotionModel) worker.model(), recording, row);
            return answered(worker, row, prediction, recording == null ? null : recording.hash());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return refused(row, ModelSource.reason(e));
        }
    }

    private static Prediction predict(EmotionModel model, @Nullable Recording recording, ManifestRow row) {
        if (recording == null) {
            return model.predict((HeardRecording) null, row.text(), row.times());
        }
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = recording.open(warnings::add)) {
            return model.predict(model.hear(file, warnings, 1), row.text(), row.times());
        }
    }

    /// The row of an answer.
    Row answered(WorkerModel worker, ManifestRow row, Prediction prediction, @Nullable String audioHash) {
        String json = asJson ? line(row, worker.json().of(prediction, audioHash, row.text())) : null;
        return AnswerColumns.row(
                row, null, AnswerColumns.answer(worker, prediction, prediction.warnings(), audioHash), json);
    }

    /// The row of an utterance that is not answered.
    Row refused(ManifestRow row, String reason) {
        String json = asJson ? line(row, Json.object().with("error", reason)) : null;
        return AnswerColumns.row(row, null, AnswerColumns.refused(reason), json);
    }

    /// The line of `predict --manifest`, in which characters that could garble a terminal are escaped.
    static String line(ManifestRow row, JsonObject answer) {
        return Printable.escaped(
                Json.object().with("id", row.name()).with(answer).toText());
    }

    /// Refuses what a stream cannot be asked: the end of a dialogue is not known.
    void requireUtterances() {
        if (model.isOfDialogues()) {
            throw new BadInputException("stream: " + model.name() + " is a model of dialogues, whose answers need the"
                    + " whole dialogue; give a model of utterances, or score the table when it is complete");
        }
    }
}
