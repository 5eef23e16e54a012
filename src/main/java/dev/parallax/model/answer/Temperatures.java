package dev.parallax.model.answer;

import dev.parallax.BadInputException;

/// What the logits are divided by before the softmax, one number a perspective, fitted on the validation part: it
/// changes an answer's probability, never its label.
///
/// @param fused of z, above 0   @param audio of z_audio, above 0   @param text of z_text, above 0
public record Temperatures(double fused, double audio, double text) {

    /// Nothing is changed.
    public static final Temperatures ONE = new Temperatures(1, 1, 1);

    public Temperatures {
        if (!(fused > 0 && audio > 0 && text > 0)) {
            throw new BadInputException(
                    "model: temperatures " + fused + ", " + audio + ", " + text + " must be above 0");
        }
    }
}
