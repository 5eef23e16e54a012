package dev.parallax.fusion;

import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;

/// Late fusion by a weighted sum: z = w_audio z_audio + w_text z_text. The two weights are trained and
/// start at 1, which is late add. They scale how sure a whole modality is, for every utterance alike.
/// shapes: z_audio, z_text [utterances, classes] -> z [utterances, classes]; w [1, 2].
/// Source: the weighted sum of Kittler et al., IEEE TPAMI 20 (1998), on logits.
public final class LateWeighted implements Fusion {

    private final Parameter weights;

    LateWeighted(Parameters parameters) {
        this.weights = parameters.add("fusion.weights", Shape.of(1, 2), Initializer.constant(1));
    }

    @Override
    public Variable forward(Pass pass, Perspective audio, Perspective text, Paired both) {
        Variable a = both.ofAudio(pass, audio.logits());
        Variable t = both.ofText(pass, text.logits());
        int rows = a.shape().rows();
        int count = a.shape().count();
        Variable pairs = Rows.concat(pass, a.reshape(count, 1), t.reshape(count, 1)); // one row a logit
        return pass.tape().apply(new Affine(), pairs, pass.variable(weights)).reshape(rows, count / rows);
    }
}
