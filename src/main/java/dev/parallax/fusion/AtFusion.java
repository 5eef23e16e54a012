package dev.parallax.fusion;

import dev.parallax.autograd.Affine;
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
import java.util.Arrays;

/// AT-fusion, attention over the two modalities of a row: with W shared by both and omega one vector,
///
///     u_m = W x_m     a = softmax over m of (omega · dropout(relu(u_m)))     y = a_audio u_audio + a_text u_text
///
/// shapes: x_audio, x_text [rows, D] -> y [rows, D]; W [D, D] without bias, omega [D].
///
/// Source: Poria et al., "Multi-level Multiple Attentions for Contextual Multimodal Sentiment
/// Analysis", ICDM 2017, in the form of Wu, Lu, Dai, ICASSP 2023. Omega starts normal with standard
/// deviation 0.01 as theirs, so that both weights start near one half; theirs is never trained, ours is unless the
/// sizes say otherwise.
final class AtFusion {

    private static final double OMEGA_DEVIATION = 0.01;

    private final int width;
    private final Linear shared;
    private final Parameter omega;
    private final Dropout dropout;

    /// @param width  D
    /// @param stream of its dropout
    AtFusion(Parameters parameters, FusionSizes sizes, int width, int stream) {
        this.width = width;
        this.shared = new Linear(parameters, "fusion.shared", width, width, false);
        Shape shape = Shape.of(1, width);
        Initializer start = Initializer.normal(OMEGA_DEVIATION);
        this.omega = sizes.omegaTrained()
                ? parameters.add("fusion.omega", shape, start)
                : parameters.addFixed("fusion.omega", shape, start);
        this.dropout = new Dropout((float) sizes.dropout(), stream);
    }

    /// @param offsets where each utterance begins among the rows
    Variable forward(Pass pass, Variable audio, Variable text, Offsets offsets) {
        int rows = offsets.total();
        Variable u = shared.forward(pass, Rows.interleave(pass, audio, text));
        Variable active = dropout.forward(pass, pass.tape().apply(new Relu(), u), twice(offsets));
        Variable scores =
                pass.tape().apply(new Affine(), active, pass.variable(omega)).reshape(rows, 2);
        Variable weights = pass.tape().apply(new Softmax(), scores).reshape(2 * rows, 1);
        Variable weighted = pass.tape().apply(new Multiply(), Rows.spread(pass, weights, width), u);
        return Rows.sumOf(pass, 2, weighted);
    }

    /// Two rows for each one.
    private static Offsets twice(Offsets offsets) {
        int[] lengths = new int[offsets.count()];
        Arrays.setAll(lengths, i -> 2 * offsets.length(i));
        return Offsets.ofLengths(lengths);
    }
}
