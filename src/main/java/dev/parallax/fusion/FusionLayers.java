package dev.parallax.fusion;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.ConcatColumns;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Relu;
import dev.parallax.autograd.Scale;
import dev.parallax.autograd.SequenceMean;
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
import org.jspecify.annotations.Nullable;

/// What strategies of several places are made of: operators on two rows, the layers before and after them, and
/// compositions of operations on rows.
final class FusionLayers {

    private FusionLayers() {}

    /// One row of two: y = operator(a, t), for each row of audio and the same row of text.
    @FunctionalInterface
    interface Operator {

        /// @param a       of audio [rows, A]
        /// @param t       of text [rows, T]
        /// @param offsets where each utterance, or in context each dialogue, begins among the rows
        Variable of(Pass pass, Variable a, Variable t, Offsets offsets);
    }

    /// y = a + t.
    static final Operator ADD = (pass, a, t, _) -> pass.tape().apply(new Add(), a, t);

    /// y = a t, element by element.
    static final Operator PRODUCT = (pass, a, t, _) -> pass.tape().apply(new Multiply(), a, t);

    /// y = [a; t].
    static final Operator CONCAT = (pass, a, t, _) -> concat(pass, a, t);

    /// y = W [a; t], for both of `width` features. W [width, 2 width] without bias.
    static Operator mix(Parameters parameters, int width) {
        Linear mix = new Linear(parameters, "fusion.mix", 2 * width, width, false);
        return (pass, a, t, _) -> mix.forward(pass, concat(pass, a, t));
    }

    /// AT-fusion, attention over the two modalities of a row: with W shared by both and omega one vector,
    ///
    ///     u_m = W x_m     w = softmax over m of (omega · dropout(relu(u_m)))
    ///     y = w_audio u_audio + w_text u_text
    ///
    /// shapes: x_audio, x_text [rows, D] -> y [rows, D]; W [D, D] without bias, omega [D].
    ///
    /// Source: Poria et al., "Multi-level Multiple Attentions for Contextual Multimodal Sentiment
    /// Analysis", ICDM 2017, in the form of Wu, Lu, Dai, ICASSP 2023. Omega starts normal with standard
    /// deviation 0.01 as theirs, so that both weights start near one half; theirs is never trained, ours is unless
    /// the sizes say otherwise.
    static final class AtFusion implements Operator {

        private static final double OMEGA_DEVIATION = 0.01;

        private final int width;
        private final Linear shared;
        private final Parameter omega;
        private final Dropout dropout;

        /// @param width  D
        /// @param stream of its dropout
        AtFusion(Parameters parameters, Fusion.Sizes sizes, int width, int stream) {
            this.width = width;
            this.shared = new Linear(parameters, "fusion.shared", width, width, false);
            Shape shape = Shape.of(1, width);
            Initializer start = Initializer.normal(OMEGA_DEVIATION);
            this.omega = sizes.omegaTrained()
                    ? parameters.add("fusion.omega", shape, start)
                    : parameters.addFixed("fusion.omega", shape, start);
            this.dropout = new Dropout((float) sizes.dropout(), stream);
        }

        @Override
        public Variable of(Pass pass, Variable a, Variable t, Offsets offsets) {
            int rows = offsets.total();
            Variable inTurn = concat(pass, a, t).reshape(2 * rows, width); // a row of audio, one of text, and so on
            Variable u = shared.forward(pass, inTurn);
            Variable active = dropout.forward(pass, pass.tape().apply(new Relu(), u), twice(offsets));
            Variable scores = pass.tape().apply(new Affine(), active, pass.variable(omega));
            Variable weights = pass.tape().apply(new Softmax(), scores.reshape(rows, 2));
            Variable spread = spread(pass, weights.reshape(2 * rows, 1), width);
            return sumOf(pass, 2, pass.tape().apply(new Multiply(), spread, u));
        }

        /// Offsets of twice as many rows: two for each one.
        private static Offsets twice(Offsets offsets) {
            int[] lengths = new int[offsets.count()];
            Arrays.setAll(lengths, i -> 2 * offsets.length(i));
            return Offsets.ofLengths(lengths);
        }
    }

    /// Brings both modalities to the common width, where an operator needs them to have the same: a linear layer
    /// for the one whose width is another, else nothing. So does Wu, Lu, Dai, ICASSP 2023, who project whatever is
    /// not 100 wide to 100.
    /// shapes: x_m [rows, H_m] -> [rows, width].
    static final class CommonWidth {

        private final @Nullable Linear fromAudio;
        private final @Nullable Linear fromText;

        CommonWidth(Parameters parameters, Fusion.Sizes sizes) {
            int width = sizes.width();
            this.fromAudio =
                    sizes.audio() == width ? null : new Linear(parameters, "fusion.audio", sizes.audio(), width);
            this.fromText = sizes.text() == width ? null : new Linear(parameters, "fusion.text", sizes.text(), width);
        }

        Variable audio(Pass pass, Variable x) {
            return fromAudio == null ? x : fromAudio.forward(pass, x);
        }

        Variable text(Pass pass, Variable x) {
            return fromText == null ? x : fromText.forward(pass, x);
        }

        /// What `operator` makes of both at this width.
        Operator then(Operator operator) {
            return (pass, a, t, offsets) -> operator.of(pass, audio(pass, a), text(pass, t), offsets);
        }
    }

    /// From one row per utterance to the fused logits: z = Linear(dropout(x)).
    /// shapes: x [utterances, in] -> z [utterances, classes].
    static final class Head {

        private final Dropout dropout;
        private final Linear linear;

        Head(Parameters parameters, Fusion.Sizes sizes, int in, int stream) {
            this.dropout = new Dropout((float) sizes.dropout(), stream);
            this.linear = new Linear(parameters, "fusion.head", in, sizes.classes());
        }

        /// @param groups of the utterances ([Paired#groups])
        Variable forward(Pass pass, Variable x, Offsets groups) {
            return linear.forward(pass, dropout.forward(pass, x, groups));
        }
    }

    /// Side by side, [a | t]. shapes: a [rows, A], t [rows, T] -> [rows, A + T].
    static Variable concat(Pass pass, Variable a, Variable t) {
        return pass.tape().apply(new ConcatColumns(), a, t);
    }

    /// A gate between two: g a + (1 - g) t, computed as t + g (a - t). shapes: all [rows, D].
    static Variable gate(Pass pass, Variable g, Variable a, Variable t) {
        Variable difference = pass.tape().apply(new Add(), a, pass.tape().apply(new Scale(-1), t));
        return pass.tape().apply(new Add(), t, pass.tape().apply(new Multiply(), g, difference));
    }

    /// A column, beside itself `columns` times. shapes: x [rows, 1] -> [rows, columns].
    static Variable spread(Pass pass, Variable x, int columns) {
        return pass.tape().apply(new Affine(), x, ones(pass, columns));
    }

    /// The sum of every `count` rows that follow each other. shapes: x [count rows, D] -> [rows, D].
    static Variable sumOf(Pass pass, int count, Variable x) {
        int[] lengths = new int[x.shape().rows() / count];
        Arrays.fill(lengths, count);
        Variable mean = pass.tape().apply(new SequenceMean(Offsets.ofLengths(lengths)), x);
        return pass.tape().apply(new Scale(count), mean);
    }

    /// shapes: [rows, 1].
    static Variable ones(Pass pass, int rows) {
        float[] ones = new float[rows];
        Arrays.fill(ones, 1);
        return pass.tape().constant(Shape.of(rows, 1), ones);
    }
}
