package dev.parallax.audit;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.autograd.Tape;
import dev.parallax.data.Example;
import dev.parallax.data.Tokens;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.FrozenSpeech;
import dev.parallax.pretrained.FrozenText;
import dev.parallax.pretrained.encoder.SpeechEncoder;
import dev.parallax.trace.Step;
import dev.parallax.trace.TapeRecorder;
import dev.parallax.trace.Trace;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Puts the steps of an utterance into a trace, from samples and words through the network of a model of utterances:
/// that of the answer, or the first stage of a model of dialogues.
final class UtteranceSteps {

    private final Trace trace;
    private final EmotionModel model;
    private final String prefix;
    private final JsonObject place;
    private final EncoderSteps encoders;

    /// @param prefix what the names of the model's parameters begin with in the file
    /// @param place  of the utterance in a dialogue, for the settings of its samples; empty for none
    UtteranceSteps(Trace trace, EmotionModel model, String prefix, JsonObject place) {
        this.trace = trace;
        this.model = model;
        this.prefix = prefix;
        this.place = place;
        this.encoders = new EncoderSteps(trace, prefix, EncoderSteps.LIMIT);
    }

    /// Follows an utterance, window by window.
    ///
    /// @param use takes what the network made of a window, and what names its steps; it is gone afterwards
    void follow(List<Audio> windows, @Nullable String text, BiConsumer<TapeRecorder, FusedLogits> use) {
        Tokens tokens = model.encode(text);
        Step states = states(text, tokens);
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
        FrozenSpeech encoder = model.encoders().audio();
        if (encoder != null) {
            Step samples = steps.resampled(FrozenSpeech.samples(window, 1), SpeechEncoder.RATE);
            float[] states = encoder.extract(window, _ -> {}, 1).values();
            steps.replaced(encoders.speech(encoder, samples, states));
        } else if (model.kind() instanceof FeatureExtractor extractor) {
            extractor.extract(window, _ -> {}, 1, steps);
        }
        return steps.standardised(model.scaling());
    }

    /// The states of a text, where a pretrained encoder reads it.
    private @Nullable Step states(@Nullable String text, @Nullable Tokens tokens) {
        FrozenText encoder = model.encoders().text();
        float[] states = tokens == null ? null : tokens.states();
        return text == null || states == null || encoder == null ? null : encoders.text(encoder, text, states);
    }

    private void network(Example example, List<Step> given, BiConsumer<TapeRecorder, FusedLogits> use) {
        TapeRecorder recorder = new TapeRecorder(trace, given, prefix);
        try (Tape tape = new Tape(model.backend(), recorder)) {
            use.accept(recorder, model.forward(Pass.inference(tape, model.parameters()), List.of(example)));
        }
    }
}
