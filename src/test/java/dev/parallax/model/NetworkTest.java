package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Golden;
import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.data.Batch;
import dev.parallax.data.Example;
import dev.parallax.data.Tokens;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold for any network: an utterance's answer is its own, whatever stands beside it in the batch.
@Tag("backend")
@Tag("vector")
class NetworkTest {

    private static final int FRAME = 5;
    private static final int WORDS = 11;
    private static final int CLASSES = 3;

    private static final NetworkConfig LSTM_AND_ATTENTION = new NetworkConfig(
            new EncoderConfig(0, 0, RecurrentKind.LSTM, 9, 2, true, 3, 0.3, 0.2, Pooling.MEAN),
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 2, 0.3, 0.2, Pooling.MEAN),
            6,
            "late-add",
            64);
    private static final NetworkConfig GRU_AND_MAXIMUM = new NetworkConfig(
            new EncoderConfig(0.2, 7, RecurrentKind.GRU, 8, 1, false, 0, 0.5, 0, Pooling.MEAN_MAX),
            new EncoderConfig(0, 4, RecurrentKind.GRU, 17, 1, true, 1, 0.1, 0.4, Pooling.MAX),
            6,
            "late-add",
            64);

    private static NetworkConfig small(String fusion) {
        return new NetworkConfig(
                new EncoderConfig(0, 0, RecurrentKind.GRU, 3, 1, true, 2, 0.3, 0.2, Pooling.MEAN),
                new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 2, 0.3, 0.2, Pooling.MEAN),
                4,
                fusion,
                8);
    }

    static Stream<Arguments> networks() {
        List<NetworkConfig> configs = Stream.concat(
                        Stream.of(LSTM_AND_ATTENTION, GRU_AND_MAXIMUM),
                        Fusions.names().stream().map(NetworkTest::small))
                .toList();
        return TestBackends.all().flatMap(backend -> configs.stream().map(config -> Arguments.of(backend, config)));
    }

    /// Utterances that a network can answer: those with both where it fuses the inputs, else all.
    private static List<Example> utterances(NetworkConfig config) {
        return utterances().stream()
                .filter(example -> !config.fusesInputs() || (example.frames() != null && example.tokens() != null))
                .toList();
    }

    /// Nine utterances: long and short, some without audio, some without text, some of a single frame or word.
    private static List<Example> utterances() {
        int[][] sizes = {{8, 3}, {1, 1}, {0, 4}, {19, 0}, {2, 9}, {0, 1}, {33, 2}, {5, 5}, {4, 1}};
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            RandomStream random = new RandomStream(31, 0, 0, i);
            float[] frames = new float[sizes[i][0] * FRAME];
            for (int f = 0; f < frames.length; f++) {
                frames[f] = (float) random.nextGaussian();
            }
            Tokens tokens = sizes[i][1] == 0 ? null : tokens(sizes[i][1], random);
            examples.add(new Example(frames.length == 0 ? null : frames, tokens, i % CLASSES));
        }
        return examples;
    }

    /// Tokens of one to three rows each: words, and pieces of words.
    private static Tokens tokens(int count, RandomStream random) {
        int[] bags = new int[count];
        Arrays.setAll(bags, t -> 1 + random.nextInt(3));
        int[] ids = new int[Arrays.stream(bags).sum()];
        Arrays.setAll(ids, id -> random.nextInt(WORDS));
        return new Tokens(ids, bags, null);
    }

    /// A network with its parameters and a place for their gradients.
    private static final class Bench {
        final Parameters parameters = new Parameters();
        final Network network;
        final Backend backend;

        Bench(Backend backend, NetworkConfig config) {
            this.backend = backend;
            this.network = new Network(parameters, config, FRAME, WORDS, CLASSES);
            parameters.initialize(backend, 77);
        }

        Pass inference() {
            return Pass.inference(new Tape(backend), parameters);
        }

        Pass training(int seed, int step, int firstOrdinal) {
            Buffer gradients = backend.allocate(parameters.size());
            return Pass.training(new Tape(backend), parameters, gradients, seed, step, firstOrdinal);
        }

        /// For each utterance what audio, text and fusion say, NaN where one says nothing.
        float[][] answers(Pass pass, List<Example> examples) {
            FusedLogits logits = network.forward(pass, new Batch(backend, backend::allocate, examples, FRAME));
            float[][] answers = new float[examples.size()][3 * CLASSES];
            for (float[] answer : answers) {
                Arrays.fill(answer, Float.NaN);
            }
            Perspective audio = logits.audio();
            Perspective text = logits.text();
            if (audio != null) {
                put(audio.logits(), audio.owners(), 0, answers);
            }
            if (text != null) {
                put(text.logits(), text.owners(), CLASSES, answers);
            }
            put(logits.fused(), logits.both().owners(), 2 * CLASSES, answers);
            return answers;
        }

        private static void put(@Nullable Variable logits, int[] owners, int at, float[][] answers) {
            for (int row = 0; logits != null && row < owners.length; row++) {
                System.arraycopy(logits.value().toArray(), row * CLASSES, answers[owners[row]], at, CLASSES);
            }
        }

        /// The gradient of the summed perspective loss.
        float[] gradient(List<Example> examples) {
            Tape tape = new Tape(backend);
            Buffer gradients = backend.allocate(parameters.size());
            Pass pass = Pass.differentiable(tape, parameters, gradients);
            tape.backward(loss(pass, examples));
            return new Tensor(backend, Shape.of(gradients.length()), gradients).toArray();
        }

        /// The summed perspective loss.
        Variable loss(Pass pass, List<Example> examples) {
            FusedLogits logits = network.forward(pass, new Batch(backend, backend::allocate, examples, FRAME));
            int[] labels = examples.stream().mapToInt(Example::label).toArray();
            return new PerspectiveLoss(true, 1, 1, CrossEntropyLoss.plain(CLASSES))
                    .of(pass, logits, labels, 1)
                    .total();
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forward_anyCompany_givesTheSameBits(Backend backend, NetworkConfig config) {
        Bench bench = new Bench(backend, config);
        List<Example> all = utterances(config);
        float[][] together = bench.answers(bench.inference(), all);
        for (int i = 0; i < all.size(); i++) {
            List<Example> others = new ArrayList<>(all);
            others.remove(i);
            List<Example> first = new ArrayList<>(others);
            first.addFirst(all.get(i));
            List<Example> last = new ArrayList<>(others);
            last.addLast(all.get(i));
            assertArrayEquals(together[i], bench.answers(bench.inference(), List.of(all.get(i)))[0], "alone " + i);
            assertArrayEquals(together[i], bench.answers(bench.inference(), first)[0], "first " + i);
            assertArrayEquals(together[i], bench.answers(bench.inference(), last)[others.size()], "last " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forward_permutedBatch_givesPermutedAnswers(Backend backend, NetworkConfig config) {
        Bench bench = new Bench(backend, config);
        List<Example> all = utterances(config);
        float[][] straight = bench.answers(bench.inference(), all);
        int[] order = IntStream.range(0, all.size()).toArray();
        new RandomStream(5, 0, 0, 0).shuffle(order);
        float[][] permuted = bench.answers(
                bench.inference(), Arrays.stream(order).mapToObj(all::get).toList());
        for (int i = 0; i < order.length; i++) {
            assertArrayEquals(straight[order[i]], permuted[i], "utterance " + order[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void backward_utteranceTwice_countsTwice(Backend backend, NetworkConfig config) {
        Bench bench = new Bench(backend, config);
        List<Example> all = utterances(config);
        for (int i = 0; i < all.size(); i++) {
            List<Example> twice = new ArrayList<>(all);
            twice.add(all.get(i));
            float[] expected = bench.gradient(all);
            float[] one = bench.gradient(List.of(all.get(i)));
            for (int p = 0; p < expected.length; p++) {
                expected[p] += one[p];
            }
            Golden.assertClose("gradient with utterance " + i + " twice", expected, bench.gradient(twice), 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void backward_oneStepDownhill_lowersTheLoss(Backend backend, NetworkConfig config) {
        Bench bench = new Bench(backend, config);
        List<Example> all = utterances(config);
        float before = bench.loss(bench.inference(), all).value().toArray()[0];
        Tensor gradient = Tensor.of(backend, Shape.of(bench.parameters.size()), bench.gradient(all));
        backend.scaleAdd(-1e-3f, gradient.buffer(), bench.parameters.values());
        float after = bench.loss(bench.inference(), all).value().toArray()[0];
        assertTrue(after < before, before + " -> " + after);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forward_trainingInShards_dropsTheSame(Backend backend, NetworkConfig config) {
        Bench bench = new Bench(backend, config);
        List<Example> all = utterances(config);
        float[][] whole = bench.answers(bench.training(3, 4, 0), all);
        for (int size : new int[] {1, 2, 4}) {
            for (int from = 0; from < all.size(); from += size) {
                int to = Math.min(all.size(), from + size);
                float[][] shard = bench.answers(bench.training(3, 4, from), all.subList(from, to));
                for (int i = from; i < to; i++) {
                    assertArrayEquals(whole[i], shard[i - from], "utterance " + i + " in shards of " + size);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forward_otherSeedStepOrOrdinal_dropsOthers(Backend backend, NetworkConfig config) {
        Bench bench = new Bench(backend, config);
        List<Example> one = utterances().subList(0, 1);
        float[] reference = bench.answers(bench.training(3, 4, 0), one)[0];
        assertArrayEquals(reference, bench.answers(bench.training(3, 4, 0), one)[0]);
        assertFalse(Arrays.equals(reference, bench.answers(bench.training(2, 4, 0), one)[0]), "seed");
        assertFalse(Arrays.equals(reference, bench.answers(bench.training(3, 5, 0), one)[0]), "step");
        assertFalse(Arrays.equals(reference, bench.answers(bench.training(3, 4, 1), one)[0]), "ordinal");
        assertFalse(Arrays.equals(reference, bench.answers(bench.inference(), one)[0]), "inference");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forward_someLackAModality_areAnsweredByTheOtherOrRefused(Backend backend, NetworkConfig config) {
        Bench bench = new Bench(backend, config);
        if (config.fusesInputs()) {
            assertEquals(
                    "fusion: " + config.fusion() + " fuses the inputs and has no answer without both, and 3 of 9"
                            + " utterances lack audio or text; give both, leave them out, or take a model of a middle-*"
                            + " or late-* fusion",
                    Refusal.of(() -> bench.answers(bench.inference(), utterances())));
            return;
        }
        float[][] answers = bench.answers(bench.inference(), utterances());
        for (int i = 0; i < answers.length; i++) {
            Example example = utterances().get(i);
            assertEquals(example.frames() == null, Float.isNaN(answers[i][0]), "audio of " + i);
            assertEquals(example.tokens() == null, Float.isNaN(answers[i][CLASSES]), "text of " + i);
            boolean both = example.frames() != null && example.tokens() != null;
            assertEquals(!both, Float.isNaN(answers[i][2 * CLASSES]), "fused of " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void forward_utteranceWithNothingToRead_isRefused(Backend backend, NetworkConfig config) {
        Bench audioOnly = new Bench(backend, config.withModalities(true, false));
        Pass pass = audioOnly.inference();
        assertEquals(
                "network: an utterance has none of the modalities that this model reads (audio)",
                Refusal.of(() -> audioOnly.answers(pass, utterances())));
        Bench textOnly = new Bench(backend, config.withModalities(false, true));
        Pass other = textOnly.inference();
        assertEquals(
                "network: an utterance has none of the modalities that this model reads (text)",
                Refusal.of(() -> textOnly.answers(other, utterances().subList(3, 4))));
    }
}
