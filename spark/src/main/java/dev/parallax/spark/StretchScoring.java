package dev.parallax.spark;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.cli.predict.SpeechStretch;
import dev.parallax.spark.Recordings.Recording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/// Answers each stretch of speech of long recordings by itself, as `predict --segments` does: a row becomes as many as
/// it has stretches.
///
/// @param by answers a row
record StretchScoring(Scoring by) implements Serializable {

    Dataset<Row> answer(Dataset<Row> table) {
        return table.flatMap(
                (FlatMapFunction<Row, Row>) row -> answer(ManifestRow.of(row)), Encoders.row(AnswerColumns.TABLE));
    }

    private Iterator<Row> answer(ManifestRow row) {
        List<String> warnings = new ArrayList<>();
        try {
            row.requireUsable();
            WorkerModel worker = WorkerModel.of(by.model());
            Recording recording = by.recordings().of(row);
            if (recording == null) {
                throw new BadInputException(row.where() + ": there is no recording in which somebody may speak; name"
                        + " one, or leave --segments out");
            }
            String hash = recording.hash();
            List<SpeechStretch> stretches;
            try (AudioFile file = recording.open(warnings::add)) {
                stretches = SpeechStretch.of(SpeechStretch.listener(worker.model(), "score"), file, 1);
            }
            if (stretches.isEmpty()) {
                throw new BadInputException(SpeechStretch.noSpeech(recording.name()));
            }
            return stretches.stream()
                    .map(stretch -> answered(worker, row, stretch, warnings, hash))
                    .iterator();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return List.of(by.refused(row, ModelSource.reason(e))).iterator();
        }
    }

    private Row answered(
            WorkerModel worker, ManifestRow row, SpeechStretch stretch, List<String> opening, String hash) {
        List<String> warnings = Stream.concat(opening.stream(), stretch.prediction().warnings().stream())
                .distinct()
                .toList();
        return AnswerColumns.row(
                row,
                stretch,
                AnswerColumns.answer(worker, stretch.prediction(), warnings, hash),
                by.asJson() ? Scoring.line(row, stretch.toJson()) : null);
    }
}
