package dev.parallax.transcript;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The JSON of Whisper, faster-whisper and whisperX: segments with `start`, `end` and `text`, perhaps `words` and a
/// `speaker`; either in a field `segments`, or as the whole document.
///
///     {"segments": [{"start": 1.0, "end": 4.0, "text": " so glad", "speaker": "SPEAKER_00",
///                    "words": [{"word": " so", "start": 1.0, "end": 1.4}, ...]}]}
///
/// The words are used where each has its times, and they are those of the text; whisperX gives none to numerals.
record WhisperJson() implements TranscriptFormat {

    private static final Pattern DOCUMENT = Pattern.compile("\\s*(?:\\{|\\[\\s*[{\\]])");

    @Override
    public String title() {
        return "JSON of Whisper";
    }

    @Override
    public boolean begins(String text) {
        return DOCUMENT.matcher(text).lookingAt();
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        JsonArray segments = switch (Json.parse(text, where)) {
            case JsonArray whole -> whole;
            case JsonObject document when document.get("segments") instanceof JsonArray inside -> inside;
            case JsonObject document
            when document.get("transcription") instanceof JsonArray ->
                throw new BadInputException(where + ": is the JSON of whisper.cpp, whose times are words such as"
                        + " \"00:00:01,000\"; let it write SubRip (-osrt)");
            default ->
                throw new BadInputException(
                        where + ": this JSON has no array \"segments\", as that of Whisper and whisperX has;"
                                + " each of them has \"start\", \"end\" and \"text\"");
        };
        List<SpokenTurn> turns = new ArrayList<>();
        for (JsonObject segment : segments.objects()) {
            String said = Lines.spaced(segment.text("text"));
            Span span = new Span(segment.number("start"), segment.number("end"));
            String speaker = segment.get("speaker") instanceof Json.Text(String name) ? Lines.spaced(name) : null;
            String named = speaker == null || speaker.isEmpty() ? null : speaker;
            turns.add(new SpokenTurn(span, named, words(segment, said), said));
        }
        return turns;
    }

    private static List<SpokenWord> words(JsonObject segment, String said) {
        if (!(segment.get("words") instanceof JsonArray all)) {
            return List.of();
        }
        List<SpokenWord> words = new ArrayList<>();
        for (Json item : all.items()) {
            SpokenWord word = item instanceof JsonObject object ? word(object) : null;
            if (word == null) {
                return List.of();
            }
            words.add(word);
        }
        String joined = Lines.joined(words.stream().map(SpokenWord::text).toList());
        return joined.equals(said) ? words : List.of();
    }

    private static @Nullable SpokenWord word(JsonObject object) {
        return object.get("word") instanceof Json.Text(String text)
                        && isNumber(object.get("start"))
                        && isNumber(object.get("end"))
                ? new SpokenWord(text.strip(), new Span(object.number("start"), object.number("end")))
                : null;
    }

    private static boolean isNumber(@Nullable Json value) {
        return value instanceof Json.Whole || value instanceof Json.Real;
    }
}
