package dev.parallax.pretrained.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Golden;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Attention;
import dev.parallax.autograd.InstanceNormalization;
import dev.parallax.autograd.LayerNormalization;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.io.SafeTensors;
import dev.parallax.nn.Activation;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.FrozenStates;
import dev.parallax.pretrained.encoder.Wav2Vec2Config.FrontLayer;
import dev.parallax.pretrained.tokenizer.PretrainedTokenizer;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The numbers of `docs/pretrained.md`, in the chapter's order.
class PretrainedChapterTest {

    private static final int ROWS = 3;
    private static final int WIDTH = 4;
    private static final float[] EYE = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    private static final float[] WIDEN = {1, 0, 1, 0, 0, 1, 0, -1};
    private static final float[] NARROW = {1, 0, 0, 1, 0, -1, -1, 0};

    private final Backend backend = new ScalarBackend();
    private final Tape tape = new Tape(backend);

    /// Asserts that the chapter contains the line `name values`, four digits each.
    private static void says(String name, float... values) throws IOException {
        StringBuilder line = new StringBuilder(name);
        for (float value : values) {
            line.append(String.format(Locale.ROOT, " %7.4f", value + 0.0f)); // no -0.0000
        }
        saysLine(line.toString());
    }

    private static void says(String name, int... values) throws IOException {
        saysLine(name + " "
                + String.join(
                        " ", Arrays.stream(values).mapToObj(Integer::toString).toList()));
    }

    private static void saysLine(String line) throws IOException {
        String text = Files.readString(Path.of("docs", "pretrained.md"));
        assertTrue(text.lines().anyMatch(line::equals), "docs/pretrained.md lacks the line: " + line);
    }

    private static void saysRows(String name, float[] values, int columns) throws IOException {
        for (int row = 0; row < values.length / columns; row++) {
            says(name + " " + row + " =", Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
        }
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(PretrainedChapterTest.class.getResource("/dev/parallax/pretrained/" + name))
                        .toURI());
    }

    // ---- from ids to states ----

    /// The folder of the encoder in the example.
    private static Path write(Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nglad\n");
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "bert", "vocab_size": 5, "hidden_size": 4, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "intermediate_size": 2, "max_position_embeddings": 3,
                 "type_vocab_size": 1, "hidden_act": "gelu", "layer_norm_eps": 1e-12}
                """);
        SafeTensors.Builder weights = new SafeTensors.Builder();
        weights.floats("embeddings.word_embeddings.weight", new int[] {5, WIDTH}, new float[] {
            0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 1, 0, 0, 1, 2, -1, 3, -1
        });
        weights.floats("embeddings.position_embeddings.weight", new int[] {ROWS, WIDTH}, new float[] {
            0, 1, 0, 0, 0, 1, -1, 1, 1, 0, 0, 1
        });
        weights.floats("embeddings.token_type_embeddings.weight", new int[] {1, WIDTH}, new float[WIDTH]);
        norm(weights, "embeddings.LayerNorm");
        String layer = "encoder.layer.0.";
        for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
            linear(weights, layer + "attention." + part, WIDTH, EYE);
        }
        norm(weights, layer + "attention.output.LayerNorm");
        linear(weights, layer + "intermediate.dense", 2, WIDEN);
        linear(weights, layer + "output.dense", WIDTH, NARROW);
        norm(weights, layer + "output.LayerNorm");
        weights.write(folder.resolve("model.safetensors"));
        return folder;
    }

    private static void linear(SafeTensors.Builder weights, String name, int out, float[] values) {
        weights.floats(name + ".weight", new int[] {out, values.length / out}, values);
        weights.floats(name + ".bias", new int[] {out}, new float[out]);
    }

    private static void norm(SafeTensors.Builder weights, String name) {
        float[] ones = new float[WIDTH];
        Arrays.fill(ones, 1);
        weights.floats(name + ".weight", new int[] {WIDTH}, ones);
        weights.floats(name + ".bias", new int[] {WIDTH}, new float[WIDTH]);
    }

    private Variable constant(Shape shape, float... values) {
        return tape.constant(shape, values);
    }

    private Variable normalized(Variable x) {
        return tape.apply(
                new LayerNormalization(1e-12f),
                x,
                constant(Shape.of(WIDTH), 1, 1, 1, 1),
                constant(Shape.of(WIDTH), 0, 0, 0, 0));
    }

    private Variable linear(Variable x, int out, float... weight) {
        return tape.apply(
                new Affine(),
                x,
                constant(Shape.of(out, weight.length / out), weight),
                constant(Shape.of(out), new float[out]));
    }

    @Test
    void text_example_givesTheNumbersOfTheChapter(@TempDir Path folder) throws IOException {
        write(folder);
        int[] ids = PretrainedTokenizer.read(folder).encode("Glad").ids();
        says("ids =", ids);
        FrozenStates states = FrozenStates.ofText(folder, "Glad", backend, warning -> {
            throw new AssertionError(warning);
        });
        float[] first = states.layers().getFirst();
        saysRows("x_0", first, WIDTH);

        Variable x = constant(Shape.of(ROWS, WIDTH), first);
        Offsets all = Offsets.ofLengths(ROWS);
        for (int head = 0; head < 2; head++) {
            Buffer weights = backend.allocate(ROWS * ROWS);
            AttentionSizes one = new AttentionSizes(all, all, 2, 1);
            Buffer columns = Tensor.of(backend, Shape.of(ROWS, 2), columns(first, 2 * head))
                    .buffer();
            backend.attentionWeights(one, columns, columns, weights);
            saysRows("P_" + head, new Tensor(backend, Shape.of(ROWS, ROWS), weights).toArray(), ROWS);
        }
        AttentionSizes sizes = new AttentionSizes(all, all, WIDTH, 2);
        Variable attended = tape.apply(new Attention(sizes, DropoutMask.NONE), x, x, x);
        saysRows("o", attended.value().toArray(), WIDTH);
        Variable y = normalized(tape.apply(new Add(), x, attended));
        saysRows("y", y.value().toArray(), WIDTH);
        Variable wide = linear(y, 2, WIDEN);
        saysRows("u", wide.value().toArray(), 2);
        Pass pass = Pass.inference(tape, new Parameters());
        Variable active = Activation.GELU.forward(pass, wide);
        saysRows("g", active.value().toArray(), 2);
        Variable out = normalized(tape.apply(new Add(), y, linear(active, WIDTH, NARROW)));
        saysRows("x_1", out.value().toArray(), WIDTH);
        Golden.assertClose("x_1", out.value().toArray(), states.layers().getLast(), 1e-6);

        sum(states);
    }

    private static float[] columns(float[] rows, int from) {
        float[] columns = new float[ROWS * 2];
        for (int row = 0; row < ROWS; row++) {
            System.arraycopy(rows, row * WIDTH + from, columns, 2 * row, 2);
        }
        return columns;
    }

    /// The layer-weighted sum, as one product: weights [1, 2] times layers [2, rows · width].
    private void sum(FrozenStates states) throws IOException {
        Variable s = tape.apply(new Softmax(), constant(Shape.of(1, 2), 0, (float) Math.log(3)));
        says("s =", s.value().toArray());
        int values = ROWS * WIDTH;
        float[] layers = new float[2 * values];
        for (int at = 0; at < values; at++) {
            layers[2 * at] = states.layers().getFirst()[at];
            layers[2 * at + 1] = states.layers().getLast()[at];
        }
        Variable h = linear(s, values, layers).reshape(ROWS, WIDTH);
        saysRows("h", h.value().toArray(), WIDTH);
        says(
                "z =",
                tape.apply(new SequenceMean(Offsets.ofLengths(ROWS)), h).value().toArray());
    }

    // ---- from samples to frames ----

    @Test
    void front_sizes_areThoseOfTheChapter() throws Exception {
        List<FrontLayer> layers = Wav2Vec2Config.read(folder("hubert-base")).front();
        int[] reads = new int[layers.size()];
        int[] strides = new int[layers.size()];
        int[] rows = new int[layers.size()];
        int read = 1;
        int stride = 1;
        int row = 16_000;
        for (int i = 0; i < reads.length; i++) {
            FrontLayer layer = layers.get(i);
            read += (layer.kernel() - 1) * stride;
            stride *= layer.stride();
            row = (row - layer.kernel()) / layer.stride() + 1;
            reads[i] = read;
            strides[i] = stride;
            rows[i] = row;
        }
        says("kernel  =", layers.stream().mapToInt(FrontLayer::kernel).toArray());
        says("stride  =", layers.stream().mapToInt(FrontLayer::stride).toArray());
        says("reads   =", reads);
        says("hop     =", strides);
        says("rows    =", rows);
        Wav2Vec2 encoder = Wav2Vec2.read(folder("hubert-base"), backend, 0);
        assertEquals(rows[6], encoder.frames(16_000));
        int[] samples = {400, 719, 720, 16_000, 64_000};
        says("samples =", samples);
        says("frames  =", Arrays.stream(samples).map(encoder::frames).toArray());
        encoder.parameters().close();
    }

    @Test
    void positions_ofWavLmAndEmotion2vec_areThoseOfTheChapter() throws IOException {
        int[] distances = {-800, -100, -80, -1, 0, 1, 79, 80, 100, 800};
        says("distance =", distances);
        DistanceBuckets buckets = new DistanceBuckets(320, 800);
        says("row      =", Arrays.stream(distances).map(buckets::row).toArray());
        Parameters parameters = new Parameters();
        GatedPositions gates = new GatedPositions(parameters, "attention", 2, 1);
        parameters.initialize(backend, 1);
        parameters.all().forEach(each -> {
            float[] values = new float[each.shape().count()];
            Arrays.fill(values, each.name().endsWith("const") ? 1 : 0);
            backend.upload(values, parameters.value(each).buffer());
        });
        Pass pass = Pass.inference(tape, parameters);
        says("gate =", gates.gates(pass, constant(Shape.of(1, 2), 3, 5)).value().toArray());
        says("slopes =", Alibi.slopes(12));
        parameters.close();
    }

    // ---- padding ----

    @Test
    void groupNorm_withPadding_changesEveryRow() throws IOException {
        says("alone  =", groupNorm(1, 3));
        says("padded =", groupNorm(1, 3, 0, 0));
    }

    private float[] groupNorm(float... x) {
        Variable rows = constant(Shape.of(x.length, 1), x);
        InstanceNormalization norm = new InstanceNormalization(Offsets.ofLengths(x.length), 1e-5f);
        return tape.apply(norm, rows, constant(Shape.of(1), 1), constant(Shape.of(1), 0))
                .value()
                .toArray();
    }

    /// What transformers gives for a recording of 30 frames beside one of 124, against the same recording alone.
    @Test
    void states_inAPaddedBatchOfTheLibrary_areOffAsTheChapterSays() throws Exception {
        Golden padded = new Golden("pretrained/padded");
        float[] wave = new Golden("pretrained/waves").floats("wave_1");
        for (String name : List.of("wav2vec2-base", "data2vec-audio", "wav2vec2-large")) {
            float[] alone = FrozenStates.ofRecording(folder(name), wave, backend)
                    .layers()
                    .getLast();
            float[] beside = padded.floats(name);
            assertEquals(alone.length, beside.length);
            double largest = 0;
            for (int at = 0; at < alone.length; at++) {
                largest = Math.max(largest, Math.abs(alone[at] - beside[at]));
            }
            saysLine(String.format(Locale.ROOT, "%-14s = %.2f", name, largest));
        }
    }

    @Test
    void states_inARaggedBatch_haveTheSameBits() throws Exception {
        Golden waves = new Golden("pretrained/waves");
        SpeechEncoder encoder = SpeechEncoder.read(folder("wav2vec2-base"), backend, 0);
        float[] wave = encoder.input(waves.floats("wave_1"));
        float[] other = encoder.input(waves.floats("wave_2"));
        float[] alone = encoder.frozenStates(backend, List.of(wave)).getLast();
        float[] beside = encoder.frozenStates(backend, List.of(wave, other)).getLast();
        assertArrayEquals(alone, Arrays.copyOf(beside, alone.length));
        encoder.parameters().close();
    }

    // ---- tokenizers ----

    private static void saysTokens(Path folder, String text, String tokens) throws IOException {
        int[] ids = PretrainedTokenizer.read(folder).encode(text).ids();
        assertEquals(tokens.split(" ").length, ids.length);
        says(tokens + "  =", ids);
    }

    @Test
    void wordPiece_example_givesTheIdsOfTheChapter(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\nunhappy\n##hap\n##happi\n##ness\n!\n");
        saysTokens(folder, "Unh\u00e4ppiness! Hm", "[CLS] un ##happi ##ness ! [UNK] [SEP]");
    }

    @Test
    void byteLevel_example_givesTheIdsOfTheChapter(@TempDir Path folder) throws IOException {
        List<String> vocabulary = List.of(
                "<s>",
                "<pad>",
                "</s>",
                "<unk>",
                "<mask>",
                "s",
                "o",
                "g",
                "l",
                "a",
                "d",
                "\u0120",
                "so",
                "ad",
                "gl",
                "glad",
                "\u0120glad",
                "\u00c3",
                "\u00a9");
        StringBuilder json = new StringBuilder("{");
        for (int id = 0; id < vocabulary.size(); id++) {
            json.append(id == 0 ? "" : ",")
                    .append('"')
                    .append(vocabulary.get(id))
                    .append("\":")
                    .append(id);
        }
        Files.writeString(folder.resolve("vocab.json"), json + "}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\ns o\na d\ng l\ngl ad\n\u0120 glad\n");
        saysTokens(folder, "so glad", "<s> so \u0120glad </s>");
        saysTokens(folder, "so gl\u00e9", "<s> so \u0120 gl \u00c3 \u00a9 </s>");
    }

    @Test
    void unigram_example_givesTheIdsOfTheChapter(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0",
                 "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"},
                 "model": {"type": "Unigram", "unk_id": 0, "vocab":
                     [["<unk>", 0], ["\u2581glad", -6], ["ly", -4], ["\u2581g", -5], ["ladly", -7], ["\u2581gladly", -11]]}}
                """);
        saysTokens(folder, "gladly", "\u2581glad ly");
    }
}
