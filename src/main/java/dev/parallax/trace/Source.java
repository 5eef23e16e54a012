package dev.parallax.trace;

import java.util.List;

/// What a step reads: all elements of a value, or some that follow each other.
///
/// @param value the name of a step's result ([Step#name]), or of a parameter of the model, behind [#PARAMETER]
/// @param first the first element that is read
/// @param shape in which the elements are read
public record Source(String value, int first, List<Integer> shape) {

    /// What the name of a parameter begins with.
    public static final String PARAMETER = "parameter.";

    public Source {
        shape = List.copyOf(shape);
    }

    /// Whether it is a parameter, whose values are in the model's file.
    public boolean isParameter() {
        return value.startsWith(PARAMETER);
    }

    /// The name of the parameter in the model's file.
    public String parameter() {
        return value.substring(PARAMETER.length());
    }

    /// How many elements are read.
    public int count() {
        return Shapes.count(shape);
    }
}
