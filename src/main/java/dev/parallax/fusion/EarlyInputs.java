package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;

/// The inputs of both modalities, token by token.
///
/// @param audio   the frames of each token, averaged by [Alignment] [tokens, width]
/// @param text    the tokens [tokens, width]
/// @param offsets where the tokens of each utterance begin
record EarlyInputs(Variable audio, Variable text, Offsets offsets) {

    static EarlyInputs of(Pass pass, Perspective audio, Perspective text, Paired both) {
        States frames = both.statesOfAudio(pass, audio);
        States tokens = both.statesOfText(pass, text);
        return new EarlyInputs(Alignment.meanFrames(pass, frames, tokens.offsets()), tokens.rows(), tokens.offsets());
    }
}
