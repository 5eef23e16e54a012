package dev.parallax.audit.training;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.fusion.Perspectives;
import dev.parallax.model.Model;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.TapeRecorder;
import dev.parallax.trace.Trace;
import dev.parallax.train.Examples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Forward and backward of a batch as in training, dropout included, on one tape whose operations are recorded.
///
/// @param trace     its operations
/// @param pass      the same in double precision
/// @param values    of all parameters, by name
/// @param gradients of the parameters that learn, by name, before clipping
/// @param loss      as the tape has it
/// @param views     the logits of each view
/// @param audio     the fused logits where the fusion reads nothing of the text; null where it was not asked
/// @param text      the same without the audio
record TracedStep(
        Trace trace,
        DoublePass pass,
        Map<String, double[]> values,
        Map<String, double[]> gradients,
        double loss,
        Perspectives<Rows> views,
        @Nullable Source audio,
        @Nullable Source text) {

    /// Logits of some utterances of a batch.
    ///
    /// @param logits where they are in the trace; null where there are none
    /// @param owners the utterance of each row
    record Rows(@Nullable Source logits, List<Integer> owners) {}

    /// What is differentiated.
    ///
    /// @param labels    of each utterance, -1 where it is not known
    /// @param scale     of the loss of each
    /// @param seed      of the run
    /// @param step      from 0
    /// @param comparing whether the logits without a modality are needed
    record Task(PerspectiveLoss loss, List<Integer> labels, float scale, long seed, int step, boolean comparing) {}

    static TracedStep of(Model model, Examples.Shard batch, Task task) {
        Parameters parameters = model.parameters();
        int[] labels = task.labels().stream().mapToInt(Integer::intValue).toArray();
        Trace trace = new Trace();
        TapeRecorder recorder = new TapeRecorder(trace, List.of());
        try (Memory memory = model.backend().memory();
                Tape tape = new Tape(model.backend(), recorder)) {
            Buffer flat = memory.allocate(parameters.trainableSize());
            Pass pass = Pass.training(tape, parameters, flat, task.seed(), task.step(), 0);
            FusedLogits logits = batch.forward(pass);
            Variable total = task.loss().of(pass, logits, labels, task.scale()).total();
            tape.backward(total);
            Pass reading = Pass.inference(tape, parameters);
            Variable audio = task.comparing() ? logits.without(reading, Modality.TEXT) : null;
            Variable text = task.comparing() ? logits.without(reading, Modality.AUDIO) : null;
            return new TracedStep(
                    trace,
                    new DoublePass(trace, recorder.source(total)),
                    values(model),
                    learning(model, flat),
                    total.value().toArray()[0],
                    Perspectives.of(view -> new Rows(
                            source(recorder, logits.logits(view)),
                            IntStream.of(logits.owners(view)).boxed().toList())),
                    source(recorder, audio),
                    source(recorder, text));
        }
    }

    private static @Nullable Source source(TapeRecorder recorder, @Nullable Variable variable) {
        return variable == null ? null : recorder.source(variable);
    }

    /// The values of all parameters of a model, by name.
    static Map<String, double[]> values(Model model) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters().all()) {
            values.put(
                    parameter.name(),
                    Step.doubles(model.parameters().value(parameter).toArray()));
        }
        return values;
    }

    /// The parts of a flat buffer, by the names of the parameters that learn.
    static Map<String, double[]> learning(Model model, Buffer flat) {
        Parameters parameters = model.parameters();
        Map<String, double[]> parts = new LinkedHashMap<>();
        for (Parameter parameter : parameters.all()) {
            if (!parameters.isFixed(parameter)) {
                float[] its = new float[parameter.shape().count()];
                model.backend().download(parameters.slice(flat, parameter), its);
                parts.put(parameter.name(), Step.doubles(its));
            }
        }
        return parts;
    }
}
