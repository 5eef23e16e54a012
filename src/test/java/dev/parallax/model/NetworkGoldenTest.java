package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.data.Batch;
import dev.parallax.data.Example;
import dev.parallax.data.Tokens;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;
import dev.parallax.optim.Adam;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole small model equals PyTorch: what each perspective says, the losses, every gradient, ten steps of Adam.
class NetworkGoldenTest {

    private static final double TOLERANCE = 1e-5;
    private static final Golden GOLDEN = new Golden("utterance_model_pytorch");
    private static final NetworkConfig CONFIG = new NetworkConfig(
            new EncoderConfig(0, 0, RecurrentKind.LSTM, 8, 1, true, 4, 0, 0, Pooling.MEAN),
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 4, 0, 0, Pooling.MEAN),
            12,
            "late-add",
            64);

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forwardAndBackward_wholeModel_equalPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        Network network = loaded(backend, parameters);
        Tape tape = new Tape(backend);
        Buffer gradients = backend.allocate(parameters.size());
        PerspectiveLoss.Terms terms = run(network, Pass.differentiable(tape, parameters, gradients));
        tape.backward(terms.total());

        float[] losses = {
            value(terms.total()),
            value(terms.each().fused()),
            value(terms.each().audio()),
            value(terms.each().text())
        };
        GOLDEN.assertEqual("losses", losses, TOLERANCE);
        assertEquals(21, parameters.all().size());
        for (Parameter parameter : parameters.all()) {
            Tensor gradient = new Tensor(backend, parameter.shape(), parameters.slice(gradients, parameter));
            GOLDEN.assertEqual("grad." + pytorchName(parameter.name()), gradient.toArray(), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forward_eachPerspective_equalsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        Network network = loaded(backend, parameters);
        FusedLogits logits = network.forward(Pass.inference(new Tape(backend), parameters), batch(backend));
        Perspective audio = Objects.requireNonNull(logits.audio());
        Perspective text = Objects.requireNonNull(logits.text());
        GOLDEN.assertEqual("audioLogits", audio.logits().value().toArray(), TOLERANCE);
        GOLDEN.assertEqual("textLogits", text.logits().value().toArray(), TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void adam_tenSteps_followsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        Network network = loaded(backend, parameters);
        Adam adam = new Adam(parameters, 1e-5, false);
        Tape tape = new Tape(backend);
        Buffer gradients = backend.allocate(parameters.size());
        float[] losses = new float[10];
        for (int step = 0; step < 10; step++) {
            tape.reset();
            backend.fill(0, gradients);
            PerspectiveLoss.Terms terms = run(network, Pass.differentiable(tape, parameters, gradients));
            losses[step] = value(terms.total());
            tape.backward(terms.total());
            adam.step(gradients, 1e-2);
        }
        GOLDEN.assertEqual("tenAdamStepLosses", losses, 1e-4);
    }

    private static PerspectiveLoss.Terms run(Network network, Pass pass) {
        FusedLogits logits = network.forward(pass, batch(pass.backend()));
        return new PerspectiveLoss(true, 1, 1, CrossEntropyLoss.plain(4)).of(pass, logits, GOLDEN.ints("labels"), 1);
    }

    private static float value(@Nullable Variable term) {
        return Objects.requireNonNull(term).value().toArray()[0];
    }

    private static Network loaded(Backend backend, Parameters parameters) {
        Network network = new Network(parameters, CONFIG, 10, 23, 4);
        parameters.initialize(backend, 1);
        for (Parameter parameter : parameters.all()) {
            backend.upload(
                    GOLDEN.floats("param." + pytorchName(parameter.name())),
                    parameters.value(parameter).buffer());
        }
        return network;
    }

    /// Our `audio.lstm.weightIh.0.reverse` is `audioLstm.weight_ih_l0_reverse` there.
    private static String pytorchName(String ours) {
        return ours.replace("audio.lstm.", "audioLstm.")
                .replace(".0.reverse", "_l0_reverse")
                .replaceAll("\\.0$", "_l0")
                .replace("Ih", "_ih")
                .replace("Hh", "_hh")
                .replace("text.embedding", "textEmbedding")
                .replaceAll("(audio|text)\\.attention\\.", "$1Attention.")
                .replaceAll("(audio|text)\\.head\\.", "$1Head.")
                .replace("inWeight", "in_proj_weight")
                .replace("inBias", "in_proj_bias")
                .replace(".out.", ".out_proj.");
    }

    private static Batch batch(Backend backend) {
        float[] audio = GOLDEN.floats("audio");
        int[] ids = GOLDEN.ints("ids");
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int frames = GOLDEN.ints("audioLengths")[i];
            int tokens = GOLDEN.ints("textLengths")[i];
            examples.add(new Example(
                    Arrays.copyOfRange(audio, i * 170, i * 170 + frames * 10),
                    Tokens.of(Arrays.copyOfRange(ids, i * 6, i * 6 + tokens)),
                    GOLDEN.ints("labels")[i]));
        }
        return new Batch(backend, backend::allocate, examples, 10);
    }
}
