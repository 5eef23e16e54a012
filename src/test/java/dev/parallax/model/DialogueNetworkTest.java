package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestBackends;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueExample;
import dev.parallax.fusion.FusedLogits;
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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DialogueNetworkTest {

    private static final int CLASSES = 4;

    private final Parameters parameters = new Parameters();

    private static NetworkConfig config(boolean bidirectional, int heads, String fusion) {
        EncoderConfig encoder =
                new EncoderConfig(8, RecurrentKind.GRU, 4, 1, bidirectional, heads, 0.4, 0.3, Pooling.MEAN);
        return new NetworkConfig(encoder, encoder, 1, fusion, 8);
    }

    private DialogueNetwork network(Backend backend, NetworkConfig config) {
        DialogueNetwork network = new DialogueNetwork(parameters, config, 8, 5, CLASSES);
        parameters.initialize(backend, 3);
        return network;
    }

    private static DialogueExample dialogue(int length, int seed) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        float[] audio = new float[length * 8];
        float[] text = new float[length * 5];
        Arrays.setAll(new double[audio.length], i -> audio[i] = (float) random.nextGaussian());
        Arrays.setAll(new double[text.length], i -> text[i] = (float) random.nextGaussian());
        int[] labels = new int[length];
        Arrays.setAll(labels, i -> random.nextInt(CLASSES));
        return new DialogueExample(audio, text, labels);
    }

    private static DialogueBatch batch(Backend backend, DialogueExample... dialogues) {
        return new DialogueBatch(backend, List.of(dialogues), 8, 5);
    }

    private static float[] fused(FusedLogits logits) {
        return Objects.requireNonNull(logits.fused()).value().toArray();
    }

    private float[] answers(Backend backend, DialogueNetwork network, DialogueExample... dialogues) {
        Pass pass = Pass.inference(new Tape(backend), parameters);
        return fused(network.forward(pass, batch(backend, dialogues)));
    }

    static Stream<Arguments> fusions() {
        return TestBackends.all()
                .flatMap(backend -> DialogueNetwork.fusions().stream().map(name -> Arguments.of(backend, name)));
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

    /// So a batch may be dealt into shards in any way.
    @ParameterizedTest
    @MethodSource("fusions")
    void forward_withDropout_isTheSameInAShardOfItsOwn(Backend backend, String fusion) {
        DialogueNetwork network = network(backend, config(true, 2, fusion));
        DialogueExample first = dialogue(4, 1);
        DialogueExample second = dialogue(6, 2);
        Buffer gradients = backend.allocate(parameters.size());
        Pass whole = Pass.training(new Tape(backend), parameters, gradients, 9, 3, 0);
        float[] together = fused(network.forward(whole, batch(backend, first, second)));
        Pass shard = Pass.training(new Tape(backend), parameters, gradients, 9, 3, 4);
        float[] alone = fused(network.forward(shard, batch(backend, second)));
        assertArrayEquals(Arrays.copyOfRange(together, 4 * CLASSES, 10 * CLASSES), alone, 1e-6f);
        assertFalse(Arrays.equals(alone, answers(backend, network, second)), "nothing was dropped");
    }

    @ParameterizedTest
    @MethodSource("dev.parallax.TestBackends#all")
    void forward_oneDirection_laterTurnsNeverMatter(Backend backend) {
        DialogueNetwork causal = network(backend, config(false, 2, "late-add"));
        DialogueExample whole = dialogue(6, 1);
        DialogueExample start = new DialogueExample(
                Arrays.copyOf(Objects.requireNonNull(whole.audio()), 3 * 8),
                Arrays.copyOf(Objects.requireNonNull(whole.text()), 3 * 5),
                0,
                0,
                0);
        float[] answers = Arrays.copyOf(answers(backend, causal, whole), 3 * CLASSES);
        assertArrayEquals(answers, answers(backend, causal, start), 1e-6f);
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
