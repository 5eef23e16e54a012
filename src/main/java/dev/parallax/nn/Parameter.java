package dev.parallax.nn;

import dev.parallax.tensor.Shape;

/// One named parameter of [Parameters], which knows where its values are.
///
/// @param name        for example `audio.lstm.weightIh.0`
/// @param shape       its arrangement
/// @param ordinal     its number among the parameters, from 0: the random stream of its initial values
/// @param initializer how it is initialised
public record Parameter(String name, Shape shape, int ordinal, Initializer initializer) {}
