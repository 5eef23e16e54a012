package dev.parallax.fusion;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.ConcatColumns;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Relu;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;

/// Late fusion by attention over the modalities (AT-fusion): u_m = W z_m, W shared and without bias;
/// a = softmax over m of (dropout(ReLU(u_m)) · omega); z = sum of a_m u_m. Parameters `fusion.map.weight` [C, C] and
/// `fusion.omega` [1, C], which starts normal with deviation 0.01 and is trained.
/// shapes: z_audio, z_text [utterances, classes] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023, whose released code never trains omega.
public final class LateAttention implements Fusion {

    private static final double OMEGA_DEVIATION = 0.01;

    private final int classes;
    private final Linear map;
    private final Parameter omega;
    private final Dropout ofAudio;
    private final Dropout ofText;

    LateAttention(Parameters parameters, FusionSizes sizes) {
        this.classes = sizes.classes();
        this.map = new Linear(parameters, "fusion.map", classes, classes, false);
        this.omega = parameters.add("fusion.omega", Shape.of(1, classes), Initializer.normal(OMEGA_DEVIATION));
        this.ofAudio = new Dropout((float) sizes.dropout(), sizes.firstStream());
        this.ofText = new Dropout((float) sizes.dropout(), sizes.firstStream() + 1);
    }

    @Override
    public Variable forward(Pass whole, Perspective audio, Perspective text, Paired both) {
        Pass pass = whole.ofUtterances(both.owners());
        Variable fromAudio = map.forward(pass, both.ofAudio(pass, audio.logits()));
        Variable fromText = map.forward(pass, both.ofText(pass, text.logits()));
        Variable scores = pass.tape()
                .apply(
                        new ConcatColumns(),
                        score(pass, fromAudio, ofAudio, both.count()),
                        score(pass, fromText, ofText, both.count()));
        Variable weights = pass.tape().apply(new Softmax(), scores);
        return pass.tape()
                .apply(new Add(), weighted(pass, weights, 0, fromAudio), weighted(pass, weights, 1, fromText));
    }

    /// dropout(ReLU(u)) · omega [utterances, 1].
    private Variable score(Pass pass, Variable u, Dropout dropout, int count) {
        Variable positive = pass.tape().apply(new Relu(), u);
        Variable kept = dropout.forward(pass, positive, Offsets.ofSingleRows(count));
        return pass.tape().apply(new Affine(), kept, pass.variable(omega));
    }

    /// Column `m` of the weights times every column of u: the weights meet a matrix with ones in column m.
    private Variable weighted(Pass pass, Variable weights, int m, Variable u) {
        float[] ones = new float[classes * 2];
        for (int c = 0; c < classes; c++) {
            ones[c * 2 + m] = 1;
        }
        Variable spread = pass.tape().constant(Tensor.of(pass.backend(), Shape.of(classes, 2), ones));
        return pass.tape().apply(new Multiply(), pass.tape().apply(new Affine(), weights, spread), u);
    }
}
