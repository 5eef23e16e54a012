package dev.parallax.serve;

import dev.parallax.io.SafeTensors;
import dev.parallax.model.Model;
import java.util.function.Function;
import java.util.function.Supplier;

/// Where a model comes from: at the start, and again when the service reloads.
///
/// @param name  by which requests ask for it
/// @param place of its file, which answers do not tell
/// @param file  reads its file
/// @param model makes a model of what its file holds
public record ModelSource(String name, String place, Supplier<SafeTensors> file, Function<SafeTensors, Model> model) {}
