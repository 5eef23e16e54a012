package dev.parallax.audit.attribution;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.data.Example;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Tokens;
import dev.parallax.data.WordTimes;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.attention.Stretches;
import dev.parallax.model.domain.HeardWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a model about changed forms of an audited utterance: with other words, and with stretches of
/// its sound silenced. Each window of the recording is cut in [#STRETCHES] equal stretches; stretch s
/// of window w has the number w · [#STRETCHES] + s. A window is heard again only where its silence has
/// changed.
public final class Perturbation {

    /// Equal stretches of a window.
    public static final int STRETCHES = Stretches.COUNT;

    private final EmotionModel model;
    private final UtteranceAudit audit;
    private final View view;
    private final int label;
    private final List<String> words;
    private final List<Audio> windows;
    private final List<HeardWindow> whole;
    private final Map<Integer, HeardWindow> single = new HashMap<>(); // one stretch silenced, as single rows
    private final List<BitSet> lastSilence = new ArrayList<>();
    private final List<HeardWindow> last;
    private int questions;

    /// @param audit of the same model
    public Perturbation(EmotionModel model, UtteranceAudit audit) {
        Prediction prediction = audit.prediction();
        this.model = model;
        this.audit = audit;
        this.view = prediction.by();
        this.label = prediction.labels().indexOf(prediction.decision().label());
        String text = audit.text();
        this.words = text == null || audit.tokens().isEmpty() ? List.of() : List.of(WordTimes.words(text));
        this.windows = model.readsAudio() ? audit.windows() : List.of();
        this.whole = windows.stream()
                .map(window -> UtteranceAudit.heard(model, window))
                .toList();
        this.last = new ArrayList<>(whole);
        windows.forEach(_ -> lastSilence.add(new BitSet()));
    }

    /// The answer and its steps.
    UtteranceAudit audit() {
        return audit;
    }

    EmotionModel model() {
        return model;
    }

    /// The decided class, and the view that decides.
    int label() {
        return label;
    }

    View view() {
        return view;
    }

    /// The words of the text; none where none is read.
    List<String> words() {
        return words;
    }

    /// How many stretches there are, of all windows.
    int stretches() {
        return STRETCHES * windows.size();
    }

    /// How long each window is [s].
    List<Double> windowSeconds() {
        return windows.stream()
                .map(window -> (double) window.samples().length / window.sampleRate())
                .toList();
    }

    /// Where a stretch begins in its window [s].
    public static double start(List<Double> windowSeconds, int stretch) {
        return windowSeconds.get(stretch / STRETCHES) * (stretch % STRETCHES) / STRETCHES;
    }

    /// Where it ends [s].
    public static double end(List<Double> windowSeconds, int stretch) {
        return start(windowSeconds, stretch) + windowSeconds.get(stretch / STRETCHES) / STRETCHES;
    }

    /// How often the model has been asked.
    int questions() {
        return questions;
    }

    /// The utterance, unchanged, as the network takes it: an example for each window, or one of text
    /// alone.
    List<Example> examples() {
        return examples(audit.text());
    }

    /// The same with another text.
    List<Example> examples(@Nullable String text) {
        Tokens tokens = model.encode(text);
        FeatureScaling scaling = model.scaling();
        return whole.isEmpty()
                ? List.of(new Example(null, tokens, -1))
                : whole.stream()
                        .map(HeardWindow::features)
                        .map(features -> new Example(scaling == null ? features : scaling.apply(features), tokens, -1))
                        .toList();
    }

    /// A window as it is heard, not changed.
    HeardWindow heard(int window) {
        return whole.get(window);
    }

    /// The window of a stretch as it is heard with this stretch silenced.
    HeardWindow without(int stretch) {
        if (!StretchSums.isOneRow(model)) {
            return silencedAnew(stretch);
        }
        return single.computeIfAbsent(stretch, _ -> silencedAnew(stretch));
    }

    private HeardWindow silencedAnew(int stretch) {
        BitSet one = new BitSet();
        one.set(stretch % STRETCHES);
        return UtteranceAudit.heard(model, silenced(windows.get(stretch / STRETCHES), one));
    }

    /// The answer to a changed form.
    ///
    /// @param silenced stretches
    /// @param changed  the words, none for no text
    /// @return null where nothing is left to answer
    @Nullable
    Prediction ask(BitSet silenced, List<String> changed) {
        questions++;
        List<HeardWindow> heard = new ArrayList<>();
        for (int window = 0; window < windows.size(); window++) {
            heard.add(heard(window, silenced.get(window * STRETCHES, (window + 1) * STRETCHES)));
        }
        String text = changed.equals(words) ? audit.text() : changed.isEmpty() ? null : String.join(" ", changed);
        try {
            return model.predict(UtteranceAudit.recording(heard), text, null);
        } catch (BadInputException e) {
            return null; // nothing is left to answer
        }
    }

    /// The probability of the decided class in the answer of the view that decided; where that has
    /// none, in the decision. NaN where nothing is left to answer.
    double probability(BitSet silenced, List<String> changed) {
        return probability(ask(silenced, changed));
    }

    /// The same of an answer.
    double probability(@Nullable Prediction changed) {
        if (changed == null) {
            return Double.NaN;
        }
        Answer answer = changed.answers().get(view);
        return (answer == null ? changed.decision() : answer).probabilities().get(label);
    }

    /// Whether the decision is another class.
    boolean isOther(@Nullable Prediction changed) {
        return changed != null
                && !changed.decision()
                        .label()
                        .equals(audit.prediction().decision().label());
    }

    private HeardWindow heard(int window, BitSet silence) {
        if (silence.isEmpty()) {
            return whole.get(window);
        }
        if (silence.cardinality() == 1) {
            return without(window * STRETCHES + silence.nextSetBit(0));
        }
        if (!silence.equals(lastSilence.get(window))) {
            lastSilence.set(window, silence);
            last.set(window, UtteranceAudit.heard(model, silenced(windows.get(window), silence)));
        }
        return last.get(window);
    }

    private static Audio silenced(Audio sound, BitSet silence) {
        float[] samples = sound.samples().clone();
        silence.stream().forEach(stretch -> {
            int from = (int) ((long) samples.length * stretch / STRETCHES);
            int to = (int) ((long) samples.length * (stretch + 1) / STRETCHES);
            Arrays.fill(samples, from, to, 0);
        });
        return new Audio(samples, sound.sampleRate());
    }
}
