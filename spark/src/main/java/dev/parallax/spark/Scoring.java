package dev.parallax.spark;

import static org.apache.spark.sql.functions.col;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Printable;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.spark.Recordings.Recording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/// Answers the rows of a table ([ManifestRow]) with columns ([AnswerColumns]), row by row where the model is of
/// utterances. A row that cannot be answered has the reason as its answer.
///
/// A model of dialogues works in two steps. Each turn is heard and read by itself, which is nearly all of
/// the work, so that even one long dialogue keeps all workers busy. Then Spark brings the vectors of a
/// dialogue together, in the order of the turns, and the network of dialogues answers them at once. One
/// turn that cannot be read refuses its dialogue.
///
/// @param model      which answers
/// @param recordings how those of rows are found
/// @param asJson     whether each answer is also written as the line of `predict --manifest`
record Scoring(ModelSource model, Recordings recordings, boolean asJson) implements Serializable {

    /// Answers utterances by themselves, also those of a stream.
    Dataset<Row> utterances(Dataset<Row> table) {
        return table.map((MapFunction<Row, Row>) row -> answer(ManifestRow.of(row)), Encoders.row(AnswerColumns.TABLE));
    }

    /// Answers dialogues.
    Dataset<Row> dialogues(Dataset<Row> table) {
        return table.map((MapFunction<Row, Row>) row -> read(ManifestRow.of(row)), Encoders.row(TurnColumns.SCHEMA))
                .groupByKey((MapFunction<Row, String>) TurnColumns::unit, Encoders.STRING())
                .flatMapSortedGroups(
                        new Column[] {col("place"), col("row")},
                        (FlatMapGroupsFunction<String, Row, Row>) (_, turns) -> answer(turns),
                        Encoders.row(AnswerColumns.TABLE));
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

    /// A turn as the network of dialogues reads it, or why it cannot be read.
    private Row read(ManifestRow row) {
        try {
            row.requireUsable();
            int place = row.turn();
            DialogueModel dialogues = (DialogueModel) WorkerModel.of(model).model();
            EmotionModel reader = dialogues.first();
            Recording recording = recordings.of(row);
            AudioSource audio = recording == null || reader == null || !reader.readsAudio() ? null : recording.source();
            HeardRecording heard = audio == null || reader == null ? null : reader.hear(audio, 1);
            return TurnColumns.row(
                    row,
                    place,
                    dialogues.read(Math.max(0, place), heard, row.text(), row.speaker(), 1),
                    recording == null ? null : recording.hash());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return TurnColumns.unreadable(row, ModelSource.reason(e));
        }
    }

    /// The answers to the turns of a dialogue, in their order.
    private Iterator<Row> answer(Iterator<Row> sorted) {
        List<TurnColumns> turns = new ArrayList<>();
        sorted.forEachRemaining(row -> turns.add(TurnColumns.of(row)));
        List<ManifestRow> rows = turns.stream().map(TurnColumns::row).toList();
        for (TurnColumns turn : turns) {
            String error = turn.error();
            if (error != null) {
                return rows.stream().map(row -> refused(row, error)).iterator();
            }
        }
        try {
            WorkerModel worker = WorkerModel.of(model);
            List<Prediction> predictions = ((DialogueModel) worker.model())
                    .answer(turns.stream().map(TurnColumns::turn).toList());
            List<Row> answers = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                answers.add(answered(
                        worker, rows.get(i), predictions.get(i), turns.get(i).audioHash()));
            }
            return answers.iterator();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return rows.stream().map(row -> refused(row, ModelSource.reason(e))).iterator();
        }
    }

    private Row answered(WorkerModel worker, ManifestRow row, Prediction prediction, @Nullable String audioHash) {
        String json = asJson ? line(row, worker.json().of(prediction, audioHash, row.text())) : null;
        return AnswerColumns.row(row, AnswerColumns.answer(worker, prediction, audioHash), json);
    }

    private Row refused(ManifestRow row, String reason) {
        String json = asJson ? line(row, Json.object().with("error", reason)) : null;
        return AnswerColumns.row(row, AnswerColumns.refused(reason), json);
    }

    /// The line of `predict --manifest`, in which characters that could garble a terminal are escaped.
    private static String line(ManifestRow row, JsonObject answer) {
        return Printable.escaped(
                Json.object().with("id", row.name()).with(answer).toText());
    }

    /// The rows of a table, answered.
    Dataset<Row> answer(Dataset<Row> table) {
        return model.isOfDialogues() ? dialogues(table) : utterances(table);
    }

    /// Refuses what a stream cannot be asked: the end of a dialogue is not known.
    void requireUtterances() {
        if (model.isOfDialogues()) {
            throw new BadInputException("stream: " + model.name() + " is a model of dialogues, whose answers need the"
                    + " whole dialogue; give a model of utterances, or score the table when it is complete");
        }
    }
}
