package dev.parallax.pretrained.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Golden;
import dev.parallax.TestBackends;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.FrozenStates;
import dev.parallax.pretrained.checkpoint.Checkpoint;
import dev.parallax.pretrained.checkpoint.EncoderWeights;
import dev.parallax.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tiny encoders with random weights against what transformers computes in double: every state of every layer, and
/// gradients. The waves have 400 samples (one frame), 9680 (30 frames) and 40037 (124).
class EncoderGoldenTest {

    private static final double STATES = 5e-5;
    private static final double GRADIENTS = 1e-4;
    private static final int WAVES = 3;
    private static final int BANDS = 80;

    static Stream<Arguments> texts() {
        return onBackends("bert", "distilbert", "minilm", "roberta", "xlm-roberta");
    }

    static Stream<Arguments> speech() {
        return onBackends(
                "wav2vec2-base", "wav2vec2-large", "hubert-base", "data2vec-audio", "wavlm-base", "wavlm-large");
    }

    static Stream<Backend> backends() {
        return TestBackends.all();
    }

    private static Stream<Arguments> onBackends(String... names) {
        return TestBackends.all().flatMap(backend -> Arrays.stream(names).map(name -> Arguments.of(backend, name)));
    }

    private static Path folder(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(EncoderGoldenTest.class.getResource("/dev/parallax/pretrained/" + name))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ids and types of the golden texts.
    private record Texts(List<int[]> ids, List<int[]> types) {

        static Texts of(Golden golden) {
            List<int[]> ids = new ArrayList<>();
            List<int[]> types = new ArrayList<>();
            for (int j = 0; golden.file().contains("ids_" + j); j++) {
                ids.add(golden.ints("ids_" + j));
                types.add(golden.ints("types_" + j));
            }
            assertTrue(ids.size() >= 5);
            return new Texts(ids, types);
        }

        Offsets offsets() {
            return Offsets.ofLengths(ids.stream().mapToInt(each -> each.length).toArray());
        }

        List<Variable> states(Pass pass, TextEncoder encoder) {
            return encoder.states(pass, joined(ids), joined(types), offsets());
        }

        private static int[] joined(List<int[]> parts) {
            return parts.stream().flatMapToInt(Arrays::stream).toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textStates_everyLayer_equalTransformers(Backend backend, String name) {
        Golden golden = new Golden("pretrained/" + name);
        Texts texts = Texts.of(golden);
        TextEncoder encoder = TextEncoder.read(folder(name), backend, 0);
        try (Tape tape = new Tape(backend);
                Tape alone = new Tape(backend)) {
            List<float[]> together = values(texts.states(Pass.inference(tape, encoder.parameters()), encoder));
            assertEquals(encoder.layers() + 1, together.size());
            for (int j = 0; j < texts.ids.size(); j++) {
                Texts one = new Texts(List.of(texts.ids.get(j)), List.of(texts.types.get(j)));
                List<float[]> states = values(one.states(Pass.inference(alone, encoder.parameters()), encoder));
                assertStates(golden, "hidden_" + j, states);
                assertPart(together, texts.offsets(), j, encoder.width(), states);
                alone.reset();
            }
        }
        encoder.parameters().close();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textStates_frozen_haveTheSameBits(Backend backend, String name) {
        Texts texts = Texts.of(new Golden("pretrained/" + name));
        TextEncoder encoder = TextEncoder.read(folder(name), backend, 0);
        TextEncoder frozen = TextEncoder.frozen(folder(name), backend);
        try (Tape tape = new Tape(backend)) {
            List<float[]> states = values(texts.states(Pass.inference(tape, encoder.parameters()), encoder));
            assertFrozen(states, values(texts.states(Pass.inference(tape, frozen.parameters()), frozen)));
        }
        encoder.parameters().close();
        frozen.parameters().close();
    }

    @ParameterizedTest
    @MethodSource("speech")
    void speechStates_everyLayer_equalTransformers(Backend backend, String name) {
        Golden golden = new Golden("pretrained/" + name);
        Wav2Vec2 encoder = Wav2Vec2.read(folder(name), backend, 0);
        List<float[]> inputs = new ArrayList<>();
        for (int i = 0; i < WAVES; i++) {
            inputs.add(encoder.input(new Golden("pretrained/waves").floats("wave_" + i)));
        }
        assertInput(golden, "input_0", inputs.get(0));
        assertInput(golden, "input_2", inputs.get(2));
        Offsets samples = offsets(inputs);
        Offsets frames = encoder.frames(samples);
        assertArrayEquals(golden.ints("frames"), new int[] {frames.length(0), frames.length(1), frames.length(2)});
        try (Tape tape = new Tape(backend);
                Tape alone = new Tape(backend)) {
            List<float[]> together = values(encoder.states(Pass.inference(tape, encoder.parameters()), inputs));
            for (int i = 0; i < WAVES; i++) {
                Pass pass = Pass.inference(alone, encoder.parameters());
                List<float[]> one = List.of(inputs.get(i));
                List<Variable> before = beforeStates(pass, encoder, one);
                golden.assertEqual(
                        "conv_" + i, before.get(before.size() - 2).value().toArray(), STATES);
                golden.assertEqual("projected_" + i, before.getLast().value().toArray(), STATES);
                List<float[]> states = values(encoder.states(pass, one));
                assertStates(golden, "hidden_" + i, states);
                assertPart(together, frames, i, encoder.width(), states);
                assertFrozen(name, encoder, backend, one, states);
                alone.reset();
            }
        }
        encoder.parameters().close();
    }

    /// What the stages before the first state give.
    private static List<Variable> beforeStates(Pass pass, StagedEncoder encoder, List<float[]> inputs) {
        List<Variable> given = new ArrayList<>();
        Variable x = encoder.first(pass, inputs);
        for (Stage stage : encoder.stages(inputs)) {
            if (stage.isState()) {
                break;
            }
            x = stage.step().forward(pass, x);
            given.add(x);
        }
        return given;
    }

    /// A frozen encoder keeps nothing, and gives the same bits: with plain weights, with packed ones, and on threads.
    private static void assertFrozen(
            String name, SpeechEncoder encoder, Backend backend, List<float[]> inputs, List<float[]> states) {
        assertFrozen(states, encoder.frozenStates(backend, inputs));
        SpeechEncoder frozen = SpeechEncoder.frozen(folder(name), backend);
        assertFrozen(states, frozen.frozenStates(backend, inputs));
        assertFrozen(states, backend.onThreads(2, two -> frozen.frozenStates(two, inputs)));
        frozen.parameters().close();
    }

    private static void assertFrozen(List<float[]> states, List<float[]> frozen) {
        assertEquals(states.size(), frozen.size());
        for (int layer = 0; layer < states.size(); layer++) {
            assertArrayEquals(states.get(layer), frozen.get(layer), "frozen, layer " + layer);
        }
    }

    /// The golden features are [bands, frames], ours [frames, bands]; its states are those of 3 s.
    @ParameterizedTest
    @MethodSource("backends")
    void whisper_featuresAndStates_equalTransformers(Backend backend) {
        Golden golden = new Golden("pretrained/whisper-encoder");
        SpeechEncoder encoder = SpeechEncoder.read(folder("whisper-encoder"), backend, 0);
        try (Tape tape = new Tape(backend)) {
            for (int i = 0; i < WAVES; i++) {
                float[] input = encoder.input(new Golden("pretrained/waves").floats("wave_" + i));
                float[] expected = golden.floats("features_" + i);
                int frames = input.length / BANDS;
                float[] turned = new float[input.length];
                for (int at = 0; at < input.length; at++) {
                    turned[at % BANDS * frames + at / BANDS] = input[at];
                }
                Golden.assertClose("features " + i, expected, turned, 2e-6);
                List<Variable> states = encoder.states(Pass.inference(tape, encoder.parameters()), List.of(input));
                assertStates(golden, "hidden_" + i, values(states));
                assertFrozen("whisper-encoder", encoder, backend, List.of(input), values(states));
                tape.reset();
            }
        }
        encoder.parameters().close();
    }

    /// The golden states begin behind the first block and have ten tokens in front.
    @ParameterizedTest
    @MethodSource("backends")
    void emotion2vec_everyBlock_equalsFunAsr(Backend backend) {
        Golden golden = new Golden("pretrained/emotion2vec");
        Emotion2Vec encoder = Emotion2Vec.read(folder("emotion2vec"), backend, 0);
        try (Tape tape = new Tape(backend)) {
            for (int i = 0; i < WAVES; i++) {
                float[] input = encoder.input(new Golden("pretrained/waves").floats("wave_" + i));
                assertInput(golden, "input_" + i, input);
                Pass pass = Pass.inference(tape, encoder.parameters());
                List<Variable> states = new ArrayList<>();
                Variable x = encoder.first(pass, List.of(input));
                for (Stage stage : encoder.stages(List.of(input))) {
                    x = stage.step().forward(pass, x);
                    if (stage.isState()) {
                        states.add(x);
                    }
                }
                float[] expected = golden.floats("blocks_" + i);
                int each = expected.length / encoder.layers();
                for (int layer = 0; layer < encoder.layers(); layer++) {
                    float[] of = Arrays.copyOfRange(expected, layer * each, (layer + 1) * each);
                    float[] actual = states.get(layer + 1).value().toArray();
                    Golden.assertClose("wave " + i + ", block " + layer, of, actual, 1e-4);
                }
                List<Variable> frames = encoder.states(pass, List.of(input));
                golden.assertEqual("frames_" + i, frames.getLast().value().toArray(), 1e-4);
                assertFrozen("emotion2vec", encoder, backend, List.of(input), values(frames));
                tape.reset();
            }
        }
        encoder.parameters().close();
    }

    @Test
    void slopes_twelveHeads_areThoseOfEightThenEveryOtherOfSixteen() {
        float[] expected = {
            0.5f,
            0.25f,
            0.125f,
            0.0625f,
            0.03125f,
            0.015625f,
            0.0078125f,
            0.00390625f,
            0.70710677f,
            0.35355338f,
            0.17677669f,
            0.088388346f
        };
        assertArrayEquals(expected, Alibi.slopes(12), 1e-7f);
    }

    private static void assertInput(Golden golden, String name, float[] input) {
        float[] expected = golden.floats(name);
        Golden.assertClose(name, expected, Arrays.copyOf(input, expected.length), 1e-6);
    }

    private static Offsets offsets(List<float[]> inputs) {
        return Offsets.ofLengths(inputs.stream().mapToInt(each -> each.length).toArray());
    }

    private static List<float[]> values(List<Variable> states) {
        return states.stream().map(state -> state.value().toArray()).toList();
    }

    /// The golden states [layers + 1, rows, width].
    private static void assertStates(Golden golden, String name, List<float[]> states) {
        float[] expected = golden.floats(name);
        int each = expected.length / states.size();
        for (int layer = 0; layer < states.size(); layer++) {
            float[] of = Arrays.copyOfRange(expected, layer * each, (layer + 1) * each);
            Golden.assertClose(name + " of layer " + layer, of, states.get(layer), STATES);
        }
    }

    /// A sequence has the same bits alone as among others.
    private static void assertPart(List<float[]> together, Offsets offsets, int i, int width, List<float[]> alone) {
        for (int layer = 0; layer < alone.size(); layer++) {
            int from = offsets.start(i) * width;
            float[] part = Arrays.copyOfRange(together.get(layer), from, from + offsets.length(i) * width);
            assertArrayEquals(part, alone.get(layer), "sequence " + i + ", layer " + layer);
        }
    }

    // ---- gradients: of the sum over the sequences of mean(last state) · direction ----

    @ParameterizedTest
    @MethodSource("backends")
    void textGradients_equalTransformers(Backend backend) {
        Golden golden = new Golden("pretrained/bert");
        TextEncoder encoder = TextEncoder.read(folder("bert"), backend, 0);
        Parameters parameters = encoder.parameters();
        Texts texts = Texts.of(golden);
        Buffer gradients = backend.allocate(parameters.size());
        try (Tape tape = new Tape(backend)) {
            Pass pass = Pass.differentiable(tape, parameters, gradients);
            backward(golden, tape, texts.states(pass, encoder).getLast(), texts.offsets());
        }
        String layer = "bert.encoder.layer.";
        assertGradient(
                golden,
                "bert.embeddings.word_embeddings.weight",
                gradients,
                parameters,
                "embeddings.word_embeddings.weight");
        assertGradient(golden, "bert.embeddings.LayerNorm.gamma", gradients, parameters, "embeddings.LayerNorm.weight");
        Golden.assertClose(
                "query",
                golden.floats("grad:" + layer + "0.attention.self.query.weight"),
                part(gradients, parameters, "encoder.layer.0.attention.inWeight", 0),
                GRADIENTS);
        assertGradient(
                golden,
                layer + "1.intermediate.dense.weight",
                gradients,
                parameters,
                "encoder.layer.1.intermediate.dense.weight");
        assertGradient(
                golden,
                layer + "2.output.LayerNorm.beta",
                gradients,
                parameters,
                "encoder.layer.2.output.LayerNorm.bias");
        parameters.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void speechGradients_groupNormAndPostNorm_equalTransformers(Backend backend) {
        Golden golden = new Golden("pretrained/wav2vec2-base");
        Wav2Vec2 encoder = Wav2Vec2.read(folder("wav2vec2-base"), backend, 0);
        Parameters parameters = encoder.parameters();
        Buffer gradients = gradients(golden, encoder, backend);
        for (String name : List.of(
                "feature_extractor.conv_layers.0.conv.weight",
                "feature_extractor.conv_layers.0.layer_norm.weight",
                "feature_projection.projection.weight",
                "encoder.layers.2.final_layer_norm.bias")) {
            assertGradient(golden, "wav2vec2." + name, gradients, parameters, name);
        }
        Golden.assertClose(
                "key",
                golden.floats("grad:wav2vec2.encoder.layers.1.attention.k_proj.weight"),
                part(gradients, parameters, "encoder.layers.1.attention.inWeight", 1),
                GRADIENTS);
        assertWeightNorm(golden, gradients, parameters);
        parameters.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void speechGradients_layerNormAndNormFirst_equalTransformers(Backend backend) {
        Golden golden = new Golden("pretrained/wav2vec2-large");
        Wav2Vec2 encoder = Wav2Vec2.read(folder("wav2vec2-large"), backend, 0);
        Parameters parameters = encoder.parameters();
        Buffer gradients = gradients(golden, encoder, backend);
        for (String name : List.of(
                "feature_extractor.conv_layers.1.layer_norm.weight",
                "feature_projection.projection.weight",
                "encoder.layer_norm.weight")) {
            assertGradient(golden, name, gradients, parameters, name);
        }
        assertGradient(
                golden,
                "encoder.layers.0.attention.out_proj.weight",
                gradients,
                parameters,
                "encoder.layers.0.attention.out.weight");
        parameters.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void speechGradients_gatedPositions_equalTransformers(Backend backend) {
        Golden golden = new Golden("pretrained/wavlm-large");
        Wav2Vec2 encoder = Wav2Vec2.read(folder("wavlm-large"), backend, 0);
        Buffer gradients = gradients(golden, encoder, backend);
        for (String name : List.of(
                "encoder.layers.0.attention.rel_attn_embed.weight",
                "encoder.layers.1.attention.gru_rel_pos_const",
                "encoder.layers.1.attention.gru_rel_pos_linear.weight",
                "encoder.layers.2.feed_forward.output_dense.weight")) {
            assertGradient(golden, name, gradients, encoder.parameters(), name);
        }
        encoder.parameters().close();
    }

    private static Buffer gradients(Golden golden, Wav2Vec2 encoder, Backend backend) {
        Golden waves = new Golden("pretrained/waves");
        List<float[]> inputs = List.of(encoder.input(waves.floats("wave_1")), encoder.input(waves.floats("wave_2")));
        Buffer gradients = backend.allocate(encoder.parameters().size());
        try (Tape tape = new Tape(backend)) {
            Pass pass = Pass.differentiable(tape, encoder.parameters(), gradients);
            backward(golden, tape, encoder.states(pass, inputs).getLast(), encoder.frames(offsets(inputs)));
        }
        return gradients;
    }

    private static void backward(Golden golden, Tape tape, Variable last, Offsets offsets) {
        Variable means = tape.apply(new SequenceMean(offsets), last);
        float[] direction = golden.floats("loss_direction");
        float[] each = new float[offsets.count() * direction.length];
        for (int at = 0; at < each.length; at++) {
            each[at] = direction[at % direction.length];
        }
        double loss = 0;
        float[] values = means.value().toArray();
        for (int at = 0; at < each.length; at++) {
            loss += (double) values[at] * each[at];
        }
        assertEquals(golden.floats("loss")[0], loss, 1e-4);
        tape.backward(means, Tensor.of(tape.backend(), means.shape(), each));
    }

    private static float[] of(Buffer gradients, Parameters parameters, String name) {
        Parameter parameter = parameters.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Buffer slice = parameters.slice(gradients, parameter);
        float[] values = new float[slice.length()];
        parameters.backend().download(slice, values);
        return values;
    }

    /// Query (0), key (1) or value (2).
    private static float[] part(Buffer gradients, Parameters parameters, String name, int which) {
        float[] all = of(gradients, parameters, name);
        return Arrays.copyOfRange(all, which * all.length / 3, (which + 1) * all.length / 3);
    }

    private static void assertGradient(
            Golden golden, String inFile, Buffer gradients, Parameters parameters, String name) {
        golden.assertEqual("grad:" + inFile, of(gradients, parameters, name), GRADIENTS);
    }

    /// By the chain rule from the folded weight W = g v / |v|: dg = dW · v / |v|, dv = g / |v| (dW - v / |v| dg), for
    /// each
    /// row of the window.
    private static void assertWeightNorm(Golden golden, Buffer gradients, Parameters parameters) {
        String name = "encoder.pos_conv_embed.conv.weight";
        float[] dW = of(gradients, parameters, name);
        float[] v = weight("wav2vec2-base", name + "_v");
        float[] g = weight("wav2vec2-base", name + "_g");
        int kernel = g.length;
        double[] norms = new double[kernel];
        double[] dG = new double[kernel];
        for (int at = 0; at < v.length; at++) {
            norms[at % kernel] += (double) v[at] * v[at];
            dG[at % kernel] += (double) dW[at] * v[at];
        }
        float[] lengths = new float[kernel];
        for (int j = 0; j < kernel; j++) {
            norms[j] = Math.sqrt(norms[j]);
            dG[j] /= norms[j];
            lengths[j] = (float) dG[j];
        }
        float[] directions = new float[v.length];
        for (int at = 0; at < v.length; at++) {
            int j = at % kernel;
            directions[at] = (float) (g[j] / norms[j] * (dW[at] - v[at] / norms[j] * dG[j]));
        }
        golden.assertEqual("grad:wav2vec2." + name + "_g", lengths, GRADIENTS);
        golden.assertEqual("grad:wav2vec2." + name + "_v", directions, GRADIENTS);
    }

    private static float[] weight(String model, String name) {
        try (Checkpoint checkpoint = Checkpoint.open(folder(model))) {
            return EncoderWeights.of(checkpoint).floats(name);
        }
    }

    // ---- distances ----

    @Test
    void buckets_nearAndFar_areThoseOfTheFormula() {
        DistanceBuckets buckets = new DistanceBuckets(320, 800);
        int[] distances = {-800, -799, -100, -80, -79, -1, 0, 1, 79, 80, 100, 799, 5000};
        int[] rows = {159, 159, 87, 80, 79, 1, 0, 161, 239, 240, 247, 319, 319};
        for (int i = 0; i < rows.length; i++) {
            assertEquals(rows[i], buckets.row(distances[i]), "distance " + distances[i]);
        }
    }

    @Test
    void frames_ofWhisper_leaveOutTheSilenceBehindARecording() {
        Backend backend = TestBackends.all().findFirst().orElseThrow();
        float[] samples = new float[9680];
        SpeechEncoder whisper = SpeechEncoder.read(folder("whisper-encoder"), backend, 0);
        assertEquals(31, whisper.frames(samples.length));
        FrozenStates states = FrozenStates.ofRecording(folder("whisper-encoder"), samples, backend);
        assertEquals(31, states.rows());
        assertEquals(31 * whisper.width(), states.layers().getLast().length);
        assertEquals(30, SpeechEncoder.read(folder("hubert-base"), backend, 0).frames(samples.length));
    }

    // ---- what is refused ----

    @Test
    void input_fewerSamplesThanAFrame_saysHowMany() {
        Backend backend = TestBackends.all().findFirst().orElseThrow();
        Wav2Vec2 encoder = Wav2Vec2.read(folder("hubert-base"), backend, 0);
        BadInputException refused = assertThrows(BadInputException.class, () -> encoder.input(new float[399]));
        assertEquals(
                "the recording has 399 samples at 16000 Hz, the encoder reads at least 400; give a longer one",
                refused.getMessage());
        assertEquals(400, encoder.input(new float[400]).length);
    }

    @Test
    void states_idWithoutARow_isRefused() {
        Backend backend = TestBackends.all().findFirst().orElseThrow();
        TextEncoder encoder = TextEncoder.read(folder("bert"), backend, 0);
        try (Tape tape = new Tape(backend)) {
            Pass pass = Pass.inference(tape, encoder.parameters());
            BadInputException refused = assertThrows(
                    BadInputException.class,
                    () -> encoder.states(pass, new int[] {3, 139}, new int[2], Offsets.ofLengths(2)));
            assertEquals(
                    "token 139 has no row among the encoder's 139; take tokenizer and encoder from the same model",
                    refused.getMessage());
        }
    }
}
