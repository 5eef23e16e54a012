package dev.parallax.cli.predict;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.speech.Segmentation;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Table;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
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
        if (!(model instanceof EmotionModel emotions) || !emotions.readsAudio()) {
            throw new BadInputException("predict: --segments is for models of utterances that listen; this one "
                    + (model.readsAudio() ? "is of dialogues" : "reads text alone"));
        }
        this.model = emotions;
        this.json = json;
    }

    /// The answer to a stretch of speech.
    ///
    /// @param from its start [s]
    /// @param to   its end, exclusive [s]
    private record Stretch(double from, double to, Channel channel, Prediction prediction) {}

    /// Answers and prints: the stretches of all chosen channels, in the order of time.
    void run(AudioArgument recording, int threads, Console console) {
        List<String> warnings = new ArrayList<>();
        List<Stretch> stretches = new ArrayList<>();
        try (AudioFile file = recording.open(warnings::add)) {
            for (AudioFile channel : recording.heard(file)) {
                stretches.addAll(answers(channel, warnings, threads));
            }
            stretches.sort(Comparator.comparingDouble(Stretch::from)
                    .thenComparingInt(stretch -> stretch.channel().number()));
        }
        if (stretches.isEmpty()) {
            warnings.add("nobody speaks in " + recording.path()
                    + ", as far as its energy tells; leave --segments out to" + " hear all of it");
        }
        print(stretches, warnings, recording, console);
    }

    private List<Stretch> answers(AudioFile file, List<String> warnings, int threads) {
        double rate = file.sampleRate();
        List<Stretch> stretches = new ArrayList<>();
        for (Segment segment : Segmentation.STANDARD.of(file)) {
            Audio speech = file.read(segment.start(), Math.toIntExact(segment.length()));
            Prediction prediction = model.predict(model.hear(speech, threads), null, null);
            prediction.warnings().stream()
                    .filter(warning -> !warnings.contains(warning))
                    .forEach(warnings::add);
            stretches.add(new Stretch(segment.start() / rate, segment.end() / rate, file.channel(), prediction));
        }
        return stretches;
    }

    private void print(List<Stretch> stretches, List<String> warnings, AudioArgument recording, Console console) {
        if (console.isJson()) {
            List<Json> answers =
                    stretches.stream().<Json>map(PredictSegments::json).toList();
            console.result(Json.object()
                    .with("labels", model.labels().names())
                    .with(json.whole("segments", answers, recording.hash(), warnings)));
            return;
        }
        warnings.forEach(console::warn);
        Table table = new Table(header());
        for (Stretch stretch : stretches) {
            String times =
                    times(stretch.from, stretch.to) + (recording.channel() == null ? ", " + stretch.channel : "");
            table.row(times, cells(stretch.prediction.decision()));
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

    /// The JSON of one stretch; it names the channel where each is answered by itself.
    private static JsonObject json(Stretch stretch) {
        JsonObject all = stretch.prediction.toJson();
        JsonObject json = Json.object().with("from", stretch.from).with("to", stretch.to);
        return (stretch.channel.isMean() ? json : json.with("channel", stretch.channel.number()))
                .with("audio", all.get("audio") instanceof JsonObject audio ? audio : new Json.Null());
    }
}
