package dev.parallax.audit;

import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Perspective;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelFile;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.TapeRecorder;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The vectors of a turn, as steps: what the network of a dialogue reads of it.
///
/// @param audio of its sound, or null
/// @param text  of its words, or null
record TurnVectors(@Nullable Step audio, @Nullable Step text) {

    /// Follows a turn through the first stage: the mean over its windows of the pooled rows, standardised where the
    /// network reads them so.
    ///
    /// @param place of the turn, for the settings of its steps
    static TurnVectors of(Trace trace, DialogueModel model, EmotionModel first, HeardTurn turn, JsonObject place) {
        List<Source> heard = new ArrayList<>();
        List<Source> read = new ArrayList<>();
        new UtteranceSteps(trace, first, ModelFile.FIRST_PREFIX, place)
                .follow(turn.windows(), turn.text(), (recorder, made) -> {
                    add(heard, recorder, model.readsAudio() ? made.audio() : null);
                    add(read, recorder, model.readsText() ? made.text() : null);
                });
        return new TurnVectors(
                vector(trace, Modality.AUDIO, heard, model.scaling().audio(), place),
                vector(trace, Modality.TEXT, read, model.scaling().text(), place));
    }

    private static void add(List<Source> pooled, TapeRecorder recorder, @Nullable Perspective perspective) {
        if (perspective != null) {
            pooled.add(recorder.source(perspective.pooled()));
        }
    }

    private static @Nullable Step vector(
            Trace trace, Modality modality, List<Source> pooled, @Nullable FeatureScaling scaling, JsonObject place) {
        if (pooled.isEmpty()) {
            return null;
        }
        String part = modality.word();
        float[] values = Step.floats(WindowMean.of(trace, pooled));
        int[] shape = {1, values.length};
        Step.Action action = new Step.Action(
                part, "vector of the turn", "y = mean over the windows of the encoder's pooled row", place);
        Step vector = trace.add(action, pooled, shape, values, WindowMean::byFormula);
        return SoundSteps.standardised(trace, part, vector, scaling, "vectors." + part);
    }

    @Nullable
    Step of(Modality modality) {
        return modality == Modality.AUDIO ? audio : text;
    }

    /// Their numbers.
    Vectors vectors() {
        return new Vectors(audio == null ? null : audio.floats(), text == null ? null : text.floats());
    }
}
