package dev.parallax.study;

import dev.parallax.io.Choice;

/// How two models that were trained apart, of audio and of text, decide together.
public enum DecisionRule implements Choice {
    /// The mean of both probabilities: [DecisionFusion#mean].
    MEAN,
    /// Their product over that of the classes without any input: [DecisionFusion#product].
    PRODUCT,
    /// A softmax regression on both logits, fitted on the validation part: [DecisionStack].
    STACK;

    /// `decision-mean`
    @Override
    public String word() {
        return "decision-" + Choice.super.word();
    }
}
