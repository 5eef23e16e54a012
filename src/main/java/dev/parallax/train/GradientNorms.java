package dev.parallax.train;

/// Norms of the gradient before clipping, or their means over steps.
///
/// @param all   of all parameters
/// @param audio of those that read audio, NaN where there are none   @param text of those that read text, likewise
record GradientNorms(double all, double audio, double text) {

    static final GradientNorms ZERO = new GradientNorms(0, 0, 0);

    GradientNorms plus(GradientNorms other) {
        return new GradientNorms(all + other.all, audio + other.audio, text + other.text);
    }

    GradientNorms over(int steps) {
        return new GradientNorms(all / steps, audio / steps, text / steps);
    }
}
