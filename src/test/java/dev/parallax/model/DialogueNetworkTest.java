package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Vectors;
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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold of the answers to dialogues, for every strategy of [Fusions].
@Tag("backend")
@Tag("vector")
class DialogueNetworkTest {

    private static final int CLASSES = 4;
    private static final int AUDIO = 8; // features, as many as the projection has
    private static final int TEXT = 5;

    private final Parameters parameters = new Parameters();

    private static NetworkConfig config(boolean bidirectional, int heads, String fusion) {
        EncoderConfig encoder =
                new EncoderConfig(0, 8, RecurrentKind.GRU, 4, 1, bidirectional, heads, 0.4, 0.3, Pooling.MEAN);
        return new NetworkConfig(encoder, encoder, 1, fusion, 8);
    }

    private DialogueNetwork network(Backend backend, NetworkConfig config) {
        DialogueNetwork network = new DialogueNetwork(parameters, config, AUDIO, TEXT, CLASSES);
        parameters.initialize(backend, 3);
        return network;
    }

    private static DialogueExample dialogue(int length, int seed) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        List<Vectors> vectors = IntStream.range(0, length)
                .mapToObj(i -> new Vectors(normal(random, AUDIO), normal(random, TEXT)))
                .toList();
        int[] speakers = new int[length];
        int[] labels = new int[length];
        for (int i = 0; i < length; i++) {
            speakers[i] = i % 2;
            labels[i] = random.nextInt(CLASSES);
        }
        return new DialogueExample(vectors, speakers, labels);
    }

    private static float[] normal(RandomStream random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /// The dialogue with the audio and the text of some of its utterances only.
    private static DialogueExample lacking(DialogueExample whole, IntPredicate hasAudio, IntPredicate hasText) {
        List<Vectors> vectors = IntStream.range(0, whole.length())
                .mapToObj(i -> {
                    Vectors both = whole.utterances().get(i);
                    return new Vectors(hasAudio.test(i) ? both.audio() : null, hasText.test(i) ? both.text() : null);
                })
                .toList();
        return new DialogueExample(vectors, whole.speakers(), whole.labels());
    }

    /// Its first utterances alone.
    private static DialogueExample start(DialogueExample whole, int length) {
        return new DialogueExample(
                whole.utterances().subList(0, length),
                Arrays.copyOf(whole.speakers(), length),
                Arrays.copyOf(whole.labels(), length));
    }

    private static DialogueBatch batch(Backend backend, DialogueExample... dialogues) {
        return new DialogueBatch(backend, backend::allocate, List.of(dialogues), AUDIO, TEXT, false);
    }

    private static float[] fused(FusedLogits logits) {
        return Objects.requireNonNull(logits.fused()).value().toArray();
    }

    private FusedLogits forward(Backend backend, DialogueNetwork network, DialogueExample... dialogues) {
        return network.forward(Pass.inference(new Tape(backend), parameters), batch(backend, dialogues));
    }

    private float[] answers(Backend backend, DialogueNetwork network, DialogueExample... dialogues) {
        return fused(forward(backend, network, dialogues));
    }

    static Stream<Arguments> fusions() {
        return TestBackends.all().flatMap(backend -> Fusions.names().stream().map(name -> Arguments.of(backend, name)));
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void forward_otherDialoguesInTheBatch_neverMatter(Backend backend, String fusion) {
        DialogueNetwork network = network(backend, config(true, 2, fusion));
        DialogueExample one = dialogue(5, 1);
        float[] alone = answers(backend, network, one);
        assertEquals(5 * CLASSES, alone.length);
        float[] among = answers(backend, network, dialogue(7, 2), one, dialogue(1, 3));
        assertArrayEquals(alone, Arrays.copyOfRange(among, 7 * CLASSES, 12 * CLASSES), 1e-6f);
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void forward_otherUtterancesOfTheDialogue_matter(Backend backend, String fusion) {
        DialogueNetwork network = network(backend, config(true, 2, fusion));
        DialogueExample whole = dialogue(5, 1);
        float[] inWhole = Arrays.copyOf(answers(backend, network, whole), CLASSES);
        assertFalse(Arrays.equals(inWhole, Arrays.copyOf(answers(backend, network, start(whole, 4)), CLASSES)));
    }

    /// So a batch may be dealt into shards in any way, also where utterances lack a modality.
    @ParameterizedTest
    @MethodSource("fusions")
    void forward_withDropout_isTheSameInAShardOfItsOwn(Backend backend, String fusion) {
        DialogueNetwork network = network(backend, config(true, 2, fusion));
        boolean early = fusion.startsWith("early-");
        DialogueExample first = early ? dialogue(4, 1) : lacking(dialogue(4, 1), i -> i != 1, i -> i == 1);
        DialogueExample second = early ? dialogue(6, 2) : lacking(dialogue(6, 2), i -> i != 3, i -> i != 0);
        int before = early ? 4 * CLASSES : 0; // rows of the first
        Buffer gradients = backend.allocate(parameters.size());
        Pass whole = Pass.training(new Tape(backend), parameters, gradients, 9, 3, 0);
        float[] together = fused(network.forward(whole, batch(backend, first, second)));
        Pass shard = Pass.training(new Tape(backend), parameters, gradients, 9, 3, 4);
        float[] alone = fused(network.forward(shard, batch(backend, second)));
        assertArrayEquals(Arrays.copyOfRange(together, before, together.length), alone, 1e-6f);
        assertFalse(Arrays.equals(alone, answers(backend, network, second)), "nothing was dropped");
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void forward_someLackAModality_areAnsweredByTheOtherOrRefused(Backend backend, String fusion) {
        DialogueNetwork network = network(backend, config(true, 2, fusion));
        DialogueExample some = lacking(dialogue(5, 1), i -> i != 2, i -> i != 0 && i != 4);
        if (fusion.startsWith("early-")) {
            String message = Refusal.of(() -> forward(backend, network, some));
            assertEquals(
                    "fusion: " + fusion + " fuses the inputs and has no answer without both, and 3 of 5 utterances lack"
                            + " audio or text; give both, leave them out, or take a model of a middle-* or late-* fusion",
                    message);
            return;
        }
        FusedLogits logits = forward(backend, network, some);
        assertArrayEquals(new int[] {1, 3}, logits.both().owners());
        assertEquals(2 * CLASSES, fused(logits).length);
        Perspective audio = Objects.requireNonNull(logits.audio());
        Perspective text = Objects.requireNonNull(logits.text());
        assertArrayEquals(new int[] {0, 1, 3, 4}, audio.owners());
        assertArrayEquals(new int[] {1, 2, 3}, text.owners());
        assertEquals(4 * CLASSES, audio.logits().value().toArray().length);
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void forward_noneHasText_audioAnswersAlone(Backend backend, String fusion) {
        if (fusion.startsWith("early-")) {
            return;
        }
        DialogueNetwork network = network(backend, config(true, 2, fusion));
        FusedLogits logits = forward(backend, network, lacking(dialogue(5, 1), i -> true, i -> false));
        assertEquals(0, logits.both().count());
        assertEquals(5, Objects.requireNonNull(logits.audio()).owners().length);
        assertNull(logits.text());
        assertNull(logits.fused());
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void forward_causal_laterTurnsNeverMatter(Backend backend, String fusion) {
        NetworkConfig config = config(true, 2, fusion).withCausalEncoders();
        assertTrue(config.causal());
        if (fusion.equals("bottleneck")) {
            assertTrue(Refusal.of(() -> network(backend, config)).contains("it cannot be causal"));
            return;
        }
        DialogueNetwork causal = network(backend, config);
        DialogueExample whole = dialogue(6, 1);
        float[] answers = Arrays.copyOf(answers(backend, causal, whole), 3 * CLASSES);
        assertArrayEquals(answers, answers(backend, causal, start(whole, 3)));
    }

    /// As wide as before, so that only what is seen differs.
    @Test
    void withCausalEncoders_recurrentStates_keepTheirWidth() {
        NetworkConfig whole = config(true, 2, "late-add");
        EncoderConfig before = Objects.requireNonNull(whole.audio());
        EncoderConfig after = Objects.requireNonNull(whole.withCausalEncoders().audio());
        assertEquals(before.width(AUDIO), after.width(AUDIO));
        assertFalse(after.bidirectional());
        assertFalse(whole.causal());
    }

    @ParameterizedTest
    @MethodSource("dev.parallax.TestBackends#all")
    void forward_toldWhoSpeaks_dependsOnIt(Backend backend) {
        NetworkConfig config = config(true, 2, "late-add");
        NetworkConfig told = NetworkConfig.fromJson(config.toJson().with("speakers", true));
        DialogueNetwork network = network(backend, told);
        DialogueExample twoSpeakers = dialogue(5, 1);
        float[] answers = told(backend, network, twoSpeakers.utterances(), 0, 1, 0, 1, 0);
        assertFalse(Arrays.equals(answers, told(backend, network, twoSpeakers.utterances(), 0, 1, 1, 1, 0)));
        assertFalse(Arrays.equals(answers, told(backend, network, twoSpeakers.utterances(), -1, -1, -1, -1, -1)));
    }

    private float[] told(Backend backend, DialogueNetwork network, List<Vectors> utterances, int... speakers) {
        DialogueExample example = new DialogueExample(utterances, speakers, new int[speakers.length]);
        DialogueBatch batch = new DialogueBatch(backend, backend::allocate, List.of(example), AUDIO, TEXT, true);
        return fused(network.forward(Pass.inference(new Tape(backend), parameters), batch));
    }

    @ParameterizedTest
    @MethodSource("dev.parallax.TestBackends#all")
    void loss_labelledInTurns_addsUpToTheWhole(Backend backend) {
        DialogueNetwork network = network(backend, config(true, 2, "late-add"));
        DialogueExample whole = dialogue(6, 1);
        int[] even = whole.labels();
        int[] odd = whole.labels();
        for (int i = 0; i < even.length; i++) {
            (i % 2 == 0 ? odd : even)[i] = -1;
        }
        for (boolean perspectives : new boolean[] {true, false}) {
            double all = loss(backend, network, whole, whole.labels(), perspectives);
            double parts = loss(backend, network, whole, even, perspectives)
                    + loss(backend, network, whole, odd, perspectives);
            assertEquals(all, parts, 1e-5 * all);
            assertTrue(all > 0);
        }
    }

    private double loss(
            Backend backend, DialogueNetwork network, DialogueExample dialogue, int[] labels, boolean perspectives) {
        Pass pass = Pass.inference(new Tape(backend), parameters);
        FusedLogits logits = network.forward(pass, batch(backend, dialogue));
        return new PerspectiveLoss(perspectives, 1, 1, CrossEntropyLoss.plain(CLASSES))
                .of(pass, logits, labels, 1)
                .total()
                .value()
                .toArray()[0];
    }
}
