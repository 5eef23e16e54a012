package dev.parallax.cli.predict;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Channel;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.speech.Segmentation;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import java.util.ArrayList;
import java.util.List;

/// The answer to a stretch of speech of a long recording, found by its energy.
///
/// @param from its start [s]
/// @param to   its end, exclusive [s]
public record SpeechStretch(double from, double to, Channel channel, Prediction prediction) {

    /// The model that is asked for stretches.
    ///
    /// @param command the start of the message
    /// @throws BadInputException when it does not listen, or is of dialogues
    public static EmotionModel listener(Model model, String command) {
        if (model instanceof EmotionModel emotions && emotions.readsAudio()) {
            return emotions;
        }
        throw new BadInputException(command + ": --segments is for models of utterances that listen; this one "
                + (model.readsAudio() ? "is of dialogues" : "reads text alone"));
    }

    /// The answers to all stretches of a recording, or of one channel of it, which is read stretch by stretch.
    ///
    /// @param threads at most, on which no answer depends
    /// @return empty where nobody speaks
    public static List<SpeechStretch> of(EmotionModel model, AudioFile file, int threads) {
        double rate = file.sampleRate();
        List<SpeechStretch> stretches = new ArrayList<>();
        for (Segment segment : Segmentation.STANDARD.of(file)) {
            Audio speech = file.read(segment.start(), Math.toIntExact(segment.length()));
            Prediction prediction = model.predict(model.hear(speech, threads), null, null);
            stretches.add(new SpeechStretch(segment.start() / rate, segment.end() / rate, file.channel(), prediction));
        }
        return stretches;
    }

    /// What is to be known of a recording without any.
    ///
    /// @param name of the recording
    public static String noSpeech(String name) {
        return "nobody speaks in " + name + ", as far as its energy tells; leave --segments out to hear all of it";
    }

    /// Its JSON; it names the channel where each is answered by itself.
    public JsonObject toJson() {
        JsonObject all = prediction.toJson();
        JsonObject json = Json.object().with("from", from).with("to", to);
        return (channel.isMean() ? json : json.with("channel", channel.number()))
                .with("audio", all.get("audio") instanceof JsonObject audio ? audio : new Json.Null());
    }
}
