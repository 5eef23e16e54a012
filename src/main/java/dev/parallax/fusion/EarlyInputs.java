package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;

/// The inputs of both modalities, row by row: token by token, or in context utterance by utterance.
///
/// @param audio the frames of each token, averaged by [Alignment]; in context what audio has of each utterance
///     [rows, width]
/// @param text  the tokens, or what text has of each utterance [rows, width]
record EarlyInputs(Variable audio, States text) {

    static EarlyInputs of(Pass pass, Perspective audio, Perspective text, Paired both) {
        States heard = both.statesOfAudio(pass, audio);
        States read = both.statesOfText(pass, text);
        Variable aligned = read.inContext() ? heard.rows() : Alignment.meanFrames(pass, heard, read);
        return new EarlyInputs(aligned, read);
    }
}
