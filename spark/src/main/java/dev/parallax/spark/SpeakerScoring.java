package dev.parallax.spark;

import static org.apache.spark.sql.functions.col;

import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Spelling;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.spark.Recordings.Recording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Answers utterances with features that are adapted to speakers, as `predict --manifest` does. Each recording is heard
/// by itself, on any worker. Then Spark brings the features of a speaker together, in the order of the table, and each
/// row of his or hers is answered by the model that is adapted to them. A row without a speaker is answered by itself.
///
/// @param by answers a row
record SpeakerScoring(Scoring by) implements Serializable {

    static final StructType SCHEMA = ManifestRow.SCHEMA
            .add("heard", HeardColumns.SCHEMA)
            .add("audioHash", DataTypes.StringType)
            .add("error", DataTypes.StringType);
    private static final int FIRST = ManifestRow.SCHEMA.length();

    Dataset<Row> answer(Dataset<Row> table) {
        return table.map((MapFunction<Row, Row>) this::hear, Encoders.row(SCHEMA))
                .groupByKey((MapFunction<Row, String>) SpeakerScoring::unit, Encoders.STRING())
                .flatMapSortedGroups(
                        new Column[] {col("row")},
                        (FlatMapGroupsFunction<String, Row, Row>) (_, rows) -> answer(rows),
                        Encoders.row(AnswerColumns.TABLE));
    }

    /// The key of what is answered together: the speaker, however his or her name is spelled, or the row itself.
    private static String unit(Row row) {
        String speaker = row.getString(ManifestRow.SCHEMA.fieldIndex("speaker"));
        return speaker == null ? "row " + row.getLong(0) : "speaker " + Spelling.foldedSpeaker(speaker);
    }

    /// A row with the features of its recording in place of its sound, or with the reason why it has none.
    private Row hear(Row of) {
        ManifestRow row = ManifestRow.of(of);
        try {
            row.requireUsable();
            EmotionModel model = (EmotionModel) WorkerModel.of(by.model()).model();
            Recording recording = by.recordings().of(row);
            return recording == null
                    ? row(row, null, null, null)
                    : row(row, HeardColumns.row(recording.heard(model).kept()), recording.hash(), null);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return row(row, null, null, ModelSource.reason(e));
        }
    }

    private static Row row(ManifestRow of, @Nullable Row heard, @Nullable String audioHash, @Nullable String error) {
        Object[] all = new Object[SCHEMA.length()];
        System.arraycopy(of.cells(), 0, all, 0, FIRST);
        all[FIRST] = heard;
        all[FIRST + 1] = audioHash;
        all[FIRST + 2] = error;
        return RowFactory.create(all);
    }

    /// A row that was heard.
    private record Heard(
            ManifestRow row,
            @Nullable HeardRecording recording,
            @Nullable String audioHash,
            @Nullable String error) {

        static Heard of(ManifestRow of, Row row) {
            return new Heard(
                    of,
                    row.isNullAt(FIRST) ? null : HeardColumns.of(row.getStruct(FIRST)),
                    row.getString(FIRST + 1),
                    row.getString(FIRST + 2));
        }
    }

    /// The answers to the rows of a speaker.
    Iterator<Row> answer(Iterator<Row> sorted) {
        List<ManifestRow> read = new ArrayList<>();
        List<Heard> rows = new ArrayList<>();
        try {
            while (sorted.hasNext()) {
                Row row = sorted.next();
                read.add(ManifestRow.of(row)); // before its features, for which the memory may not do
                rows.add(Heard.of(read.getLast(), row));
            }
            WorkerModel worker = WorkerModel.of(by.model());
            EmotionModel model = adapted((EmotionModel) worker.model(), rows);
            return rows.stream().map(row -> answer(worker, model, row)).iterator();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String reason = ModelSource.reason(e);
            List<Row> refused = new ArrayList<>();
            rows.clear();
            read.forEach(row -> refused.add(by.refused(row, reason)));
            sorted.forEachRemaining(row -> refused.add(by.refused(ManifestRow.of(row), reason)));
            return refused.iterator();
        }
    }

    private static EmotionModel adapted(EmotionModel model, List<Heard> rows) {
        List<HeardRecording> recordings = rows.stream()
                .map(Heard::recording)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        String speaker = rows.getFirst().row().speaker();
        return speaker == null || recordings.size() < FeatureScaling.LEAST_OF_SPEAKER
                ? model
                : model.adaptedTo(speaker, recordings);
    }

    private Row answer(WorkerModel worker, EmotionModel model, Heard heard) {
        ManifestRow row = heard.row();
        String error = heard.error();
        if (error != null) {
            return by.refused(row, error);
        }
        try {
            return by.answered(
                    worker, row, model.predict(heard.recording(), row.text(), row.times()), heard.audioHash());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return by.refused(row, ModelSource.reason(e));
        }
    }
}
