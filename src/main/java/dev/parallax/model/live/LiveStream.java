package dev.parallax.model.live;

import dev.parallax.audio.file.PcmForm;
import dev.parallax.audio.file.SampleStream;
import dev.parallax.io.Blanks;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a model answers while samples come: each [#STEP] of sound the answer to the last seconds, and one at the end.
///
///     LiveStream stream = new LiveStream(model, settings, (asked, isLast) -> asked.predict());
///     stream.say("so glad you came");
///     stream.hear(bytes, answer -> show(answer)); // as often as there are bytes
///     LiveAnswer last = stream.end();
///
/// A microphone of Java Sound gives such bytes: [#LiveStream(Model, int)]. It keeps the samples of one window
/// and nothing else, for however many hours. Not for use by several threads at once.
public final class LiveStream {

    private static final long MOST_BYTES = 1 << 26; // of a window of the default length, in any form

    /// Sound between two answers \[s\].
    public static final double STEP = 0.5;

    /// A window that waits for its answer.
    public interface Asked {
        /// The answer.
        Prediction predict();
    }

    /// Where windows are answered.
    public interface Answering {
        /// Answers a window.
        ///
        /// @param isLast whether it is the last of the stream, which is not left out
        /// @return null where the window is left out, since answering has fallen behind
        @Nullable
        Prediction answer(Asked asked, boolean isLast);
    }

    private final Model model;
    private final LiveSettings settings;
    private final Answering answering;
    private final int threads;
    private final SampleStream samples;
    private @Nullable SlidingWindow window;
    private @Nullable String text;
    private SmoothedAnswer smoothed = SmoothedAnswer.NONE;
    private int skipped;
    private @Nullable LiveWindow lastWindow;
    private @Nullable LiveAnswer lastAnswer;

    /// A stream of one channel of samples of 16 bits, little-endian, or of a WAV file, whose header says more.
    /// The window is that of [LiveSettings#WINDOW]; each is answered at once, on all processors.
    ///
    /// @param model      is not closed
    /// @param sampleRate samples per second `[Hz]`, 1000 to 768000
    /// @throws dev.parallax.BadInputException when the rate is another
    public LiveStream(Model model, int sampleRate) {
        this(
                model,
                new LiveSettings(PcmForm.pcm16(1, sampleRate), LiveSettings.WINDOW, MOST_BYTES),
                Runtime.getRuntime().availableProcessors(),
                (asked, isLast) -> asked.predict());
    }

    /// @param threads at most for a window, on which no answer depends
    public LiveStream(Model model, LiveSettings settings, int threads, Answering answering) {
        this.model = Objects.requireNonNull(model, "model");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.threads = threads;
        this.answering = Objects.requireNonNull(answering, "answering");
        this.samples = new SampleStream(settings.raw(), "audio");
    }

    /// What has been said in the window so far; it replaces what was said before. Blank text is as good as none.
    public void say(String words) {
        Objects.requireNonNull(words, "words");
        text = Blanks.strip(words).isEmpty() ? null : words;
    }

    /// Takes the next bytes of the stream.
    ///
    /// @param answers receives the answers that become due, in their order
    /// @throws dev.parallax.BadInputException when the bytes are no recording, or cannot be answered
    public void hear(byte[] bytes, Consumer<LiveAnswer> answers) {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(answers, "answers");
        byte[] some = samples.add(bytes);
        SlidingWindow its = window(samples.form());
        for (int done = 0; its != null && done < some.length; ) {
            int count = Math.min(some.length - done, its.missing());
            boolean isDue = its.add(some, done, count);
            done += count;
            LiveWindow now = isDue ? its.window(text) : null;
            if (now != null && now.isReadBy(model)) {
                LiveAnswer answer = answer(now, false);
                if (answer != null) {
                    answers.accept(answer);
                }
            }
        }
    }

    private @Nullable SlidingWindow window(@Nullable PcmForm form) {
        SlidingWindow its = window;
        if (its == null && form != null) {
            its = new SlidingWindow(form, settings);
            window = its;
        }
        return its;
    }

    /// The stream is over: the answer to the window that ends with its last sample.
    ///
    /// @throws dev.parallax.BadInputException when the stream breaks off, or there is nothing to answer
    public LiveAnswer end() {
        samples.end();
        SlidingWindow its = window;
        LiveWindow now = its == null ? new LiveWindow(0, 0, null, text) : its.window(text);
        LiveWindow before = lastWindow;
        LiveAnswer known = lastAnswer;
        if (before != null && known != null && skipped == 0 && now.isSameAs(before)) {
            return known;
        }
        LiveAnswer answer = answer(now, true);
        if (answer == null) {
            throw new IllegalStateException("the last window was left out");
        }
        return answer;
    }

    private @Nullable LiveAnswer answer(LiveWindow now, boolean isLast) {
        Prediction prediction = answering.answer(() -> now.predict(model, threads), isLast);
        if (prediction == null) {
            skipped++;
            return null;
        }
        smoothed = smoothed.with(prediction);
        LiveAnswer answer = new LiveAnswer(
                now.start(), now.end(), prediction, now.hash(), now.text(), smoothed.probabilities(), skipped);
        skipped = 0;
        lastWindow = now;
        lastAnswer = answer;
        return answer;
    }
}
