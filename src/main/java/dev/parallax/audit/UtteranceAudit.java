package dev.parallax.audit;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.Features;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.data.Example;
import dev.parallax.data.Tokens;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.TokenText;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.domain.HeardRecording;
import dev.parallax.model.domain.HeardWindow;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.TapeRecorder;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
        Perspectives<@Nullable Step> logits) {

    /// What the first step of a window is called.
    public static final String SAMPLES = "samples";

    /// What the step of the spectrum is called.
    public static final String BANDS = "bands";

    private static final String ANSWER = "answer";

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
        HeardRecording recording =
                recording(windows.stream().map(window -> heard(model, window)).toList());
        Prediction prediction = model.predict(recording, text, null);
        Trace trace = new Trace();
        Perspectives<List<Source>> logits = Perspectives.of(_ -> new ArrayList<>());
        Tokens tokens = model.encode(text);
        Step states = states(model, trace, tokens);
        List<Step> given = states == null ? List.of() : List.of(states);
        if (recording == null) {
            network(model, trace, new Example(null, tokens, -1), given, logits);
        } else {
            for (int i = 0; i < windows.size(); i++) {
                Step features = sound(model, trace, windows.get(i), i);
                float[] rows = features.floats();
                List<Step> both = states == null ? List.of(features) : List.of(features, states);
                network(model, trace, new Example(rows, tokens, -1), both, logits);
            }
        }
        Perspectives<@Nullable Step> means = Perspectives.of(view -> mean(trace, view, logits.get(view)));
        for (View view : Perspectives.VIEWS) {
            answer(model, trace, prediction, view, means.get(view));
        }
        return new UtteranceAudit(trace, prediction, windows, text, model.tokens(text), means);
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

    private static Step sound(EmotionModel model, Trace trace, Audio window, int number) {
        SoundSteps steps = new SoundSteps(trace, model.config().features(), window, number);
        if (model.kind() instanceof FeatureExtractor extractor) {
            extractor.extract(window, _ -> {}, 1, steps);
        } else {
            Features states = model.kind().extract(window, _ -> {}, 1);
            steps.states(
                    states, Objects.requireNonNull(model.config().encoders().audio()));
        }
        return steps.standardised(model.scaling());
    }

    /// The states of a text, where a pretrained encoder reads it.
    private static @Nullable Step states(EmotionModel model, Trace trace, @Nullable Tokens tokens) {
        EncoderInput encoder = model.config().encoders().text();
        float[] states = tokens == null ? null : tokens.states();
        if (tokens == null || states == null || encoder == null) {
            return null;
        }
        int[] shape = {tokens.count(), states.length / tokens.count()};
        return trace.add(SoundSteps.states("text", encoder), List.of(), shape, states, null);
    }

    private static void network(
            EmotionModel model, Trace trace, Example example, List<Step> given, Perspectives<List<Source>> logits) {
        TapeRecorder recorder = new TapeRecorder(trace, given);
        try (Tape tape = new Tape(model.backend(), recorder)) {
            FusedLogits fused = model.forward(Pass.inference(tape, model.parameters()), List.of(example));
            for (View view : Perspectives.VIEWS) {
                Variable its = fused.logits(view);
                if (its != null) {
                    logits.get(view).add(recorder.source(its));
                }
            }
        }
    }

    /// The mean over windows, in the order in which [EmotionModel#predict] takes it.
    private static @Nullable Step mean(Trace trace, View view, List<Source> logits) {
        if (logits.isEmpty()) {
            return null;
        }
        double[] mean = new double[logits.getFirst().count()];
        for (int i = 0; i < logits.size(); i++) {
            double[] window = trace.values(logits.get(i));
            for (int c = 0; c < mean.length; c++) {
                mean[c] += (window[c] - mean[c]) / (i + 1);
            }
        }
        return trace.add(action("logits, " + view.word(), "z = mean over the windows"), logits, mean, in -> {
            double[] sum = new double[in[0].length];
            for (double[] window : in) {
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += window[c] / in.length;
                }
            }
            return sum;
        });
    }

    private static void answer(
            EmotionModel model, Trace trace, Prediction prediction, View view, @Nullable Step logits) {
        if (logits == null) {
            return;
        }
        double temperature = model.rules().temperatures().get(view);
        double threshold = model.rules().thresholds().get(view);
        Answer shown = prediction.answers().get(view);
        boolean doubtful = shown != null && shown.doubtful();
        Answer answer = Answer.of(model.labels().names(), logits.values(), temperature, threshold, doubtful);
        if (shown != null && !shown.equals(answer)) {
            throw new IllegalStateException("audit: the steps do not end in the answer of predict, " + view.word());
        }
        double[] probabilities =
                answer.probabilities().stream().mapToDouble(Double::doubleValue).toArray();
        Step temperatureStep = trace.add(
                action(
                        "temperature, " + view.word(),
                        "T, fitted on the validation part; answers.temperatures of the model's file"),
                List.of(),
                new double[] {temperature},
                null);
        Step softmax = trace.add(
                action("probabilities, " + view.word(), "p_c = exp(z_c / T) / Σ exp(z / T)"),
                List.of(logits.result(), temperatureStep.result()),
                probabilities,
                in -> softmax(in[0], in[1][0]));
        trace.add(
                action(
                        "decision, " + view.word(),
                        "[class of the largest p, that p, least p of a sure answer, whether the input is unlike the"
                                + " training data, whether the answer is sure]"),
                List.of(softmax.result()),
                new double[] {
                    model.labels().names().indexOf(answer.label()),
                    answer.probability(),
                    threshold,
                    doubtful ? 1 : 0,
                    answer.sure() ? 1 : 0
                },
                in -> decision(in[0], threshold, doubtful));
    }

    private static Step.Action action(String what, String formula) {
        return new Step.Action(ANSWER, what, formula, Json.object());
    }

    private static double[] softmax(double[] z, double temperature) {
        double largest = Arrays.stream(z).max().orElse(0);
        double[] p = Arrays.stream(z)
                .map(value -> Math.exp((value - largest) / temperature))
                .toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / sum).toArray();
    }

    private static double[] decision(double[] p, double threshold, boolean doubtful) {
        int best = 0;
        for (int c = 1; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
        }
        boolean sure = !doubtful && threshold < 1 && p[best] >= threshold;
        return new double[] {best, p[best], threshold, doubtful ? 1 : 0, sure ? 1 : 0};
    }
}
