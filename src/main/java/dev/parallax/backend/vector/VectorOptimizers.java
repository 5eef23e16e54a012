package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.SgdSettings;
import dev.parallax.backend.scalar.ScalarOptimizers;
import jdk.incubator.vector.FloatVector;

/// Optimiser steps in vectors: the operations of [ScalarOptimizers] in the same order, so the same bits; that class
/// does the remainder. Memory limits their speed: a fused multiply-add would gain nothing.
final class VectorOptimizers {

    private VectorOptimizers() {}

    static void adam(
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
        int whole = FLOATS.loopBound(parameter.length());
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector p = fromArray(FLOATS, parameter.array, parameter.offset + i);
            FloatVector g =
                    fromArray(FLOATS, gradient.array, gradient.offset + i).add(p.mul(coupledDecay));
            FloatVector m =
                    fromArray(FLOATS, firstMoment.array, firstMoment.offset + i).mul(beta1);
            m = m.add(g.mul(oneLessBeta1));
            FloatVector v = fromArray(FLOATS, secondMoment.array, secondMoment.offset + i)
                    .mul(beta2);
            v = v.add(g.mul(oneLessBeta2).mul(g));
            m.intoArray(firstMoment.array, firstMoment.offset + i);
            v.intoArray(secondMoment.array, secondMoment.offset + i);
            FloatVector denominator = v.sqrt().div(rootOfCorrection).add(epsilon);
            p.mul(keep).sub(m.mul(stepSize).div(denominator)).intoArray(parameter.array, parameter.offset + i);
        }
        ScalarOptimizers.adam(
                settings,
                gradient.from(whole),
                firstMoment.from(whole),
                secondMoment.from(whole),
                parameter.from(whole));
    }

    static void sgd(SgdSettings settings, HostBuffer gradient, HostBuffer velocity, HostBuffer parameter) {
        float learningRate = (float) settings.learningRate();
        float momentum = (float) settings.momentum();
        float decay = (float) settings.weightDecay();
        int whole = FLOATS.loopBound(parameter.length());
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector p = fromArray(FLOATS, parameter.array, parameter.offset + i);
            FloatVector g =
                    fromArray(FLOATS, gradient.array, gradient.offset + i).add(p.mul(decay));
            FloatVector moved = settings.step() == 1
                    ? g
                    : fromArray(FLOATS, velocity.array, velocity.offset + i)
                            .mul(momentum)
                            .add(g);
            moved.intoArray(velocity.array, velocity.offset + i);
            FloatVector direction = settings.nesterov() ? g.add(moved.mul(momentum)) : moved;
            p.sub(direction.mul(learningRate)).intoArray(parameter.array, parameter.offset + i);
        }
        ScalarOptimizers.sgd(settings, gradient.from(whole), velocity.from(whole), parameter.from(whole));
    }
}
