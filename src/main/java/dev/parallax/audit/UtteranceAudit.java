package dev.parallax.audit;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.TokenText;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.model.domain.HeardWindow;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to one utterance with all steps that led to it.
///
/// @param trace      every step, from the samples of each window to the probabilities
/// @param prediction the answer, which is that of [EmotionModel#predict] to the last bit
/// @param windows    the sound of each window that counts, as it was given
/// @param text       that was given, or null
/// @param tokens     of the text; none where there is no text
/// @param logits     of each view, the mean over the windows, or null
public record UtteranceAudit(
        Trace trace,
        Prediction prediction,
        List<Audio> windows,
        @Nullable String text,
        List<TokenText> tokens,
        Perspectives<@Nullable Step> logits)
        implements Audit {

    /// What the first step of a window is called.
    public static final String SAMPLES = "samples";

    /// What the step of the spectrum is called.
    public static final String BANDS = "bands";

    public UtteranceAudit {
        windows = List.copyOf(windows);
        tokens = List.copyOf(tokens);
    }

    /// Answers an utterance and keeps what was done.
    ///
    /// @param recorded windows of the recording, none longer than the model's, those that count; empty for none. A
    ///                 model that does not listen passes over them: no step reads them
    /// @param text     the words, or null
    /// @throws BadInputException when the model reads none of what is given
    public static UtteranceAudit of(EmotionModel model, List<Audio> recorded, @Nullable String text) {
        List<Audio> windows = model.readsAudio() ? recorded : List.of();
        Prediction prediction = model.predict(recording(heard(model, windows)), text, null);
        Trace trace = new Trace();
        Perspectives<List<Source>> logits = Perspectives.of(_ -> new ArrayList<>());
        new UtteranceSteps(trace, model, "", Json.object()).follow(windows, text, (recorder, fused) -> {
            for (View view : Perspectives.VIEWS) {
                Variable its = fused.logits(view);
                if (its != null) {
                    logits.get(view).add(recorder.source(its));
                }
            }
        });
        AnswerSteps answer = new AnswerSteps(trace, model, "z = mean over the windows", Json.object());
        return new UtteranceAudit(
                trace, prediction, windows, text, model.tokens(text), answer.follow(logits, prediction));
    }

    @Override
    public List<Prediction> predictions() {
        return List.of(prediction);
    }

    /// Windows as the model hears them.
    static List<HeardWindow> heard(EmotionModel model, List<Audio> windows) {
        return windows.stream().map(window -> heard(model, window)).toList();
    }

    /// A window as the model hears it.
    ///
    /// @throws BadInputException when it is longer than one
    public static HeardWindow heard(EmotionModel model, Audio window) {
        HeardRecording heard = model.hear(window, 1);
        if (!heard.whole()) {
            throw new BadInputException("audit: a window of " + window.samples().length + " samples at "
                    + window.sampleRate() + " Hz is longer than the "
                    + model.config().windowSeconds()
                    + " s that the model hears at once; give it in windows");
        }
        return heard.windows().iterator().next();
    }

    /// The recording of these windows, or null where there is none.
    public static @Nullable HeardRecording recording(List<HeardWindow> windows) {
        return windows.isEmpty() ? null : new HeardRecording(List.of(), windows, windows.size() == 1);
    }
}
