package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.audio.Channel;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.data.WordTimes;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.TextFile;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.Turn;
import dev.parallax.model.attention.Attention;
import dev.parallax.model.document.TalkJson;
import dev.parallax.model.document.TalkWarnings;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.model.turns.AnsweredTalk;
import dev.parallax.model.turns.AnsweredTurn;
import dev.parallax.transcript.Transcript;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Answers inputs on the calling thread, with the documents of `predict --json`.
///
/// @param audioSeconds   of a recording, at most
/// @param textCharacters of a text or a transcript, at most
record Predictor(double audioSeconds, int textCharacters) {

    private static final Pattern CONVERT = Pattern.compile("convert it: ffmpeg .*"); // the remedy for a file
    private static final String EXPLANATION = "explanation";
    private static final String RECORDING = "audio"; // its name in messages

    /// The answer of a model.
    ///
    /// @param channel  of the recording that is heard; the mean of all where there is none
    /// @param deadline is looked at between the turns of a talk
    /// @throws BadInputException when the input cannot be answered
    JsonObject answer(ServedModel served, Input input, Channel channel, Deadline deadline) {
        return answer(served, input, channel, false, deadline);
    }

    /// The same.
    ///
    /// @param isExplained whether it has `explanation` too: where the model looks ([Attention])
    JsonObject answer(ServedModel served, Input input, Channel channel, boolean isExplained, Deadline deadline) {
        if (!channel.isMean() && input.audio() == null) {
            throw new BadInputException("predict: ‹channel› is one of a recording; give it with ‹audio›");
        }
        byte[] transcript = input.transcript();
        return transcript == null
                ? utterance(served, input, channel, isExplained)
                : talk(served, transcript, input, channel, isExplained, deadline);
    }

    private JsonObject utterance(ServedModel served, Input input, Channel channel, boolean isExplained) {
        String text = input.text();
        if (input.audio() == null && text == null) {
            throw new BadInputException("predict: give ‹audio›, ‹text› or both, or ‹transcript›");
        }
        WordTimes times = times(input);
        if (text != null) {
            requireShort(text.length(), Input.TEXT);
        }
        List<String> warnings = new ArrayList<>();
        try (AudioFile recording = recording(input, channel, warnings)) {
            Prediction prediction = switch (served.model()) {
                case EmotionModel model ->
                    model.predict(recording == null ? null : model.hear(recording, warnings, 1), text, times, 1);
                case DialogueModel model -> alone(model, recording, text);
            };
            JsonObject answer = served.json().of(prediction, input.audioHash(), text);
            EmotionModel looking = isExplained ? looking(served.model()) : null;
            return looking == null
                    ? answer
                    : answer.with(
                            EXPLANATION, Attention.of(looking, recording, text).toJson());
        }
    }

    /// The model whose encoders read recordings and texts, or null where there is none.
    private static @Nullable EmotionModel looking(Model model) {
        return switch (model) {
            case EmotionModel emotions -> emotions;
            case DialogueModel dialogues -> dialogues.first();
        };
    }

    private static @Nullable WordTimes times(Input input) {
        String times = input.times();
        String text = input.text();
        if (times != null && (input.audio() == null || text == null)) {
            throw new BadInputException("predict: ‹times› are those of the words of ‹text› in ‹audio›; give both");
        }
        return times == null || text == null ? null : WordTimes.parse(times, text, Input.TIMES);
    }

    /// The answer of a model of dialogues to an utterance without neighbours.
    private static Prediction alone(DialogueModel model, @Nullable AudioFile recording, @Nullable String text) {
        AudioSource source = recording == null ? null : new MemoryAudio(recording.readAll(), RECORDING);
        return model.predict(List.of(new Turn(source, text, null)), 1).getFirst();
    }

    private JsonObject talk(
            ServedModel served, byte[] bytes, Input input, Channel channel, boolean isExplained, Deadline deadline) {
        if (input.text() != null || input.times() != null) {
            throw new BadInputException(
                    "predict: ‹text› and ‹times› are not for ‹transcript›, which says itself what is said and when;"
                            + " leave them out");
        }
        String text = TextFile.decode(bytes, Input.TRANSCRIPT);
        requireShort(text.length(), Input.TRANSCRIPT);
        Transcript transcript = Transcript.parse(text, Input.TRANSCRIPT);
        if (input.audio() != null) {
            transcript.requireTimes(Input.TRANSCRIPT);
        }
        Model model = served.model();
        List<String> warnings = new ArrayList<>();
        if (input.audio() != null && !model.readsAudio()) {
            warnings.add(HeardRecording.NOT_HEARD);
        }
        try (AudioFile recording = recording(input, channel, warnings)) {
            AnsweredTalk talk = AnsweredTalk.of(model, recording, transcript, 1, _ -> deadline.check());
            warnings.addAll(TalkWarnings.of(talk));
            EmotionModel looking = isExplained ? looking(model) : null;
            return new TalkJson(served.json(), model.labels().names())
                    .of(
                            transcript,
                            talk,
                            input.audioHash(),
                            SafeFiles.sha256(bytes),
                            warnings,
                            turn -> looking == null ? Json.object() : explanation(looking, recording, turn, deadline));
        }
    }

    private static JsonObject explanation(
            EmotionModel model, @Nullable AudioFile recording, AnsweredTurn turn, Deadline deadline) {
        deadline.check();
        Segment heard = turn.heard();
        String said = turn.turn().said();
        Attention attention =
                heard == null ? Attention.of(model, null, said) : Attention.of(model, recording, heard, said);
        return Json.object().with(EXPLANATION, attention.toJson());
    }

    private @Nullable AudioFile recording(Input input, Channel channel, List<String> warnings) {
        byte[] bytes = input.audio();
        if (bytes == null) {
            return null;
        }
        AudioFile file = read(bytes, warnings);
        if (file.seconds() > audioSeconds) {
            throw new HttpException(
                    String.format(
                            Locale.ROOT,
                            "audio: has %.1f s, this service answers at most %s s; cut it",
                            file.seconds(),
                            ServiceLimits.seconds(audioSeconds)),
                    Status.REQUEST_ENTITY_TOO_LARGE_413);
        }
        return channel.isMean() ? file : file.withChannel(channel);
    }

    /// What cannot be decoded here cannot be decoded at all: the service starts no other program, and has no file that
    /// its clients could convert.
    private static AudioFile read(byte[] bytes, List<String> warnings) {
        try {
            return AudioFile.of(bytes, RECORDING, warnings::add);
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage()).replace(AudioFile.MORE_FORMATS, AudioFile.FORMATS);
            throw new BadInputException(
                    CONVERT.matcher(message).replaceFirst("convert it before it is sent, to " + AudioFile.FORMATS), e);
        }
    }

    private void requireShort(int length, String name) {
        if (length > textCharacters) {
            throw new HttpException(
                    name + ": has " + length + " characters, this service answers at most " + textCharacters
                            + "; split it",
                    Status.REQUEST_ENTITY_TOO_LARGE_413);
        }
    }
}
