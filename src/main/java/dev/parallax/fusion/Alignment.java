package dev.parallax.fusion;

import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import java.util.stream.IntStream;

/// Which frames belong to which token where nobody has measured it: they are shared out evenly. Token j
/// of T_t receives the mean of the frames floor(j T_a / T_t) .. floor((j + 1) T_a / T_t) - 1 of T_a,
/// and where that is none (more tokens than frames) of the frame floor(j T_a / T_t).
/// A crude guess: people do not speak that evenly.
final class Alignment {

    private Alignment() {}

    /// shapes: frames [total frames, D] -> [total tokens, D].
    ///
    /// @param tokens where the tokens of the same utterances begin
    static Variable meanFrames(Pass pass, States frames, Offsets tokens) {
        int[] firsts = new int[tokens.total()];
        int[] lengths = new int[tokens.total()];
        for (int i = 0; i < tokens.count(); i++) {
            long available = frames.offsets().length(i);
            int count = tokens.length(i);
            for (int j = 0; j < count; j++) {
                int from = (int) (j * available / count);
                int to = Math.max(from + 1, (int) ((j + 1) * available / count));
                firsts[tokens.start(i) + j] = frames.offsets().start(i) + from;
                lengths[tokens.start(i) + j] = to - from;
            }
        }
        Offsets spans = Offsets.ofLengths(lengths);
        int[] rows = IntStream.range(0, firsts.length)
                .flatMap(token -> IntStream.range(firsts[token], firsts[token] + lengths[token]))
                .toArray();
        return pass.tape().apply(new SequenceMean(spans), Rows.choose(pass, frames.rows(), rows));
    }
}
