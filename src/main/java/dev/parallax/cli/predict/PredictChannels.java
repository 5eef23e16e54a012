package dev.parallax.cli.predict;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Table;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.document.PredictionJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// `predict --channel each`: an answer for each channel of a recording, such as a call whose parties have one each.
final class PredictChannels {

    private final EmotionModel model;
    private final PredictionJson json;

    /// @param json how answers are written
    PredictChannels(Model model, PredictionJson json) {
        if (!(model instanceof EmotionModel emotions) || !emotions.readsAudio()) {
            throw new BadInputException("predict: --channel each is for models of utterances that listen; this one "
                    + (model.readsAudio() ? "is of dialogues" : "reads text alone"));
        }
        this.model = emotions;
        this.json = json;
    }

    /// Answers and prints.
    void run(AudioArgument recording, int threads, Console console) {
        List<Json> answers = new ArrayList<>();
        List<String> decisions = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        List<String> header = new ArrayList<>(List.of("channel"));
        header.addAll(model.labels().names());
        Table table = new Table(header);
        List<String> opening = new ArrayList<>();
        try (AudioFile file = recording.open(opening::add)) {
            for (AudioFile channel : recording.heard(file)) {
                Prediction prediction =
                        model.predict(model.hear(channel, new ArrayList<>(opening), threads), null, null);
                told.addAll(prediction.warnings());
                String label = file.channels() == 1
                        ? "the only channel"
                        : channel.channel().toString();
                Answer answer = Objects.requireNonNull(prediction.audio(), "the model listens");
                table.row(
                        label,
                        answer.probabilities().stream().map(Table::number).toList());
                decisions.add("decision of " + label + ": " + PredictCommand.said(prediction));
                answers.add(
                        json.of(prediction).with("channel", channel.channel().number()));
            }
        }
        if (console.isJson()) {
            console.result(json.whole("channels", answers, recording.hash(), List.copyOf(told)));
        } else {
            told.forEach(console::warn);
        }
        console.print(table.lines());
        console.print(decisions);
    }
}
