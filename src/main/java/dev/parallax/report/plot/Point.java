package dev.parallax.report.plot;

/// A point in a plane.
public record Point(double x, double y) {}
