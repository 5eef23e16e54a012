package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.audio.AudioFile;
import dev.parallax.audio.Segment;
import dev.parallax.audio.Segmentation;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Answer;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `predict --segments`: an answer for each stretch of speech of a long recording, which is read stretch by
/// stretch.
final class PredictSegments {

    private final EmotionModel model;
    private final String name;

    /// @param name what results call the model
    PredictSegments(Model model, String name) {
        if (!(model instanceof EmotionModel emotions) || !emotions.readsAudio()) {
            throw new BadInputException("predict: --segments is for models of utterances that listen; this one "
                    + (model.readsAudio() ? "is of dialogues" : "reads text alone"));
        }
        this.model = emotions;
        this.name = name;
    }

    /// Answers and prints.
    void run(Path audio, int threads, Console console) {
        List<String> warnings = new ArrayList<>();
        List<Json> json = new ArrayList<>();
        Table table = new Table(header());
        try (AudioFile file = AudioFile.open(audio, warnings::add)) {
            double rate = file.sampleRate();
            List<Segment> segments = Segmentation.STANDARD.of(file);
            for (Segment segment : segments) {
                Prediction prediction =
                        model.predict(file.read(segment.start(), Math.toIntExact(segment.length())), null, threads);
                prediction.warnings().stream()
                        .filter(warning -> !warnings.contains(warning))
                        .forEach(warnings::add);
                double from = segment.start() / rate;
                double to = segment.end() / rate;
                json.add(json(prediction, from, to));
                table.row(times(from, to), cells(prediction.decision()));
            }
            if (segments.isEmpty()) {
                warnings.add("nobody speaks in " + audio + ", as far as its energy tells; leave --segments out to hear"
                        + " all of it");
            }
        }
        if (console.isJson()) {
            console.result(Json.object()
                    .with("labels", model.labels().names())
                    .with("segments", Json.array(json))
                    .with("model", name)
                    .with("warnings", warnings));
            return;
        }
        warnings.forEach(console::warn);
        if (!json.isEmpty()) {
            console.print(table.lines());
        }
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("seconds", "answer"));
        header.addAll(model.labels().names());
        return header;
    }

    private static String times(double from, double to) {
        return String.format(Locale.ROOT, "%.2f to %.2f", from, to);
    }

    private static List<String> cells(Answer answer) {
        List<String> cells = new ArrayList<>();
        cells.add(answer.sure() ? answer.label() : "not sure; " + answer.label() + "?");
        answer.probabilities().stream().map(Table::number).forEach(cells::add);
        return cells;
    }

    private static JsonObject json(Prediction prediction, double from, double to) {
        JsonObject all = prediction.toJson();
        return Json.object()
                .with("from", from)
                .with("to", to)
                .with("audio", all.get("audio") instanceof JsonObject audio ? audio : new Json.Null());
    }
}
