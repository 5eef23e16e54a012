package dev.parallax.corpus.statistics;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// The recordings of a corpus in numbers.
///
/// @param seconds     durations [s], rising
/// @param sampleRates recordings per sample rate [Hz], rising
/// @param channels    recordings per number of channels, rising
/// @param unreadable  how many could not be read and are counted nowhere else
public record Recordings(
        List<Double> seconds, Map<Integer, Integer> sampleRates, Map<Integer, Integer> channels, int unreadable) {

    /// Reads the headers of all recordings.
    ///
    /// @param done called after each utterance with the number done
    static Recordings of(List<Utterance> utterances, IntConsumer done) {
        List<Double> seconds = new ArrayList<>();
        Map<Integer, Integer> sampleRates = new TreeMap<>();
        Map<Integer, Integer> channels = new TreeMap<>();
        int unreadable = 0;
        for (int i = 0; i < utterances.size(); i++) {
            AudioSource source = utterances.get(i).audio();
            if (source != null) {
                try {
                    Header header = Header.of(source);
                    seconds.add(header.seconds);
                    sampleRates.merge(header.sampleRate, 1, Integer::sum);
                    channels.merge(header.channels, 1, Integer::sum);
                } catch (BadInputException e) {
                    unreadable++; // which and why is for corpus verify to say
                }
            }
            done.accept(i + 1);
        }
        Collections.sort(seconds);
        return new Recordings(seconds, sampleRates, channels, unreadable);
    }

    private record Header(double seconds, int sampleRate, int channels) {
        static Header of(AudioSource source) {
            if (source instanceof FileAudio recording) {
                try (AudioFile file = recording.open(_ -> {})) {
                    return new Header(file.seconds(), file.sampleRate(), file.channels());
                }
            }
            Audio audio = source.read();
            return new Header(audio.seconds(), audio.sampleRate(), 1);
        }
    }

    /// Whether there is none that can be read.
    public boolean isEmpty() {
        return seconds.isEmpty();
    }

    /// Duration of all recordings together [s].
    public double total() {
        return seconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// The middle duration [s] (the mean of the two middle ones of an even number), NaN where there is no
    /// recording.
    public double median() {
        int n = seconds.size();
        return n == 0 ? Double.NaN : (seconds.get((n - 1) / 2) + seconds.get(n / 2)) / 2;
    }

    /// For people.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "durations    %.2f s shortest, %.2f s median, %.2f s longest, %s in all",
                    seconds.getFirst(),
                    median(),
                    seconds.getLast(),
                    time(total())));
            lines.add("sample rates " + Statistics.counts(sampleRates) + " (Hz, recordings)");
            lines.add("channels     " + Statistics.counts(channels) + " (channels, recordings)");
        }
        if (unreadable > 0) {
            lines.add("unreadable   " + Count.of(unreadable, "recording")
                    + ", not counted; corpus verify tells which and why");
        }
        return lines;
    }

    /// Minutes, or hours where there are many.
    public static String time(double seconds) {
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                : String.format(Locale.ROOT, "%.2f h", seconds / 3600);
    }

    /// Adds what scripts may want to know.
    JsonObject addTo(JsonObject json) {
        JsonObject more = json.with("recordings", seconds.size())
                .with("unreadable", unreadable)
                .with("sampleRates", Statistics.toJson(sampleRates))
                .with("channels", Statistics.toJson(channels));
        return isEmpty()
                ? more
                : more.with(
                        "seconds",
                        Json.object()
                                .with("min", seconds.getFirst())
                                .with("median", median())
                                .with("max", seconds.getLast())
                                .with("total", total()));
    }
}
