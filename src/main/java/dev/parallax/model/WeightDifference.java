package dev.parallax.model;

import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.SafeTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How far a parameter of one model is from the parameter of the same name of another.
///
/// @param name     of the parameter
/// @param kind     how they differ
/// @param largest  max |b - a| over its values; NaN where the two cannot be compared
/// @param relative |b - a|₂ / |a|₂; infinite where a is zero and b is not, NaN where they cannot be compared
public record WeightDifference(String name, Kind kind, double largest, double relative) {

    private static final RecordJson<WeightDifference> JSON =
            RecordJson.of(WeightDifference.class).withNaN();

    /// How two parameters differ.
    public enum Kind {
        /// In their values.
        VALUES,
        /// In their shapes.
        SHAPE,
        /// The second model has none of this name.
        ONLY_FIRST,
        /// The first model has none of this name.
        ONLY_SECOND
    }

    /// Of every parameter that is not the same bit for bit, in the order of their names.
    public static List<WeightDifference> between(SafeTensors first, SafeTensors second) {
        TreeSet<String> names = new TreeSet<>();
        Stream.concat(first.names().stream(), second.names().stream())
                .filter(ModelFile::isWeight)
                .forEach(names::add);
        List<WeightDifference> all = new ArrayList<>();
        for (String name : names) {
            if (!second.contains(name)) {
                all.add(new WeightDifference(name, Kind.ONLY_FIRST, Double.NaN, Double.NaN));
            } else if (!first.contains(name)) {
                all.add(new WeightDifference(name, Kind.ONLY_SECOND, Double.NaN, Double.NaN));
            } else if (!Arrays.equals(first.shape(name), second.shape(name))) {
                all.add(new WeightDifference(name, Kind.SHAPE, Double.NaN, Double.NaN));
            } else if (!Arrays.equals(first.raw(name), second.raw(name))) {
                all.add(of(name, first.floats(name), second.floats(name)));
            }
        }
        return List.copyOf(all);
    }

    /// The same, the largest relative difference first; those that cannot be compared before all.
    public static List<WeightDifference> largestFirst(List<WeightDifference> some) {
        return some.stream()
                .sorted(Comparator.comparingDouble(WeightDifference::relative).reversed())
                .toList();
    }

    /// One line for people, the models called A and B.
    public String line() {
        return switch (kind) {
            case VALUES ->
                String.format(Locale.ROOT, "%s: largest difference %.2g, relative %.2g", name, largest, relative);
            case SHAPE -> name + ": of another shape";
            case ONLY_FIRST -> name + ": only in A";
            case ONLY_SECOND -> name + ": only in B";
        };
    }

    /// Its components; a number that is not there is null.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    private static WeightDifference of(String name, float[] a, float[] b) {
        double largest = 0;
        double squares = 0;
        double before = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) b[i] - a[i];
            largest = Math.max(largest, Math.abs(difference));
            squares += difference * difference;
            before += (double) a[i] * a[i];
        }
        return new WeightDifference(name, Kind.VALUES, largest, Math.sqrt(squares / before));
    }
}
