package dev.parallax.audit;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.audio.features.Features;
import dev.parallax.autograd.Tape;
import dev.parallax.data.Example;
import dev.parallax.data.Tokens;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.trace.Step;
import dev.parallax.trace.TapeRecorder;
import dev.parallax.trace.Trace;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Puts the steps of an utterance into a trace, from samples and words through the network of a model of utterances:
/// that of the answer, or the first stage of a model of dialogues.
final class UtteranceSteps {

    private final Trace trace;
    private final EmotionModel model;
    private final String prefix;
    private final JsonObject place;

    /// @param prefix what the names of the model's parameters begin with in the file
    /// @param place  of the utterance in a dialogue, for the settings of its samples; empty for none
    UtteranceSteps(Trace trace, EmotionModel model, String prefix, JsonObject place) {
        this.trace = trace;
        this.model = model;
        this.prefix = prefix;
        this.place = place;
    }

    /// Follows an utterance, window by window.
    ///
    /// @param use takes what the network made of a window, and what names its steps; it is gone afterwards
    void follow(List<Audio> windows, @Nullable String text, BiConsumer<TapeRecorder, FusedLogits> use) {
        Tokens tokens = model.encode(text);
        Step states = states(tokens);
        List<Step> given = states == null ? List.of() : List.of(states);
        if (windows.isEmpty() || !model.readsAudio()) {
            network(new Example(null, tokens, -1), given, use);
            return;
        }
        for (int i = 0; i < windows.size(); i++) {
            Step features = sound(windows.get(i), place.with("window", i));
            List<Step> both = states == null ? List.of(features) : List.of(features, states);
            network(new Example(features.floats(), tokens, -1), both, use);
        }
    }

    private Step sound(Audio window, JsonObject where) {
        SoundSteps steps = new SoundSteps(trace, model.config().features(), window, where);
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
    private @Nullable Step states(@Nullable Tokens tokens) {
        EncoderInput encoder = model.config().encoders().text();
        float[] states = tokens == null ? null : tokens.states();
        if (tokens == null || states == null || encoder == null) {
            return null;
        }
        int[] shape = {tokens.count(), states.length / tokens.count()};
        return trace.add(SoundSteps.states("text", encoder), List.of(), shape, states, null);
    }

    private void network(Example example, List<Step> given, BiConsumer<TapeRecorder, FusedLogits> use) {
        TapeRecorder recorder = new TapeRecorder(trace, given, prefix);
        try (Tape tape = new Tape(model.backend(), recorder)) {
            use.accept(recorder, model.forward(Pass.inference(tape, model.parameters()), List.of(example)));
        }
    }
}
