package dev.parallax.corpus;

import dev.parallax.audio.Audio;
import dev.parallax.data.AudioSource;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A corpus in numbers.
///
/// @param utterances  how many
/// @param emotions    utterances per emotion, in the order of the labels; `(none)` last
/// @param speakers    utterances per speaker, in alphabetical order; `(unknown)` for those without
/// @param sessions    utterances per recording session where it is known, in alphabetical order
/// @param dialogues   how many different dialogues
/// @param scripts     how many different scripts
/// @param sampleRates recordings per sample rate [Hz], rising
/// @param seconds     durations of the recordings [s], rising
/// @param texts       how many have words
/// @param words       words in all, as separated by spaces
/// @param differentTexts how many different texts
public record Statistics(
        int utterances,
        Map<String, Integer> emotions,
        Map<String, Integer> speakers,
        Map<String, Integer> sessions,
        int dialogues,
        int scripts,
        Map<Integer, Integer> sampleRates,
        List<Double> seconds,
        int texts,
        long words,
        int differentTexts) {

    /// Reads every recording of a corpus.
    ///
    /// @throws dev.parallax.BadInputException when one cannot be read; `corpus verify` lists all of those
    public static Statistics of(Corpus corpus) {
        List<Utterance> utterances = corpus.utterances();
        Map<String, Integer> emotions = new LinkedHashMap<>();
        corpus.labels().names().forEach(label -> emotions.put(label, 0));
        Map<String, Integer> speakers = new TreeMap<>();
        Map<String, Integer> sessions = new TreeMap<>();
        Map<Integer, Integer> sampleRates = new TreeMap<>();
        List<Double> seconds = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Utterance utterance : utterances) {
            emotions.merge(orElse(utterance.emotion(), "(none)"), 1, Integer::sum);
            speakers.merge(orElse(utterance.speaker(), "(unknown)"), 1, Integer::sum);
            String session = utterance.session();
            if (session != null) {
                sessions.merge(session, 1, Integer::sum);
            }
            AudioSource source = utterance.audio();
            if (source != null) {
                Audio audio = source.read();
                sampleRates.merge(audio.sampleRate(), 1, Integer::sum);
                seconds.add(audio.seconds());
            }
            String text = utterance.text();
            if (text != null) {
                texts.add(text);
            }
        }
        Collections.sort(seconds);
        long words = texts.stream().mapToLong(Statistics::words).sum();
        return new Statistics(
                utterances.size(),
                emotions,
                speakers,
                sessions,
                different(utterances, Utterance::dialogue),
                different(utterances, Utterance::script),
                sampleRates,
                seconds,
                texts.size(),
                words,
                different(utterances, Utterance::text));
    }

    private static int different(List<Utterance> utterances, Function<Utterance, @Nullable String> fact) {
        return (int) utterances.stream()
                .map(fact)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static long words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .count();
    }

    /// Duration of all recordings together [s].
    public double totalSeconds() {
        return seconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// The middle duration [s] (the mean of the two middle ones of an even number), NaN where there is no
    /// recording.
    public double medianSeconds() {
        int n = seconds.size();
        return n == 0 ? Double.NaN : (seconds.get((n - 1) / 2) + seconds.get(n / 2)) / 2;
    }

    /// For people.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("utterances   " + utterances);
        lines.add("emotions     " + counts(emotions));
        lines.add("speakers     " + speakers.size() + ": " + counts(speakers));
        if (!sessions.isEmpty()) {
            lines.add("sessions     " + sessions.size() + ": " + counts(sessions));
        }
        if (dialogues > 0) {
            lines.add("dialogues    " + dialogues);
        }
        if (scripts > 0) {
            lines.add("scripts      " + scripts);
        }
        if (!seconds.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "durations    %.2f s shortest, %.2f s median, %.2f s longest, %.1f min in all",
                    seconds.getFirst(),
                    medianSeconds(),
                    seconds.getLast(),
                    totalSeconds() / 60));
            lines.add("sample rates " + counts(sampleRates) + " (Hz, recordings)");
        }
        lines.add("texts        " + texts + " with " + words + " words, " + differentTexts + " different");
        return lines;
    }

    private static String counts(Map<?, Integer> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((key, count) -> parts.add(key + " " + count));
        return String.join(", ", parts);
    }

    /// For scripts.
    public JsonObject toJson() {
        JsonObject json = Json.object()
                .with("utterances", utterances)
                .with("emotions", toJson(emotions))
                .with("speakers", toJson(speakers))
                .with("sessions", toJson(sessions))
                .with("dialogues", dialogues)
                .with("scripts", scripts)
                .with("sampleRates", toJson(sampleRates))
                .with("recordings", seconds.size())
                .with("texts", texts)
                .with("words", words)
                .with("differentTexts", differentTexts);
        if (seconds.isEmpty()) {
            return json;
        }
        JsonObject durations = Json.object()
                .with("min", seconds.getFirst())
                .with("median", medianSeconds())
                .with("max", seconds.getLast())
                .with("total", totalSeconds());
        return json.with("seconds", durations);
    }

    private static JsonObject toJson(Map<?, Integer> counts) {
        Map<String, Json> fields = new LinkedHashMap<>();
        counts.forEach((key, count) -> fields.put(String.valueOf(key), new Json.Whole(count)));
        return Json.object(fields);
    }
}
