package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.fusion.Perspectives;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.optim.Adam;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The model of dialogues equals the paper's released one, run in PyTorch 1.13 without dropout: what each
/// perspective says, the losses on logits and on probabilities, every gradient, ten steps of Adam. Each test
/// reports the largest difference it saw, relative to the largest value of its tensor.
class DialogueGoldenTest {

    private static final double TOLERANCE = 1e-5;
    private static final Golden GOLDEN = new Golden("paper_model_pytorch");
    private static final int PADDED = 13; // utterances of the longest of its dialogues

    private static final System.Logger LOG = System.getLogger(DialogueGoldenTest.class.getName());

    private double largest;
    private String where = "nowhere";

    /// Each strategy, as the file calls it and as we do, with its number of parameters, on each backend.
    static Stream<Arguments> strategies() {
        return TestBackends.all()
                .flatMap(backend -> Stream.of(
                        Arguments.of(backend, "ADD", "late-add", 34),
                        Arguments.of(backend, "Concat", "late-concat", 35),
                        Arguments.of(backend, "AT_fusion", "late-attention", 36)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void forward_eachPerspective_equalsPytorch(Backend backend, String theirs, String fusion, int count) {
        Parameters parameters = new Parameters();
        DialogueNetwork network = loaded(backend, parameters, fusion);
        assertEquals(count, parameters.all().size());
        Pass pass = Pass.inference(new Tape(backend), parameters);
        FusedLogits logits = network.forward(pass, batch(backend));
        compare(theirs + ".audioLogits", Objects.requireNonNull(logits.audio()).logits());
        compare(theirs + ".textLogits", Objects.requireNonNull(logits.text()).logits());
        compare(
                theirs + ".fusedProbabilities",
                pass.tape().apply(new Softmax(), Objects.requireNonNull(logits.fused())));
        report();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void loss_onLogitsAndOnProbabilities_equalsPytorch(Backend backend, String theirs, String fusion, int count) {
        assertTrue(count > 0);
        Parameters parameters = new Parameters();
        DialogueNetwork network = loaded(backend, parameters, fusion);
        for (boolean onProbabilities : new boolean[] {false, true}) {
            Buffer gradients = backend.allocate(parameters.size());
            Tape tape = new Tape(backend);
            PerspectiveLoss.Terms terms =
                    run(network, Pass.differentiable(tape, parameters, gradients), onProbabilities);
            tape.backward(terms.total());
            String kind = theirs + (onProbabilities ? ".probabilities" : ".logits");
            compare(kind + ".loss", GOLDEN.floats(kind + ".loss"), losses(terms));
            if (!onProbabilities || fusion.equals("late-add")) {
                compareGradients(kind, backend, parameters, gradients);
            }
        }
        report();
    }

    @ParameterizedTest
    @MethodSource("dev.parallax.TestBackends#all")
    void adam_tenSteps_followsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        DialogueNetwork network = loaded(backend, parameters, "late-add");
        Adam adam = new Adam(parameters, 1e-5, false);
        Tape tape = new Tape(backend);
        Buffer gradients = backend.allocate(parameters.size());
        float[] losses = new float[10];
        for (int step = 0; step < losses.length; step++) {
            tape.reset();
            backend.fill(0, gradients);
            PerspectiveLoss.Terms terms = run(network, Pass.differentiable(tape, parameters, gradients), false);
            losses[step] = losses(terms)[0];
            tape.backward(terms.total());
            adam.step(gradients, 1e-3);
        }
        String name = "ADD.logits.tenAdamStepLosses";
        compare(name, GOLDEN.floats(name), losses);
        report();
    }

    private void compareGradients(String kind, Backend backend, Parameters parameters, Buffer gradients) {
        int compared = 0;
        for (Parameter parameter : parameters.all()) {
            String name = kind + ".grad." + pytorchName(parameter);
            if (!GOLDEN.file().contains(name)) {
                assertEquals("AT_fusion.omega", pytorchName(parameter)); // which they never train
                continue;
            }
            Tensor gradient = new Tensor(backend, parameter.shape(), parameters.slice(gradients, parameter));
            compare(name, GOLDEN.floats(name), gradient.toArray());
            compared++;
        }
        assertTrue(compared >= 34, compared + " gradients compared");
    }

    private void compare(String name, Variable ours) {
        compare(name, unpadded(GOLDEN.floats(name), 4), ours.value().toArray());
    }

    private void compare(String name, float[] expected, float[] actual) {
        double size = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            size = Math.max(size, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
        }
        if (difference / size > largest) {
            largest = difference / size;
            where = name;
        }
        Golden.assertClose(name, expected, actual, TOLERANCE);
    }

    private void report() {
        LOG.log(System.Logger.Level.INFO, "largest relative difference to PyTorch: " + largest + " in " + where);
    }

    private static PerspectiveLoss.Terms run(DialogueNetwork network, Pass pass, boolean onProbabilities) {
        DialogueBatch batch = batch(pass.backend());
        FusedLogits logits = network.forward(pass, batch);
        return new PerspectiveLoss(true, true, 1, 1, Perspectives.alike(CrossEntropyLoss.plain(4)), onProbabilities)
                .of(pass, logits, batch.labels(), 1);
    }

    /// In their order: total, fused, text, audio.
    private static float[] losses(PerspectiveLoss.Terms terms) {
        return new float[] {
            value(terms.total()),
            value(terms.each().fused()),
            value(terms.each().text()),
            value(terms.each().audio())
        };
    }

    private static float value(@Nullable Variable term) {
        return Objects.requireNonNull(term).value().toArray()[0];
    }

    private static DialogueNetwork loaded(Backend backend, Parameters parameters, String fusion) {
        NetworkConfig paper = NetworkConfig.DIALOGUE;
        NetworkConfig config = new NetworkConfig(paper.audio(), paper.text(), 1, fusion, paper.fusionWidth());
        DialogueNetwork network = new DialogueNetwork(parameters, config, 100, 48, 4);
        parameters.initialize(backend, 1);
        for (Parameter parameter : parameters.all()) {
            String name = pytorchName(parameter);
            backend.upload(
                    GOLDEN.floats(name.equals("AT_fusion.omega") ? name : "param." + name),
                    parameters.value(parameter).buffer());
        }
        return network;
    }

    /// Our `audio.gru.weightIh.0.reverse` is `GRU_audio.weight_ih_l0_reverse` there; parameters of a fusion are known
    /// by their sizes.
    private static String pytorchName(Parameter parameter) {
        String ours = parameter.name();
        if (ours.startsWith("fusion.")) {
            return switch (parameter.shape().count()) {
                case 32 -> "Concat2_Linear.weight";
                case 16 -> "Concat_Linear.weight";
                case 4 -> "AT_fusion.omega";
                default -> throw new IllegalArgumentException(ours);
            };
        }
        return ours.replaceFirst("^(audio|text)\\.gru\\.", "GRU_$1.")
                .replaceFirst("^(audio|text)\\.attention\\.", "Attention_$1.")
                .replaceFirst("^(audio|text)\\.dense\\.", "Linear_$1.")
                .replaceFirst("^(audio|text)\\.head\\.", "Classify_Linear_$1.")
                .replace("text.projection", "Bert_Linear_text")
                .replace(".0.reverse", "_l0_reverse")
                .replaceAll("\\.0$", "_l0")
                .replace("Ih", "_ih")
                .replace("Hh", "_hh")
                .replace("inWeight", "in_proj_weight")
                .replace("inBias", "in_proj_bias")
                .replace(".out.", ".out_proj.");
    }

    private static DialogueBatch batch(Backend backend) {
        List<DialogueExample> dialogues = new ArrayList<>();
        int[] lengths = GOLDEN.ints("lengths");
        for (int i = 0; i < lengths.length; i++) {
            int[] labels = Arrays.copyOfRange(GOLDEN.ints("labels"), i * PADDED, i * PADDED + lengths[i]);
            float[] audio = dialogue(GOLDEN.floats("audio"), 100, i);
            float[] text = dialogue(GOLDEN.floats("text"), 48, i);
            List<Vectors> vectors = IntStream.range(0, lengths[i])
                    .mapToObj(u -> new Vectors(row(audio, 100, u), row(text, 48, u)))
                    .toList();
            dialogues.add(new DialogueExample(vectors, new int[lengths[i]], labels));
        }
        return new DialogueBatch(backend, backend::allocate, dialogues, 100, 48, false);
    }

    private static float[] row(float[] rows, int features, int i) {
        return Arrays.copyOfRange(rows, i * features, (i + 1) * features);
    }

    private static float[] dialogue(float[] padded, int features, int i) {
        int from = i * PADDED * features;
        return Arrays.copyOfRange(padded, from, from + GOLDEN.ints("lengths")[i] * features);
    }

    private static float[] unpadded(float[] padded, int features) {
        List<Float> all = new ArrayList<>();
        for (int i = 0; i < GOLDEN.ints("lengths").length; i++) {
            for (float value : dialogue(padded, features, i)) {
                all.add(value);
            }
        }
        float[] values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return values;
    }
}
