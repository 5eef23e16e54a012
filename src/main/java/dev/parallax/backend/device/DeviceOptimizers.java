package dev.parallax.backend.device;

import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.SgdSettings;

/// Optimiser steps: `native/kernels/optimizers.c`. The factors are computed here, in double, as on the host.
record DeviceOptimizers(Launcher launcher) {

    void adam(
            AdamSettings settings,
            DeviceBuffer gradient,
            DeviceBuffer firstMoment,
            DeviceBuffer secondMoment,
            DeviceBuffer parameter) {
        double stepSize = settings.learningRate() / (1 - Math.pow(settings.beta1(), settings.step()));
        double rootOfCorrection = Math.sqrt(1 - Math.pow(settings.beta2(), settings.step()));
        double keep = settings.decoupled() ? 1 - settings.learningRate() * settings.weightDecay() : 1;
        launcher.call("adam")
                .with(parameter.length())
                .scalars((float) settings.beta1(), settings.oneLessBeta1())
                .scalars((float) settings.beta2(), settings.oneLessBeta2())
                .scalars((float) stepSize, (float) rootOfCorrection, (float) settings.epsilon())
                .scalars(settings.decoupled() ? 0 : (float) settings.weightDecay(), (float) keep)
                .with(gradient, firstMoment, secondMoment, parameter)
                .elements(parameter.length());
    }

    void sgd(SgdSettings settings, DeviceBuffer gradient, DeviceBuffer velocity, DeviceBuffer parameter) {
        launcher.call("sgd")
                .with(parameter.length())
                .scalars((float) settings.learningRate(), (float) settings.momentum(), (float) settings.weightDecay())
                .with(settings.nesterov() ? 1 : 0, settings.step() == 1 ? 1 : 0)
                .with(gradient, velocity, parameter)
                .elements(parameter.length());
    }
}
