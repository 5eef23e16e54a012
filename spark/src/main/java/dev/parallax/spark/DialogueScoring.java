package dev.parallax.spark;

import static org.apache.spark.sql.functions.col;

import dev.parallax.audio.source.AudioSource;
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

/// Answers dialogues in two steps. Each turn is heard and read by itself, which is nearly all of the work, so that even
/// one long dialogue keeps all workers busy. Then Spark brings the vectors of a dialogue together, in the order of the
/// turns, and the network of dialogues answers them at once. One turn that cannot be read refuses its dialogue.
///
/// @param by names the model, and writes answers
record DialogueScoring(Scoring by) implements Serializable {

    Dataset<Row> answer(Dataset<Row> table) {
        return table.map((MapFunction<Row, Row>) row -> read(ManifestRow.of(row)), Encoders.row(TurnColumns.SCHEMA))
                .groupByKey((MapFunction<Row, String>) TurnColumns::unit, Encoders.STRING())
                .flatMapSortedGroups(
                        new Column[] {col("place"), col("row")},
                        (FlatMapGroupsFunction<String, Row, Row>) (_, turns) -> answer(turns),
                        Encoders.row(AnswerColumns.TABLE));
    }

    /// A turn as the network of dialogues reads it, or why it cannot be read.
    private Row read(ManifestRow row) {
        int place = -1;
        try {
            row.requireUsable();
            place = row.turn();
            DialogueModel dialogues = (DialogueModel) WorkerModel.of(by.model()).model();
            EmotionModel reader = dialogues.first();
            Recording recording = by.recordings().of(row);
            AudioSource audio = recording == null || reader == null || !reader.readsAudio() ? null : recording.source();
            HeardRecording heard = audio == null || reader == null ? null : reader.hear(audio, 1);
            return TurnColumns.row(
                    row,
                    place,
                    dialogues.read(Math.max(0, place), heard, row.text(), row.speaker(), 1),
                    recording == null ? null : recording.hash());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return TurnColumns.unreadable(row, place, ModelSource.reason(e));
        }
    }

    /// The answers to the turns of a dialogue, in their order.
    Iterator<Row> answer(Iterator<Row> sorted) {
        List<ManifestRow> rows = new ArrayList<>();
        List<TurnColumns> turns = new ArrayList<>();
        try {
            while (sorted.hasNext()) {
                Row row = sorted.next();
                rows.add(TurnColumns.plain(row)); // before its vectors, for which the memory may not do
                turns.add(TurnColumns.of(rows.getLast(), row));
            }
            for (TurnColumns turn : turns) {
                String error = turn.error();
                if (error != null) {
                    return rows.stream().map(row -> by.refused(row, error)).iterator();
                }
            }
            WorkerModel worker = WorkerModel.of(by.model());
            List<Prediction> predictions = ((DialogueModel) worker.model())
                    .answer(turns.stream().map(TurnColumns::turn).toList());
            List<Row> answers = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                answers.add(by.answered(
                        worker, rows.get(i), predictions.get(i), turns.get(i).audioHash()));
            }
            return answers.iterator();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String reason = ModelSource.reason(e);
            turns.clear();
            sorted.forEachRemaining(row -> rows.add(TurnColumns.plain(row)));
            return rows.stream().map(row -> by.refused(row, reason)).iterator();
        }
    }
}
