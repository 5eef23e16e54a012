package dev.parallax.train;

import dev.parallax.io.Choice;
import dev.parallax.optim.Schedule;

/// How the learning rate changes while a model is trained.
public enum ScheduleKind implements Choice {
    /// It does not.
    CONSTANT,
    /// It rises over the warm-up, at most half of the epochs, then falls along half a cosine.
    COSINE,
    /// It is halved after half the patience without a better validation score.
    PLATEAU;

    private static final double HALF = 0.5;

    Schedule of(TrainingConfig config) {
        double rate = config.learningRate();
        int epochs = config.epochs();
        return switch (this) {
            case CONSTANT -> new Schedule.Constant(rate);
            case COSINE -> new Schedule.WarmUpCosine(rate, Math.min(config.warmUp(), epochs / 2.0), epochs);
            case PLATEAU -> new Schedule.ReduceOnPlateau(rate, HALF, Math.max(1, config.patience() / 2));
        };
    }
}
