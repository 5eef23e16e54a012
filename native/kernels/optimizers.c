/* Optimiser steps over flat buffers: the operations of ScalarOptimizers in the same order, so the same bits.
 * launch of all: any number of groups, best one item a parameter. */

/* g = gradient + coupledDecay p; m = beta1 m + oneLessBeta1 g; v = beta2 v + oneLessBeta2 g²;
 * p = keep p - stepSize m / (sqrt(v) / rootOfCorrection + epsilon). The host computes the factors as ScalarOptimizers
 * does: stepSize = lr / (1 - beta1^t), rootOfCorrection = sqrt(1 - beta2^t), keep = 1 - lr · decay for AdamW or 1. */
KERNEL(adam, ELEMENT_ITEMS)
(int count, float beta1, float oneLessBeta1, float beta2, float oneLessBeta2, float stepSize, float rootOfCorrection,
        float epsilon, float coupledDecay, float keep, IN(gradient), OUT(firstMoment), OUT(secondMoment),
        OUT(parameter)) {
    FROM(gradient);
    TO(firstMoment);
    TO(secondMoment);
    TO(parameter);
    FOR_EACH(i, count) {
        float p = parameter[i];
        float g = gradient[i] + coupledDecay * p;
        float m = beta1 * firstMoment[i] + oneLessBeta1 * g;
        float v = beta2 * secondMoment[i] + oneLessBeta2 * g * g;
        firstMoment[i] = m;
        secondMoment[i] = v;
        float denominator = SQRT(v) / rootOfCorrection + epsilon;
        parameter[i] = keep * p - stepSize * m / denominator;
    }
}

/* g = gradient + decay p; velocity = momentum velocity + g, or g with `first`;
 * p -= lr velocity, or lr (g + momentum velocity) with `nesterov`. */
KERNEL(sgd, ELEMENT_ITEMS)
(int count, float learningRate, float momentum, float decay, int nesterov, int first, IN(gradient), OUT(velocity),
        OUT(parameter)) {
    FROM(gradient);
    TO(velocity);
    TO(parameter);
    FOR_EACH(i, count) {
        float p = parameter[i];
        float g = gradient[i] + decay * p;
        float moved = first ? g : momentum * velocity[i] + g;
        velocity[i] = moved;
        float direction = nesterov ? g + momentum * moved : moved;
        parameter[i] = p - learningRate * direction;
    }
}
