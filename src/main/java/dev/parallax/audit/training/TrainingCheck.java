package dev.parallax.audit.training;

import dev.parallax.backend.Buffer;
import dev.parallax.fusion.Loss;
import dev.parallax.model.Model;
import dev.parallax.train.FollowedTraining;
import dev.parallax.train.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The first steps of a training, each done again in double precision: from what is masked and hidden of the
/// inputs over the loss and its gradient to the parameters behind the step.
///
/// @param config the settings of the training
/// @param steps  in their order; each begins with what training made of the one before
public record TrainingCheck(TrainingConfig config, List<StepCheck> steps) {

    /// As many steps as it takes for moments and bias corrections to count.
    public static final int STEPS = 3;

    public TrainingCheck {
        steps = List.copyOf(steps);
    }

    /// Whether every step holds.
    public boolean holds() {
        return steps.stream().allMatch(StepCheck::holds);
    }

    /// Takes steps and checks them; the model then has the weights that it had.
    ///
    /// @param training at its start
    /// @param steps    at most; fewer where the epochs of the settings have no more
    /// @param done     is run behind each parameter of a step
    public static TrainingCheck of(FollowedTraining training, int steps, Runnable done) {
        Model model = training.model();
        Buffer values = model.parameters().values();
        float[] start = new float[values.length()];
        model.backend().download(values, start);
        UpdateFormula formula = new UpdateFormula(training);
        List<StepCheck> checked = new ArrayList<>();
        try {
            while (checked.size() < steps && training.hasNext()) {
                checked.add(step(training, formula, done));
            }
        } finally {
            model.backend().upload(start, values);
        }
        return new TrainingCheck(training.config(), checked);
    }

    private static StepCheck step(FollowedTraining training, UpdateFormula formula, Runnable done) {
        FollowedTraining.Next next = training.next();
        List<Member> members = Member.of(training, next);
        int[] batch = next.batch().stream().mapToInt(Integer::intValue).toArray();
        TracedStep step = TracedStep.of(
                training.model(),
                training.examples().trainingShard(next.number(), batch),
                new TracedStep.Task(
                        training.loss(),
                        members.stream().map(Member::label).toList(),
                        training.scale(),
                        training.config().seed(),
                        next.number(),
                        training.config().loss() == Loss.MODULATED));
        FollowedTraining.Taken taken = training.take();
        Map<String, double[]> results = step.pass().results(step.values());
        return new StepCheck(
                next.number(),
                next.epoch(),
                members.size(),
                InputCheck.of(training, next, members, step.trace()),
                TermCheck.of(training, members, step, results, taken.loss()),
                GradientCheck.of(step, results, training.config().seed(), done),
                UpdateCheck.of(
                        training, next, members, step, results, UpdateCheck.Trained.of(training, taken), formula));
    }
}
