package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.train.Workers;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `predict --manifest`: one line of JSON a row, in the order of the rows; a row that cannot be answered says why and
/// the others go on.
final class PredictManifest {

    private final EmotionModel model;
    private final Path file;
    private final Csv csv;
    private final Path folder;

    /// @param file     where the model came from
    /// @param manifest a CSV with the columns id, audio, text (one of these two will do); paths are relative to it
    PredictManifest(EmotionModel model, Path file, Path manifest) {
        this.model = model;
        this.file = file;
        this.csv = Csv.read(manifest);
        Path parent = manifest.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? Path.of("/") : parent;
        if (!csv.has("audio") && !csv.has("text")) {
            throw new BadInputException(manifest + ": there is no column \"audio\" and no column \"text\", only "
                    + csv.header() + "; name one of them so");
        }
    }

    /// Answers all rows, some at a time on several threads.
    ///
    /// @return the exit code
    int run(int threads, Console console) {
        List<Csv.Row> rows = csv.rows();
        int failed = 0;
        try (Progress progress = console.progress("predict", rows.size());
                Workers workers = new Workers(threads)) {
            int block = 4 * threads;
            for (int from = 0; from < rows.size() && !console.isDeaf(); from += block) {
                List<Csv.Row> some = rows.subList(from, Math.min(rows.size(), from + block));
                JsonObject[] answers = new JsonObject[some.size()];
                workers.forEach(some.size(), i -> answers[i] = answer(some.get(i)));
                for (JsonObject answer : answers) {
                    console.jsonLine(answer);
                    failed += answer.has("error") ? 1 : 0;
                }
                progress.advance(some.size());
            }
        }
        if (failed > 0) {
            console.log(failed + " of " + rows.size() + " rows could not be answered; their lines say why");
        }
        return failed > 0 ? Command.CHECK_FAILED : Command.DONE;
    }

    private JsonObject answer(Csv.Row row) {
        String audio = cell(row, "audio");
        String text = cell(row, "text");
        String named = cell(row, "id");
        String id = named != null ? named : audio != null ? audio : "line-" + row.line();
        JsonObject json = Json.object().with("id", id);
        try {
            Path recording = audio == null ? null : inside(audio, row);
            JsonObject prediction = PredictCommand.json(PredictCommand.predict(model, recording, text), file);
            for (var field : prediction.fields().entrySet()) {
                json = json.with(field.getKey(), field.getValue());
            }
            return json;
        } catch (BadInputException e) {
            return json.with("error", String.valueOf(e.getMessage()));
        }
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
