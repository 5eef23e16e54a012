package dev.parallax.train;

/// Norms of the gradient before clipping, or their means over steps.
///
/// @param all   of all parameters
/// @param audio of those that read audio   @param text of those that read text
record GradientNorms(double all, OfPerspective audio, OfPerspective text) {

    static final GradientNorms ZERO = new GradientNorms(0, OfPerspective.ZERO, OfPerspective.ZERO);

    /// The gradient of a perspective.
    ///
    /// @param all  of its parameters, NaN where there are none
    /// @param head of those that make its own logits from what its encoder gives, NaN where there are none
    record OfPerspective(double all, double head) {

        static final OfPerspective ZERO = new OfPerspective(0, 0);

        /// Whether the loss reaches the head. Its bias has the gradient softmax(z) - y, summed, which is not exactly 0.
        boolean isHeadTrained() {
            return head > 0;
        }

        private OfPerspective plus(OfPerspective other) {
            return new OfPerspective(all + other.all, head + other.head);
        }

        private OfPerspective over(int steps) {
            return new OfPerspective(all / steps, head / steps);
        }
    }

    GradientNorms plus(GradientNorms other) {
        return new GradientNorms(all + other.all, audio.plus(other.audio), text.plus(other.text));
    }

    GradientNorms over(int steps) {
        return new GradientNorms(all / steps, audio.over(steps), text.over(steps));
    }
}
