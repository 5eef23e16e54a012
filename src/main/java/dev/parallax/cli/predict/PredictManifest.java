package dev.parallax.cli.predict;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.audio.Channel;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.corpus.ManifestTable;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Printable;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.Turn;
import dev.parallax.model.document.PredictionJson;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.setup.Remarks;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `predict --manifest`: one line of JSON per row, in the order of the rows. A row that cannot be answered gets the
/// reason as its line, and the others go on. A model of dialogues answers the rows of a dialogue together.
final class PredictManifest {

    private final PredictionJson json;
    private final ManifestTable table;
    private final List<ManifestTable.Row> rows;
    private final boolean ofDialogues;
    private final Function<List<ManifestTable.Row>, List<Prediction>> answering;
    private final Console console;

    /// @param json     how answers are written
    /// @param manifest a table with the columns id, audio, text (one of these two will do), for a model
    ///                 of dialogues also dialogue, turn and speaker; paths are relative to it
    /// @param root     where its recordings lie, null for beside it
    /// @param channel  of each recording that is used
    /// @param adapt    whether features are adapted to speakers with enough recordings
    /// @param threads  at most, for that
    static PredictManifest of(
            Model model,
            PredictionJson json,
            Path manifest,
            @Nullable Path root,
            Channel channel,
            boolean adapt,
            int threads,
            Console console) {
        ManifestTable table = ManifestTable.readRowByRow(manifest, root);
        SpeakerModels models = SpeakerModels.of(model, table.rows(), channel, adapt, threads, console);
        PredictManifest answering = new PredictManifest(
                table, model instanceof DialogueModel, json, rows -> answer(models, rows, channel), console);
        answering.requireColumns();
        return answering;
    }

    private void requireColumns() {
        table.requireAudioOrText();
        if (ofDialogues) {
            table.requireDialogue("this is a model of dialogues, and there is ");
        }
    }

    /// @param ofDialogues whether the rows of a dialogue are answered together, in the order of their turns
    /// @param answering   the message about such rows
    PredictManifest(
            ManifestTable table,
            boolean ofDialogues,
            PredictionJson json,
            Function<List<ManifestTable.Row>, List<Prediction>> answering,
            Console console) {
        this.table = table;
        this.rows = table.rows();
        this.ofDialogues = ofDialogues;
        this.json = json;
        this.answering = answering;
        this.console = console;
    }

    /// Answers all rows, some at a time on several threads.
    ///
    /// @return the exit code
    int run(int threads) {
        table.notes().forEach(note -> console.log("manifest: " + note));
        table.warnings().forEach(warning -> console.warn("manifest: " + warning));
        warnOfSameIds();
        if (rows.isEmpty()) {
            console.log("manifest: there is no line below the header, so there is nothing to answer");
        }
        List<List<Integer>> units = units();
        @Nullable JsonObject[] answers = new JsonObject[rows.size()];
        int failed = 0;
        int told = 0;
        try (Remarks.Progress progress = console.progress("predict", rows.size());
                Workers workers = new Workers(threads)) {
            int block = 4 * threads;
            for (int from = 0; from < units.size() && !console.isDeaf(); from += block) {
                answer(units.subList(from, Math.min(units.size(), from + block)), workers, answers);
                for (; told < answers.length && answers[told] != null; told++) {
                    JsonObject answer = Objects.requireNonNull(answers[told]);
                    answers[told] = Json.object(); // printed: its memory is free for the others
                    console.jsonLine(answer);
                    failed += answer.has("error") ? 1 : 0;
                    progress.advance(1);
                }
            }
        }
        if (failed > 0) {
            console.log(failed + " of " + Count.of(rows.size(), "row") + " could not be answered; "
                    + (failed == 1 ? "its line says why" : "their lines say why"));
        }
        return failed > 0 ? Command.CHECK_FAILED : Command.DONE;
    }

    private void warnOfSameIds() {
        Map<String, Integer> lines = new HashMap<>();
        List<String> same = new ArrayList<>();
        for (ManifestTable.Row row : rows) {
            Integer former = lines.putIfAbsent(row.id(), row.line());
            if (former != null) {
                same.add("\"" + row.id() + "\" of line " + row.line() + " stands already in line " + former);
            }
        }
        if (!same.isEmpty()) {
            console.warn("manifest: " + (same.size() == 1 ? "an id stands" : same.size() + " ids stand")
                    + " twice (the first: " + same.getFirst() + "), so answers have the same id");
        }
    }

    /// The numbers of the rows that are answered together.
    private List<List<Integer>> units() {
        Map<String, List<Integer>> units = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String dialogue = ofDialogues && rows.get(i).isSound() ? rows.get(i).dialogue() : null;
            String unit = dialogue == null ? "row " + i : "dialogue " + dialogue;
            units.computeIfAbsent(unit, _ -> new ArrayList<>()).add(i);
        }
        return List.copyOf(units.values());
    }

    /// Answers some units at once. Those that ran out of memory are tried again, each by itself, so that a large
    /// row does not harm its neighbours.
    private void answer(List<List<Integer>> units, Workers workers, @Nullable JsonObject[] answers) {
        boolean[] isOutOfMemory = new boolean[units.size()];
        workers.forEach(units.size(), i -> {
            try {
                answer(units.get(i), answers);
            } catch (OutOfMemoryError e) {
                isOutOfMemory[i] = true;
            }
        });
        for (int i = 0; i < isOutOfMemory.length; i++) {
            if (isOutOfMemory[i]) {
                answerAlone(units.get(i), answers);
            }
        }
    }

    private void answerAlone(List<Integer> unit, @Nullable JsonObject[] answers) {
        try {
            answer(unit, answers);
        } catch (OutOfMemoryError e) {
            fail(unit, "out of memory for this row; give it more: PARALLAX_JAVA_OPTS=-Xmx4g bin/parallax ...", answers);
            console.trace(e);
        }
    }

    private static @Nullable String hash(ManifestTable.Row row) {
        Path audio = row.audio();
        return audio == null ? null : AudioArgument.hash(audio);
    }

    /// Answers some rows together.
    private void answer(List<Integer> unit, @Nullable JsonObject[] answers) {
        try {
            List<Integer> ordered = new ArrayList<>(unit);
            ordered.sort(Comparator.comparingInt(i -> rows.get(i).turn()));
            List<Prediction> predictions =
                    answering.apply(ordered.stream().map(rows::get).toList());
            for (int i = 0; i < ordered.size(); i++) {
                ManifestTable.Row row = rows.get(ordered.get(i));
                answers[ordered.get(i)] =
                        named(ordered.get(i)).with(json.of(predictions.get(i), hash(row), row.text()));
            }
        } catch (BadInputException | ShapeException | BackendException e) {
            fail(unit, OptionNames.in(String.valueOf(e.getMessage())), answers);
        } catch (RuntimeException | StackOverflowError e) {
            fail(unit, console.internal(e), answers);
            console.trace(e);
        }
    }

    private void fail(List<Integer> unit, String why, @Nullable JsonObject[] answers) {
        unit.forEach(i -> answers[i] = named(i).with("error", Printable.shortened(why)));
    }

    private static List<Prediction> answer(SpeakerModels models, List<ManifestTable.Row> rows, Channel channel) {
        rows.forEach(ManifestTable.Row::requireAudioOrText);
        return switch (models.of(rows.getFirst())) {
            case EmotionModel emotions -> {
                ManifestTable.Row row = rows.getFirst();
                yield List.of(predict(emotions, models.take(row), recording(row, channel), row));
            }
            case DialogueModel dialogues ->
                dialogues.predict(rows.stream().map(row -> turn(row, channel)).toList());
        };
    }

    /// @param heard the cached features of the recording, or null
    private static Prediction predict(
            EmotionModel model, @Nullable HeardRecording heard, @Nullable FileAudio recording, ManifestTable.Row row) {
        if (heard != null || recording == null) {
            return model.predict(heard, row.text(), row.times());
        }
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = recording.open(warnings::add)) {
            return model.predict(model.hear(file, warnings, 1), row.text(), row.times());
        }
    }

    private static @Nullable FileAudio recording(ManifestTable.Row row, Channel channel) {
        Path audio = row.audio();
        return audio == null ? null : new FileAudio(audio, channel);
    }

    private static Turn turn(ManifestTable.Row row, Channel channel) {
        return new Turn(recording(row, channel), row.text(), row.speaker());
    }

    private JsonObject named(int number) {
        return Json.object().with("id", rows.get(number).id());
    }
}
