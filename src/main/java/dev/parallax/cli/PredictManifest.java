package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.AudioFile;
import dev.parallax.audio.Channel;
import dev.parallax.data.FileAudio;
import dev.parallax.data.WordTimes;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.Turn;
import dev.parallax.train.Workers;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `predict --manifest`: one line of JSON a row, in the order of the rows; a row that cannot be answered says why
/// and the others go on. A model of dialogues answers the rows of a dialogue together.
final class PredictManifest {

    private final Model model;
    private final String name;
    private final Csv csv;
    private final Path folder;
    private final Channel channel;

    /// @param name     what results call the model
    /// @param manifest a CSV with the columns id, audio, text (one of these two will do), for a model of dialogues
    ///                 also dialogue, turn and speaker; paths are relative to it
    /// @param channel  of each recording that is heard
    PredictManifest(Model model, String name, Path manifest, Channel channel) {
        this.model = model;
        this.name = name;
        this.channel = channel;
        this.csv = Csv.read(manifest);
        Path parent = manifest.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? Path.of("/") : parent;
        if (!csv.has("audio") && !csv.has("text")) {
            throw new BadInputException(manifest + ": there is no column \"audio\" and no column \"text\", only "
                    + csv.header() + "; name one of them so");
        }
        if (model instanceof DialogueModel && !csv.has("dialogue")) {
            throw new BadInputException(
                    manifest + ": this is a model of dialogues, and there is no column \"dialogue\"," + " only "
                            + csv.header() + "; say which dialogue each row is from");
        }
    }

    /// Answers all rows, some at a time on several threads.
    ///
    /// @return the exit code
    int run(int threads, Console console) {
        List<Csv.Row> rows = csv.rows();
        List<List<Integer>> units = units(rows);
        @Nullable JsonObject[] answers = new JsonObject[rows.size()];
        int failed = 0;
        int told = 0;
        try (Progress progress = console.progress("predict", rows.size());
                Workers workers = new Workers(threads)) {
            int block = 4 * threads;
            for (int from = 0; from < units.size() && !console.isDeaf(); from += block) {
                List<List<Integer>> some = units.subList(from, Math.min(units.size(), from + block));
                workers.forEach(some.size(), i -> answer(some.get(i), answers));
                for (; told < answers.length && answers[told] != null; told++) {
                    JsonObject answer = Objects.requireNonNull(answers[told]);
                    console.jsonLine(answer);
                    failed += answer.has("error") ? 1 : 0;
                    progress.advance(1);
                }
            }
        }
        if (failed > 0) {
            console.log(failed + " of " + rows.size() + " rows could not be answered; their lines say why");
        }
        return failed > 0 ? Command.CHECK_FAILED : Command.DONE;
    }

    /// The numbers of the rows that are answered together, in the order of their turns.
    private List<List<Integer>> units(List<Csv.Row> rows) {
        Map<String, List<Integer>> units = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String dialogue = model instanceof DialogueModel ? cell(rows.get(i), "dialogue") : null;
            String name = dialogue == null ? "row " + i : "dialogue " + dialogue;
            units.computeIfAbsent(name, _ -> new ArrayList<>()).add(i);
        }
        units.values().forEach(unit -> unit.sort(Comparator.comparingInt(i -> turn(rows.get(i)))));
        return List.copyOf(units.values());
    }

    private int turn(Csv.Row row) {
        String turn = cell(row, "turn");
        if (turn == null) {
            return -1;
        }
        if (!turn.matches("\\d{1,9}")) {
            throw new BadInputException(row.where() + ": turn \"" + turn + "\" is not a whole number from 0");
        }
        return Integer.parseInt(turn);
    }

    /// Answers some rows together.
    private void answer(List<Integer> unit, @Nullable JsonObject[] answers) {
        try {
            List<Prediction> predictions = predictions(unit);
            for (int i = 0; i < unit.size(); i++) {
                JsonObject json = named(unit.get(i));
                JsonObject prediction = PredictCommand.json(predictions.get(i), name);
                for (var field : prediction.fields().entrySet()) {
                    json = json.with(field.getKey(), field.getValue());
                }
                answers[unit.get(i)] = json;
            }
        } catch (BadInputException e) {
            unit.forEach(i -> answers[i] = named(i).with("error", String.valueOf(e.getMessage())));
        }
    }

    private List<Prediction> predictions(List<Integer> unit) {
        return switch (model) {
            case EmotionModel emotions -> {
                Csv.Row row = csv.rows().get(unit.getFirst());
                String audio = cell(row, "audio");
                FileAudio recording = audio == null ? null : new FileAudio(inside(audio, row), channel);
                String text = cell(row, "text");
                String times = cell(row, "times");
                WordTimes known = times == null || text == null ? null : WordTimes.parse(times, text, row.where());
                yield List.of(
                        recording == null
                                ? emotions.predict((Audio) null, text)
                                : predict(emotions, recording, text, known));
            }
            case DialogueModel dialogues ->
                dialogues.predict(
                        unit.stream().map(i -> turnOf(csv.rows().get(i))).toList());
        };
    }

    private static Prediction predict(
            EmotionModel model, FileAudio recording, @Nullable String text, @Nullable WordTimes times) {
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = recording.open(warnings::add)) {
            return model.predict(file, text, times, 1, warnings);
        }
    }

    private Turn turnOf(Csv.Row row) {
        String audio = cell(row, "audio");
        String text = cell(row, "text");
        if (audio == null && text == null) {
            throw new BadInputException(row.where() + ": there is neither audio nor text; give one of them");
        }
        FileAudio recording = audio == null ? null : new FileAudio(inside(audio, row), channel);
        return new Turn(recording, text, cell(row, "speaker"));
    }

    private JsonObject named(int number) {
        Csv.Row row = csv.rows().get(number);
        String named = cell(row, "id");
        String audio = cell(row, "audio");
        return Json.object().with("id", named != null ? named : audio != null ? audio : "line-" + row.line());
    }

    private @Nullable String cell(Csv.Row row, String column) {
        String value = csv.has(column) ? row.get(column).strip() : "";
        return value.isEmpty() ? null : value;
    }

    /// A manifest from elsewhere must not make anyone read other files of theirs.
    private Path inside(String audio, Csv.Row row) {
        try {
            Path given = Path.of(audio);
            Path path = folder.resolve(given).normalize();
            if (given.isAbsolute() || !path.startsWith(folder)) {
                throw new BadInputException(row.where() + ": audio \"" + audio + "\" leaves the manifest's folder "
                        + folder + "; put the recordings beside the manifest and write paths relative to it");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new BadInputException(row.where() + ": audio \"" + audio + "\" is no path: " + e.getReason(), e);
        }
    }
}
