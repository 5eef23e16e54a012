package dev.parallax.backend.scalar;

import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.SgdSettings;

/// Optimiser steps in plain loops. [dev.parallax.backend.Backend] says what each computes.
public final class ScalarOptimizers {

    private ScalarOptimizers() {}

    public static void adam(
            AdamSettings settings,
            HostBuffer gradient,
            HostBuffer firstMoment,
            HostBuffer secondMoment,
            HostBuffer parameter) {
        float beta1 = (float) settings.beta1();
        float beta2 = (float) settings.beta2();
        float oneLessBeta1 = settings.oneLessBeta1();
        float oneLessBeta2 = settings.oneLessBeta2();
        float stepSize = (float) (settings.learningRate() / (1 - Math.pow(settings.beta1(), settings.step())));
        float rootOfCorrection = (float) Math.sqrt(1 - Math.pow(settings.beta2(), settings.step()));
        float epsilon = (float) settings.epsilon();
        float coupledDecay = settings.decoupled() ? 0 : (float) settings.weightDecay();
        float keep = settings.decoupled() ? (float) (1 - settings.learningRate() * settings.weightDecay()) : 1;
        for (int i = 0; i < parameter.length(); i++) {
            float p = parameter.array[parameter.offset + i];
            float g = gradient.array[gradient.offset + i] + coupledDecay * p;
            float m = beta1 * firstMoment.array[firstMoment.offset + i] + oneLessBeta1 * g;
            float v = beta2 * secondMoment.array[secondMoment.offset + i] + oneLessBeta2 * g * g;
            firstMoment.array[firstMoment.offset + i] = m;
            secondMoment.array[secondMoment.offset + i] = v;
            float denominator = (float) Math.sqrt(v) / rootOfCorrection + epsilon;
            parameter.array[parameter.offset + i] = keep * p - stepSize * m / denominator;
        }
    }

    public static void sgd(SgdSettings settings, HostBuffer gradient, HostBuffer velocity, HostBuffer parameter) {
        float learningRate = (float) settings.learningRate();
        float momentum = (float) settings.momentum();
        float decay = (float) settings.weightDecay();
        for (int i = 0; i < parameter.length(); i++) {
            float p = parameter.array[parameter.offset + i];
            float g = gradient.array[gradient.offset + i] + decay * p;
            float moved = settings.step() == 1 ? g : momentum * velocity.array[velocity.offset + i] + g;
            velocity.array[velocity.offset + i] = moved;
            float direction = settings.nesterov() ? g + momentum * moved : moved;
            parameter.array[parameter.offset + i] = p - learningRate * direction;
        }
    }
}
