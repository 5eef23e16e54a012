package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Sequences;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layer equals PyTorch 1.13: outputs and all gradients, on every backend.
class LayersGoldenTest {

    private static final double TOLERANCE = 1e-5;
    private static final Golden GOLDEN = new Golden("layers_pytorch");
    private static final int[] LENGTHS = GOLDEN.ints("lengths");

    /// A layer's parameters, the tape it runs on, and where its gradients go.
    private static final class Bench {
        final Backend backend;
        final Parameters parameters;
        final Tape tape;
        final Buffer gradients;

        Bench(Backend backend, Parameters parameters, String name, Map<String, String> ourNames) {
            this.backend = backend;
            this.parameters = parameters;
            this.tape = new Tape(backend);
            parameters.initialize(backend, 1);
            this.gradients = backend.allocate(parameters.size());
            int found = 0;
            for (Parameter parameter : parameters.all()) {
                String golden = name + ".param." + ourNames.get(parameter.name());
                backend.upload(
                        GOLDEN.floats(golden), parameters.value(parameter).buffer());
                found++;
            }
            assertEquals(ourNames.size(), found, "parameters");
        }

        Pass pass() {
            return Pass.differentiable(tape, parameters, gradients);
        }

        void assertGradients(String name, Map<String, String> ourNames) {
            for (Parameter parameter : parameters.all()) {
                float[] gradient =
                        new Tensor(backend, parameter.shape(), parameters.slice(gradients, parameter)).toArray();
                GOLDEN.assertEqual(name + ".grad.param." + ourNames.get(parameter.name()), gradient, TOLERANCE);
            }
        }

        void assertRows(String name, Tensor rows, int[] lengths) {
            Golden.assertClose(
                    name, GOLDEN.sequences(backend, name, lengths).rows().toArray(), rows.toArray(), TOLERANCE);
        }
    }

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    static Stream<Arguments> recurrent() {
        return TestBackends.all()
                .flatMap(backend -> Stream.of("lstm", "gru")
                        .flatMap(cell -> Stream.of("", ".bi")
                                .flatMap(direction -> Stream.of(1, 2)
                                        .map(layers -> Arguments.of(backend, cell, direction.equals(".bi"), layers)))));
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void recurrent_anyStack_equalsPytorch(Backend backend, String cell, boolean bidirectional, int layers) {
        String name = cell + (bidirectional ? ".bi" : "") + ".layers" + layers;
        Recurrent.Cell kind = cell.equals("lstm") ? Recurrent.Cell.LSTM : Recurrent.Cell.GRU;
        Parameters parameters = new Parameters();
        Recurrent layer = new Recurrent(parameters, "r", kind, 7, 6, layers, bidirectional);
        Map<String, String> names = new LinkedHashMap<>();
        for (Parameter parameter : parameters.all()) {
            names.put(parameter.name(), pytorchName(parameter.name()));
        }
        Bench bench = new Bench(backend, parameters, name, names);
        Sequences in = GOLDEN.sequences(backend, name + ".in.x", LENGTHS);
        Variable x = bench.tape.variable(in.rows());

        List<List<Recurrent.States>> states = layer.states(bench.pass(), x, in.offsets());
        Variable y = layer.forward(bench.pass(), x, in.offsets());
        bench.assertRows(name + ".out.y", y.value(), LENGTHS);
        bench.tape.seed(
                y, GOLDEN.sequences(backend, name + ".cotangent.y", LENGTHS).rows());

        seedFinal(bench, name + ".cotangent.h", name + ".out.h", states, in.offsets(), true);
        if (kind == Recurrent.Cell.LSTM) {
            seedFinal(bench, name + ".cotangent.c", name + ".out.c", states, in.offsets(), false);
        }
        bench.tape.backward(y, Tensor.zeros(backend, y.shape()));
        bench.assertRows(name + ".grad.in.x", x.grad(), LENGTHS);
        bench.assertGradients(name, names);
    }

    /// Our `r.weightIh.1.reverse` is PyTorch's `weight_ih_l1_reverse`.
    private static String pytorchName(String ours) {
        String[] parts = ours.split("\\.");
        String base = parts[1].replace("Ih", "_ih").replace("Hh", "_hh");
        return base + "_l" + parts[2] + (parts.length > 3 ? "_reverse" : "");
    }

    /// Compares the final states of every layer and direction and gives them their cotangents.
    private static void seedFinal(
            Bench bench,
            String cotangent,
            String expected,
            List<List<Recurrent.States>> states,
            Offsets offsets,
            boolean hidden) {
        int slot = 0;
        List<Float> all = new ArrayList<>();
        Tensor given = GOLDEN.tensor(bench.backend, cotangent);
        for (List<Recurrent.States> layer : states) {
            for (Recurrent.States direction : layer) {
                int[] last = new int[offsets.count()];
                for (int i = 0; i < last.length; i++) {
                    last[i] = direction.reverse() ? offsets.start(i) : offsets.start(i + 1) - 1;
                }
                Variable rows = bench.tape.apply(new GatherRows(last), hidden ? direction.hidden() : direction.cells());
                for (float value : rows.value().toArray()) {
                    all.add(value);
                }
                Tensor slice = given.rows(slot++, 1);
                bench.tape.seed(rows, new Tensor(bench.backend, rows.shape(), slice.buffer()));
            }
        }
        float[] actual = new float[all.size()];
        for (int i = 0; i < actual.length; i++) {
            actual[i] = all.get(i);
        }
        GOLDEN.assertEqual(expected, actual, TOLERANCE);
    }

    private static final Map<String, String> ATTENTION_NAMES = Map.of(
            "a.inWeight", "in_proj_weight",
            "a.inBias", "in_proj_bias",
            "a.out.weight", "out_proj.weight",
            "a.out.bias", "out_proj.bias");

    /// PyTorch masks the padded keys but computes the padded queries too, and its cotangents reach them. So here the
    /// queries are all 11 rows and the keys are the real ones, taken from the same x.
    @ParameterizedTest
    @MethodSource("backends")
    void selfAttention_maskedBatch_equalsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        MultiHeadAttention layer = new MultiHeadAttention(parameters, "a", 12, 3, false, 0, 0);
        Bench bench = new Bench(backend, parameters, "selfAttention", ATTENTION_NAMES);
        Offsets queries = Offsets.ofLengths(11, 11, 11, 11);
        Offsets keys = Offsets.ofLengths(LENGTHS);
        int[] realRows = IntStream.range(0, keys.count())
                .flatMap(i -> IntStream.range(0, keys.length(i)).map(t -> queries.start(i) + t))
                .toArray();
        Tensor padded = GOLDEN.tensor(backend, "selfAttention.in.x");
        Variable x = bench.tape.variable(new Tensor(backend, Shape.of(44, 12), padded.buffer()));
        Variable real = bench.tape.apply(new GatherRows(realRows), x);
        Variable y = layer.forward(bench.pass(), x, queries, real, keys);
        GOLDEN.assertEqual("selfAttention.out.y", y.value().toArray(), TOLERANCE);
        assertWeights(weights(bench, x, real, new AttentionSizes(queries, keys, 12, 3, false)), keys);
        bench.tape.backward(y.reshape(4, 11, 12), GOLDEN.tensor(backend, "selfAttention.cotangent.y"));
        GOLDEN.assertEqual("selfAttention.grad.in.x", x.grad().toArray(), TOLERANCE);
        bench.assertGradients("selfAttention", ATTENTION_NAMES);
    }

    /// The attention weights of the layer's queries and keys, mean over heads.
    private static float[] weights(Bench bench, Variable query, Variable key, AttentionSizes sizes) {
        Buffer out = bench.backend.allocate(sizes.weightCount());
        Buffer q = projected(bench, query, 0, sizes.width());
        bench.backend.attentionWeights(sizes, q, projected(bench, key, 1, sizes.width()), out);
        return new Tensor(bench.backend, Shape.of(out.length()), out).toArray();
    }

    /// Query (0) or key (1) of every row.
    private static Buffer projected(Bench bench, Variable x, int part, int width) {
        Variable weight = bench.pass().variable(bench.parameters.all().get(0)).rows(part * width, width);
        Variable bias = bench.pass().variable(bench.parameters.all().get(1)).rows(part * width, width);
        return bench.tape.apply(new Affine(), x, weight, bias).value().buffer();
    }

    private static void assertWeights(float[] ragged, Offsets keys) {
        float[] padded = GOLDEN.floats("selfAttention.weightsMeanOverHeads");
        int at = 0;
        for (int i = 0; i < keys.count(); i++) {
            for (int t = 0; t < 11; t++) {
                for (int s = 0; s < keys.length(i); s++) {
                    assertEquals(padded[(i * 11 + t) * 11 + s], ragged[at++], 1e-6, "weight");
                }
            }
        }
        assertEquals(ragged.length, at);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void crossAttention_maskedBatch_equalsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        MultiHeadAttention layer = new MultiHeadAttention(parameters, "a", 12, 3, false, 0, 0);
        Bench bench = new Bench(backend, parameters, "crossAttention", ATTENTION_NAMES);
        int[] queryLengths = {5, 5, 5, 5};
        Sequences query = GOLDEN.sequences(backend, "crossAttention.in.query", queryLengths);
        Sequences keyValue = GOLDEN.sequences(backend, "crossAttention.in.keyValue", LENGTHS);
        Variable q = bench.tape.variable(query.rows());
        Variable kv = bench.tape.variable(keyValue.rows());
        Variable y = layer.forward(bench.pass(), q, query.offsets(), kv, keyValue.offsets());
        bench.assertRows("crossAttention.out.y", y.value(), queryLengths);
        bench.tape.backward(
                y,
                GOLDEN.sequences(backend, "crossAttention.cotangent.y", queryLengths)
                        .rows());
        bench.assertRows("crossAttention.grad.in.query", q.grad(), queryLengths);
        bench.assertRows("crossAttention.grad.in.keyValue", kv.grad(), LENGTHS);
        bench.assertGradients("crossAttention", ATTENTION_NAMES);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void layerNorm_rows_equalsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        LayerNorm layer = new LayerNorm(parameters, "n", 12);
        assertPlain(
                backend,
                parameters,
                "layerNorm",
                Map.of("n.weight", "weight", "n.bias", "bias"),
                (pass, x) -> layer.forward(pass, x.reshape(44, 12)).reshape(4, 11, 12));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void linear_rows_equalsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        Linear layer = new Linear(parameters, "l", 7, 6);
        assertPlain(
                backend,
                parameters,
                "linear",
                Map.of("l.weight", "weight", "l.bias", "bias"),
                (pass, x) -> layer.forward(pass, x.reshape(44, 7)).reshape(4, 11, 6));
    }

    private interface Layer {
        Variable forward(Pass pass, Variable x);
    }

    private static void assertPlain(
            Backend backend, Parameters parameters, String name, Map<String, String> names, Layer layer) {
        Bench bench = new Bench(backend, parameters, name, names);
        Variable x = bench.tape.variable(GOLDEN.tensor(backend, name + ".in.x"));
        Variable y = layer.forward(bench.pass(), x);
        GOLDEN.assertEqual(name + ".out.y", y.value().toArray(), TOLERANCE);
        bench.tape.backward(y, GOLDEN.tensor(backend, name + ".cotangent.y"));
        GOLDEN.assertEqual(name + ".grad.in.x", x.grad().toArray(), TOLERANCE);
        bench.assertGradients(name, names);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void embedding_ids_equalsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        Embedding layer = new Embedding(parameters, "e", 9, 5, 1);
        Map<String, String> names = Map.of("e.weight", "weight");
        Bench bench = new Bench(backend, parameters, "embedding", names);
        Variable y = layer.forward(bench.pass(), GOLDEN.ints("embedding.ids"));
        GOLDEN.assertEqual("embedding.out.y", y.value().toArray(), TOLERANCE);
        bench.tape.backward(y.reshape(2, 4, 5), GOLDEN.tensor(backend, "embedding.cotangent.y"));
        bench.assertGradients("embedding", names);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void conv1d_samePadding_equalsPytorch(Backend backend) {
        Parameters parameters = new Parameters();
        Conv1d layer = new Conv1d(parameters, "c", new Conv1d.Sizes(7, 5, 3, 1, 1, 1, true));
        Map<String, String> names = Map.of("c.weight", "weight", "c.bias", "bias");
        Bench bench = new Bench(backend, parameters, "conv1d", names);
        Offsets offsets = Offsets.ofLengths(11, 11, 11, 11);
        Variable x = bench.tape.variable(timeMajor(backend, "conv1d.in.x", 4, 7, 11));
        Variable y = layer.forward(bench.pass(), x, offsets);
        Golden.assertClose(
                "y",
                timeMajor(backend, "conv1d.out.y", 4, 5, 11).toArray(),
                y.value().toArray(),
                TOLERANCE);
        bench.tape.backward(y, timeMajor(backend, "conv1d.cotangent.y", 4, 5, 11));
        Golden.assertClose(
                "dx",
                timeMajor(backend, "conv1d.grad.in.x", 4, 7, 11).toArray(),
                x.grad().toArray(),
                TOLERANCE);
        bench.assertGradients("conv1d", names);
    }

    /// PyTorch's [batch, channels, time] as our rows [batch · time, channels].
    private static Tensor timeMajor(Backend backend, String name, int batch, int channels, int time) {
        float[] from = GOLDEN.floats(name);
        float[] to = new float[from.length];
        for (int b = 0; b < batch; b++) {
            for (int c = 0; c < channels; c++) {
                for (int t = 0; t < time; t++) {
                    to[(b * time + t) * channels + c] = from[(b * channels + c) * time + t];
                }
            }
        }
        return Tensor.of(backend, Shape.of(batch * time, channels), to);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void crossEntropy_everyKind_equalsPytorch(Backend backend) {
        int[] labels = GOLDEN.ints("crossEntropy.labels");
        float[] ones = {1, 1, 1, 1};
        Map<String, CrossEntropyLoss> kinds = Map.of(
                "plain", new CrossEntropyLoss(ones, 0),
                "weighted", new CrossEntropyLoss(GOLDEN.floats("crossEntropy.weights"), 0),
                "smooth", new CrossEntropyLoss(ones, 0.1f));
        kinds.forEach((kind, loss) -> {
            for (boolean mean : new boolean[] {false, true}) {
                Parameters none = new Parameters();
                none.initialize(backend, 1);
                Tape tape = new Tape(backend);
                Pass pass = Pass.differentiable(tape, none, backend.allocate(0));
                Variable logits = tape.variable(GOLDEN.tensor(backend, "crossEntropy.logits"));
                float scale = mean ? (float) (1 / loss.weightOf(labels)) : 1;
                Variable y = loss.sum(pass, logits, labels, scale);
                String name = "crossEntropy." + kind + (mean ? ".mean" : ".sum");
                GOLDEN.assertEqual(name + ".loss", y.value().toArray(), TOLERANCE);
                tape.backward(y);
                GOLDEN.assertEqual(name + ".grad", logits.grad().toArray(), TOLERANCE);
            }
        });
    }
}
