package dev.parallax.model.attention;

import dev.parallax.audio.Audio;
import dev.parallax.audio.EqualWindows;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.AudioStretch;
import dev.parallax.audio.speech.SpeechWindows;
import dev.parallax.autograd.Tape;
import dev.parallax.data.Example;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Tokens;
import dev.parallax.data.WordTimes;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a model looks when it answers an utterance ([ReceivedAttention]). It says where it looks, not what it makes
/// of it. The network is asked once more for it.
///
/// @param time  of the recording, or null where the encoder of audio has no attention, or nothing is heard
/// @param words of the text, or null likewise
public record Attention(@Nullable OverTime time, @Nullable OverWords words) {

    private static final String ATTENTION = "attention";

    /// Attention over the time of a recording, stretch by stretch ([Stretches]). What was not heard has none.
    ///
    /// @param times     at which the stretches begin, and the last one ends [s], one more than stretches
    /// @param attention of each stretch; they sum to 1
    public record OverTime(List<Double> times, List<Double> attention) {

        public OverTime {
            times = List.copyOf(times);
            attention = List.copyOf(attention);
        }
    }

    /// Attention over the words of a text, which blanks separate.
    ///
    /// @param attention of each word, the sum over its tokens; they sum to 1
    public record OverWords(List<Word> words, List<Double> attention) {

        public OverWords {
            words = List.copyOf(words);
            attention = List.copyOf(attention);
        }
    }

    /// A word of a text.
    ///
    /// @param start of it in the text [UTF-16 units]
    /// @param end   of it
    public record Word(String word, int start, int end) {

        private JsonObject toJson() {
            return Json.object().with("word", word).with("start", start).with("end", end);
        }
    }

    /// Where a model looks.
    ///
    /// @param recording open, or null
    /// @param heard     the stretch of it that is the utterance
    /// @param text      the words, or null
    public static Attention of(
            EmotionModel model, @Nullable AudioFile recording, Segment heard, @Nullable String text) {
        Tokens tokens = model.encode(text);
        if (recording == null || !model.readsAudio()) {
            AttentionListener looked = new AttentionListener();
            if (tokens != null) {
                ask(model, new Example(null, tokens, -1), looked);
            }
            return new Attention(null, words(model, text, looked));
        }
        return heard(model, recording, heard, text, tokens);
    }

    /// The same of a whole recording.
    public static Attention of(EmotionModel model, @Nullable AudioFile recording, @Nullable String text) {
        return of(model, recording, new Segment(0, recording == null ? 0 : recording.frames()), text);
    }

    private static Attention heard(
            EmotionModel model, AudioFile recording, Segment heard, @Nullable String text, @Nullable Tokens tokens) {
        double seconds = model.config().windowSeconds();
        AudioSource whole = new AudioStretch(recording, heard, "the recording");
        List<AudioSource> windows = whole.windows(seconds);
        List<AudioSource> spoken = SpeechWindows.of(whole, seconds);
        EqualWindows all = EqualWindows.of(heard.length(), recording.sampleRate(), seconds);
        List<Double> times = new ArrayList<>();
        List<Double> attention = new ArrayList<>();
        AttentionListener looked = new AttentionListener();
        for (int i = 0; i < windows.size(); i++) {
            double[] weights = new double[Stretches.COUNT];
            if (windows.size() == 1 || spoken.contains(windows.get(i))) {
                Audio window = windows.get(i).read();
                float[] features =
                        model.hear(window, 1).windows().iterator().next().features();
                FeatureScaling scaling = model.scaling();
                ask(model, new Example(scaling == null ? features : scaling.apply(features), tokens, -1), looked);
                addWeights(model, window, looked, weights);
            }
            for (int stretch = 0; stretch < weights.length; stretch++) {
                double samples = heard.start() + all.start(i) + (double) stretch / weights.length * all.length();
                times.add(samples / recording.sampleRate());
                attention.add(weights[stretch] / spoken.size());
            }
        }
        times.add((double) heard.end() / recording.sampleRate());
        boolean isLooking = looked.of(Modality.AUDIO) != null;
        return new Attention(isLooking ? new OverTime(times, attention) : null, words(model, text, looked));
    }

    private static void addWeights(EmotionModel model, Audio window, AttentionListener looked, double[] sums) {
        double[] weights = looked.of(Modality.AUDIO);
        if (weights != null) {
            int[] owners = Stretches.owners(Stretches.places(model, window, weights.length));
            for (int row = 0; row < weights.length; row++) {
                sums[owners[row]] += weights[row];
            }
        }
    }

    private static @Nullable OverWords words(EmotionModel model, @Nullable String text, AttentionListener looked) {
        double[] weights = looked.of(Modality.TEXT);
        if (text == null || weights == null) {
            return null;
        }
        List<Word> words = new ArrayList<>();
        int end = 0;
        for (String word : WordTimes.words(text)) {
            int start = text.indexOf(word, end);
            end = start + word.length();
            words.add(new Word(word, start, end));
        }
        int[] owners = WordRows.wordOfToken(model, text, weights.length);
        double[] sums = new double[words.size()];
        double total = 0; // without the tokens that stand for no word
        for (int row = 0; row < weights.length; row++) {
            if (owners[row] >= 0 && owners[row] < sums.length) {
                sums[owners[row]] += weights[row];
                total += weights[row];
            }
        }
        List<Double> attention = new ArrayList<>();
        for (double sum : sums) {
            attention.add(sum / total);
        }
        return total > 0 ? new OverWords(words, attention) : null;
    }

    private static void ask(EmotionModel model, Example example, AttentionListener listener) {
        try (Tape tape = new Tape(model.backend(), listener)) {
            model.forward(Pass.inference(tape, model.parameters()), List.of(example));
        }
    }

    /// `{audio: {times, attention}, text: {words: [{word, start, end}], attention}}`, without what is null.
    public JsonObject toJson() {
        JsonObject json = Json.object();
        if (time != null) {
            json = json.with(
                    Modality.AUDIO.word(),
                    Json.object().with("times", Json.of(time.times())).with(ATTENTION, Json.of(time.attention())));
        }
        if (words != null) {
            json = json.with(
                    Modality.TEXT.word(),
                    Json.object()
                            .with(
                                    "words",
                                    Json.array(words.words().stream()
                                            .map(Word::toJson)
                                            .toList()))
                            .with(ATTENTION, Json.of(words.attention())));
        }
        return json;
    }
}
