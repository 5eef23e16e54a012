package dev.parallax.backend;

/// The numbers of one step of stochastic gradient descent.
///
/// @param learningRate step size, already scheduled
/// @param momentum     share of the velocity that is kept
/// @param nesterov     whether the step looks ahead along the velocity
/// @param weightDecay  L2 strength, added to the gradient
/// @param step         number of this step, from 1; the first sets the velocity to the gradient
public record SgdSettings(double learningRate, double momentum, boolean nesterov, double weightDecay, int step) {}
