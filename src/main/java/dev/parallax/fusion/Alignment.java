package dev.parallax.fusion;

import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import java.util.stream.IntStream;

/// Which frames belong to which token. Where somebody has measured when words are spoken, those that sound
/// meanwhile; else they are shared out evenly: token j of T_t receives the mean of the frames
/// floor(j T_a / T_t) .. floor((j + 1) T_a / T_t) - 1 of T_a, and where that is none (more tokens than frames) of
/// the frame floor(j T_a / T_t). The latter is a crude guess: people do not speak that evenly.
final class Alignment {

    private Alignment() {}

    /// shapes: frames [total frames, D] -> [total tokens, D].
    ///
    /// @param tokens of the same utterances
    static Variable meanFrames(Pass pass, States frames, States tokens) {
        Offsets owners = tokens.offsets();
        int[] known = tokens.spans();
        int[] firsts = new int[owners.total()];
        int[] lengths = new int[owners.total()];
        for (int i = 0; i < owners.count(); i++) {
            int available = frames.offsets().length(i);
            int count = owners.length(i);
            for (int j = 0; j < count; j++) {
                int token = owners.start(i) + j;
                int from = (int) ((long) j * available / count);
                int to = (int) ((j + 1L) * available / count);
                if (known != null && known[2 * token] >= 0) {
                    from = Math.min(known[2 * token], available - 1);
                    to = Math.min(known[2 * token + 1], available);
                }
                firsts[token] = frames.offsets().start(i) + from;
                lengths[token] = Math.max(1, to - from);
            }
        }
        Offsets spans = Offsets.ofLengths(lengths);
        int[] rows = IntStream.range(0, firsts.length)
                .flatMap(token -> IntStream.range(firsts[token], firsts[token] + lengths[token]))
                .toArray();
        return pass.tape().apply(new SequenceMean(spans), Rows.choose(pass, frames.rows(), rows));
    }
}
