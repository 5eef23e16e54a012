package dev.parallax.audit;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.data.WordTimes;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.model.domain.HeardWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer hangs on: how much of the decision's probability is lost where a word is left out of the text, or a
/// stretch of the sound is silenced. It asks the model again each time, so it holds for any model; what two words do
/// only together it does not see.
///
/// @param label     the decision
/// @param view      that decides, and whose probability is looked at
/// @param whole     its probability with all there is
/// @param words     of the text
/// @param withouts  the probability without each of them, of the decision where the view has no answer then; NaN where
///                  there is no answer at all
/// @param silenced  the probability with each of as many equal stretches of every window silenced
public record Occlusion(
        String label, View view, double whole, List<String> words, List<Double> withouts, List<Double> silenced) {

    private static final int STRETCHES = 20;
    private static final int MOST_WORDS = 60;

    public Occlusion {
        words = List.copyOf(words);
        withouts = List.copyOf(withouts);
        silenced = List.copyOf(silenced);
    }

    /// Asks the model again without each word and each of 20 equal stretches of every window.
    public static Occlusion of(EmotionModel model, UtteranceAudit audit) {
        Prediction prediction = audit.prediction();
        View view = prediction.by();
        String label = prediction.decision().label();
        int which = prediction.labels().indexOf(label);
        String[] words =
                audit.text() == null || audit.tokens().isEmpty() ? new String[0] : WordTimes.words(audit.text());
        String[] some = Arrays.copyOf(words, Math.min(words.length, MOST_WORDS));
        List<Double> withouts = new ArrayList<>();
        List<HeardWindow> windows = model.readsAudio()
                ? audit.windows().stream()
                        .map(window -> UtteranceAudit.heard(model, window))
                        .toList()
                : List.of();
        HeardRecording heard = UtteranceAudit.recording(windows);
        for (int i = 0; i < some.length; i++) {
            withouts.add(probability(model, heard, without(words, i), view, which));
        }
        List<Double> silenced = new ArrayList<>();
        for (int window = 0; heard != null && window < audit.windows().size(); window++) {
            Audio sound = audit.windows().get(window);
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                List<HeardWindow> changed = new ArrayList<>(windows);
                changed.set(window, UtteranceAudit.heard(model, silenced(sound, stretch)));
                silenced.add(probability(model, UtteranceAudit.recording(changed), audit.text(), view, which));
            }
        }
        return new Occlusion(label, view, prediction.decision().probability(), List.of(some), withouts, silenced);
    }

    private static @Nullable String without(String[] words, int index) {
        List<String> left = new ArrayList<>(List.of(words));
        left.remove(index);
        return left.isEmpty() ? null : String.join(" ", left);
    }

    private static Audio silenced(Audio sound, int stretch) {
        float[] samples = sound.samples().clone();
        int from = (int) ((long) samples.length * stretch / STRETCHES);
        int to = (int) ((long) samples.length * (stretch + 1) / STRETCHES);
        Arrays.fill(samples, from, to, 0);
        return new Audio(samples, sound.sampleRate());
    }

    private static double probability(
            EmotionModel model, @Nullable HeardRecording heard, @Nullable String text, View view, int label) {
        try {
            Prediction changed = model.predict(heard, text, null);
            Answer answer = changed.answers().get(view);
            return (answer == null ? changed.decision() : answer)
                    .probabilities()
                    .get(label);
        } catch (BadInputException e) {
            return Double.NaN; // nothing is left to answer
        }
    }
}
