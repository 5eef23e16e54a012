package dev.parallax.audit.training;

/// One step of training, checked.
///
/// @param number   of the step in the training, from 0
/// @param epoch    from 0
/// @param batch    utterances in it
/// @param inputs   what the batch is on the tape
/// @param terms    the loss
/// @param gradient of the loss
/// @param update   what the step made of it
public record StepCheck(
        int number,
        int epoch,
        int batch,
        InputCheck inputs,
        TermCheck terms,
        GradientCheck gradient,
        UpdateCheck update) {

    /// Whether all of it holds.
    public boolean holds() {
        return inputs.holds() && terms.holds() && gradient.holds() && update.holds();
    }
}
