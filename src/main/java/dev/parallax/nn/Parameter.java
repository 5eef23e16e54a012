package dev.parallax.nn;

import dev.parallax.tensor.Shape;

/// One named parameter: a place in the flat buffer of its [Parameters].
///
/// @param name        for example `audio.lstm.weightIh.0`
/// @param shape       its arrangement
/// @param offset      first element within the flat buffer
/// @param ordinal     its number among the parameters, from 0: the random stream of its initial values
/// @param initializer how it is initialised
public record Parameter(String name, Shape shape, int offset, int ordinal, Initializer initializer) {}
