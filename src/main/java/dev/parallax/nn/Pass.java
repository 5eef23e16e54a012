package dev.parallax.nn;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.random.Philox;
import org.jspecify.annotations.Nullable;

/// One pass through a model: on which tape, with which parameters, where gradients go, whether dropout is on. It is
/// the first argument of a layer's `forward`.
public final class Pass {

    private final Tape tape;
    private final Parameters parameters;
    private final @Nullable Buffer gradients;
    private final boolean training;
    private final int seed;
    private final int step;
    private final int firstOrdinal;
    private final int @Nullable [] utterances;

    private Pass(
            Tape tape,
            Parameters parameters,
            @Nullable Buffer gradients,
            boolean training,
            int seed,
            int step,
            int firstOrdinal,
            int @Nullable [] utterances) {
        this.tape = tape;
        this.parameters = parameters;
        this.gradients = gradients;
        this.training = training;
        this.seed = seed;
        this.step = step;
        this.firstOrdinal = firstOrdinal;
        this.utterances = utterances;
    }

    /// For answers: parameters are constants, nothing is dropped, nothing is recorded.
    public static Pass inference(Tape tape, Parameters parameters) {
        return new Pass(tape, parameters, null, false, 0, 0, 0, null);
    }

    /// With gradients and without dropout: for tests and for inspecting a model.
    public static Pass differentiable(Tape tape, Parameters parameters, Buffer gradients) {
        return new Pass(tape, parameters, gradients, false, 0, 0, 0, null);
    }

    /// For training: with gradients and dropout.
    ///
    /// @param gradients    flat, as long as [Parameters#values]; gradients are added to it
    /// @param seed         the run's seed
    /// @param step         the training step, from 0
    /// @param firstOrdinal ordinal, in the whole batch, of the first utterance of this shard
    public static Pass training(
            Tape tape, Parameters parameters, Buffer gradients, long seed, int step, int firstOrdinal) {
        return new Pass(tape, parameters, gradients, true, Philox.fold(seed), step, firstOrdinal, null);
    }

    /// This pass for layers that get only the utterances of the shard that have a modality: sequence i is utterance
    /// `those[i]`. So a dropout decides the same for an utterance, whatever its neighbours lack.
    ///
    /// @param those utterances of the shard, from 0
    public Pass ofUtterances(int... those) {
        return new Pass(tape, parameters, gradients, training, seed, step, firstOrdinal, those.clone());
    }

    public Tape tape() {
        return tape;
    }

    public Backend backend() {
        return tape.backend();
    }

    /// A parameter as a variable of this pass; a fixed one is a constant.
    public Variable variable(Parameter parameter) {
        Variable value = gradients == null || parameters.isFixed(parameter)
                ? tape.constant(parameters.value(parameter))
                : tape.variable(parameters.value(parameter), parameters.slice(gradients, parameter));
        tape.named(parameter.name(), value);
        return value;
    }

    /// The mask of a dropout in this pass; outside training it keeps all values.
    ///
    /// @param stream which dropout of the model this is
    public DropoutMask dropoutMask(float probability, int stream) {
        if (!training) {
            return DropoutMask.NONE;
        }
        DropoutMask mask = new DropoutMask(probability, seed, step, stream, firstOrdinal);
        return utterances == null ? mask : mask.ofUtterances(utterances);
    }
}
