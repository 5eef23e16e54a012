package dev.parallax.cli.predict;

import dev.parallax.audio.file.AudioFile;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Table;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.document.PredictionJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// `predict --segments`: an answer for each stretch of speech of a long recording, which is read stretch by
/// stretch.
final class PredictSegments {

    private final EmotionModel model;
    private final PredictionJson json;

    /// @param json how answers are written
    PredictSegments(Model model, PredictionJson json) {
        this.model = SpeechStretch.listener(model, "predict");
        this.json = json;
    }

    /// Answers and prints: the stretches of all chosen channels, in the order of time.
    void run(AudioArgument recording, int threads, Console console) {
        List<String> warnings = new ArrayList<>();
        List<SpeechStretch> stretches = new ArrayList<>();
        try (AudioFile file = recording.open(warnings::add)) {
            for (AudioFile channel : recording.heard(file)) {
                stretches.addAll(answers(channel, warnings, threads));
            }
            stretches.sort(Comparator.comparingDouble(SpeechStretch::from)
                    .thenComparingInt(stretch -> stretch.channel().number()));
        }
        if (stretches.isEmpty()) {
            warnings.add(SpeechStretch.noSpeech(recording.path().toString()));
        }
        print(stretches, warnings, recording, console);
    }

    private List<SpeechStretch> answers(AudioFile file, List<String> warnings, int threads) {
        List<SpeechStretch> stretches = SpeechStretch.of(model, file, threads);
        stretches.stream()
                .flatMap(stretch -> stretch.prediction().warnings().stream())
                .filter(warning -> !warnings.contains(warning))
                .distinct()
                .forEach(warnings::add);
        return stretches;
    }

    private void print(List<SpeechStretch> stretches, List<String> warnings, AudioArgument recording, Console console) {
        if (console.isJson()) {
            List<Json> answers =
                    stretches.stream().<Json>map(SpeechStretch::toJson).toList();
            console.result(Json.object()
                    .with("labels", model.labels().names())
                    .with(json.whole("segments", answers, recording.hash(), warnings)));
            return;
        }
        warnings.forEach(console::warn);
        Table table = new Table(header());
        for (SpeechStretch stretch : stretches) {
            String times =
                    times(stretch.from(), stretch.to()) + (recording.channel() == null ? ", " + stretch.channel() : "");
            table.row(times, cells(stretch.prediction().decision()));
        }
        if (!stretches.isEmpty()) {
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
}
