package dev.parallax.transcript;

import dev.parallax.BadInputException;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The JSON of Whisper and of those that run it. Segments with `start`, `end` and `text`, perhaps `words`
/// and a `speaker`, in a field `segments` or as the whole document, are of Whisper, faster-whisper and
/// whisperX:
///
///     {"segments": [{"start": 1.0, "end": 4.0, "text": " so glad", "speaker": "SPEAKER_00",
///                    "words": [{"word": " so", "start": 1.0, "end": 1.4}, ...]}]}
///
/// The words are used where each has its times, and they are those of the text; whisperX gives none to numerals.
///
/// `transcription` is of whisper.cpp, with `offsets` in milliseconds, and `chunks` of the pipelines of
/// Hugging Face, with a `timestamp` of two seconds:
///
///     {"transcription": [{"offsets": {"from": 1000, "to": 4000}, "text": " so glad"}]}
///     {"chunks": [{"timestamp": [1.0, 4.0], "text": " so glad"}]}
///
/// Where all chunks are single words, [WordGroups] makes turns of them. A chunk may lack its end: it ends where the
/// next one begins, and 30 s after its start at the latest, as Whisper's window does.
///
/// A text is JSON that begins with `{`, or with brackets before what no sentence has there: `[{`, `[[{`, `[]`, `["`,
/// `[[1`, or brackets alone. Such a text that is no JSON is refused. `[laughs] yes` is plain text, and so is
/// `[0:01 --> 0:02] yes`.
record WhisperJson() implements TranscriptFormat {

    private static final double WINDOW = 30; // seconds that Whisper hears at once
    private static final double MILLIS = 1000;

    @Override
    public String title() {
        return "JSON of Whisper";
    }

    @Override
    public boolean begins(String text) {
        int at = 0;
        int brackets = 0;
        while (at < text.length() && (text.charAt(at) == '[' || Character.isWhitespace(text.charAt(at)))) {
            brackets += text.charAt(at) == '[' ? 1 : 0;
            at++;
        }
        char next = at < text.length() ? text.charAt(at) : ']';
        return next == '{'
                || (brackets > 0 && (next == ']' || next == '"'))
                || (brackets > 1 && (next == '-' || Character.isDigit(next)));
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        Json document = Json.parse(text, where);
        if (document instanceof JsonArray list
                && list.items().size() == 1
                && list.items().getFirst() instanceof JsonObject one
                && one.get("chunks") != null) {
            document = one; // of a pipeline that was given a list of one recording
        }
        if (document instanceof JsonArray whole) {
            return turns(whole, WhisperJson::seconds);
        }
        JsonObject fields = (JsonObject) document;
        if (fields.get("segments") instanceof JsonArray segments) {
            return turns(segments, WhisperJson::seconds);
        }
        if (fields.get("transcription") instanceof JsonArray segments) {
            return turns(segments, WhisperJson::offsets);
        }
        if (fields.get("chunks") instanceof JsonArray chunks) {
            return ofChunks(ended(chunks, where, notes), notes);
        }
        throw new BadInputException(
                where + ": this JSON has no array \"segments\", as that of Whisper and whisperX has;"
                        + " each of them has \"start\", \"end\" and \"text\"");
    }

    private static List<SpokenTurn> turns(JsonArray segments, Function<JsonObject, Span> span) {
        List<SpokenTurn> turns = new ArrayList<>();
        for (JsonObject segment : segments.objects()) {
            String said = Lines.spaced(segment.text("text"));
            String speaker = segment.get("speaker") instanceof Json.Text(String name) ? Lines.spaced(name) : null;
            String named = speaker == null || speaker.isEmpty() ? null : speaker;
            turns.add(new SpokenTurn(span.apply(segment), named, words(segment, said), said));
        }
        return turns;
    }

    private static Span seconds(JsonObject segment) {
        return new Span(segment.number("start"), segment.number("end"));
    }

    private static Span offsets(JsonObject segment) {
        JsonObject offsets = segment.object("offsets");
        return new Span(offsets.number("from") / MILLIS, offsets.number("to") / MILLIS);
    }

    /// Chunks that all have an end.
    private static List<SpokenTurn> ended(JsonArray chunks, String where, Consumer<String> notes) {
        NavigableSet<Double> starts = new TreeSet<>();
        chunks.objects().forEach(chunk -> starts.add(timestamp(chunk, where).start));
        List<Timestamp> endless = new ArrayList<>();
        List<SpokenTurn> turns = turns(chunks, chunk -> {
            Timestamp time = timestamp(chunk, where);
            if (time.end.isPresent()) {
                return new Span(time.start, time.end.getAsDouble());
            }
            endless.add(time);
            Double next = starts.higher(time.start);
            double last = time.start + WINDOW;
            return new Span(time.start, next == null ? last : Math.min(last, next));
        });
        if (!endless.isEmpty()) {
            notes.accept(Count.of(endless.size(), "chunk has no end", "chunks have no end")
                    + "; such a chunk is heard up to the next one, at most for the 30 s of Whisper's window");
        }
        return turns;
    }

    /// The times of a chunk.
    private record Timestamp(double start, OptionalDouble end) {}

    private static Timestamp timestamp(JsonObject chunk, String where) {
        List<Json> times = chunk.get("timestamp") instanceof JsonArray two ? two.items() : List.of();
        OptionalDouble start = times.size() == 2 ? number(times.getFirst()) : OptionalDouble.empty();
        if (start.isEmpty()) {
            throw new BadInputException(where + ": a chunk has no \"timestamp\" of two seconds, such as [1.0, 4.0];"
                    + " ask the pipeline for them with return_timestamps");
        }
        return new Timestamp(start.getAsDouble(), number(times.getLast()));
    }

    /// The chunks themselves, or turns of them where each is a word.
    private static List<SpokenTurn> ofChunks(List<SpokenTurn> chunks, Consumer<String> notes) {
        if (chunks.size() < 2 || chunks.stream().anyMatch(chunk -> chunk.text().contains(" "))) {
            return chunks;
        }
        WordGroups groups = new WordGroups();
        for (SpokenTurn chunk : chunks) {
            groups.add(chunk.speaker(), new SpokenWord(chunk.text(), Objects.requireNonNull(chunk.span())));
        }
        notes.accept(WordGroups.NOTE);
        return groups.turns();
    }

    private static OptionalDouble number(Json value) {
        return switch (value) {
            case Json.Whole(long number) -> OptionalDouble.of((double) number);
            case Json.Real(double number) -> OptionalDouble.of(number);
            default -> OptionalDouble.empty();
        };
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
