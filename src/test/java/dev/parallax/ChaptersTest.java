package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.Attention;
import dev.parallax.autograd.LstmSequence;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Op;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.LateFusion;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.model.Network;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The numbers in the chapters of `docs/` are those that the code computes: each example runs here, and its chapter
/// must contain each line of the result.
class ChaptersTest {

    private final Backend backend = new ScalarBackend();
    private final Tape tape = new Tape(backend);

    private Variable variable(Shape shape, float... values) {
        return tape.variable(Tensor.of(backend, shape, values));
    }

    private static float[] values(@Nullable Variable x) {
        return Objects.requireNonNull(x).value().toArray();
    }

    private static float[] gradient(Variable x) {
        return x.grad().toArray();
    }

    /// Asserts that the chapter contains the line `name values`, four digits each.
    private static void says(String chapter, String name, float... values) throws IOException {
        StringBuilder line = new StringBuilder(name);
        for (float value : values) {
            line.append(String.format(Locale.ROOT, " %7.4f", value));
        }
        String text = Files.readString(Path.of("docs", chapter));
        assertTrue(text.lines().anyMatch(line.toString()::equals), "docs/" + chapter + " lacks the line: " + line);
    }

    @Test
    void autograd_example_givesTheNumbersOfTheChapter() throws IOException {
        Variable x = variable(Shape.of(1), 2);
        Variable w = variable(Shape.of(1), 0.5f);
        Variable b = variable(Shape.of(1), -0.25f);
        Variable a = tape.apply(new Add(), tape.apply(new Multiply(), w, x), b);
        Variable h = tape.apply(new Tanh(), a);
        Variable loss = tape.apply(new Multiply(), h, h);
        tape.backward(loss);
        says("autograd.md", "a    =", values(a));
        says("autograd.md", "h    =", values(h));
        says("autograd.md", "loss =", values(loss));
        says("autograd.md", "dh   =", gradient(h));
        says("autograd.md", "da   =", gradient(a));
        says("autograd.md", "db   =", gradient(b));
        says("autograd.md", "dw   =", gradient(w));
        says("autograd.md", "dx   =", gradient(x));
    }

    @Test
    void lstm_example_givesTheNumbersOfTheChapter() throws IOException {
        Variable p = variable(Shape.of(2, 4), 0.1f, 0.2f, 0.3f, 0.4f, -0.4f, 0.6f, 0.5f, -0.1f);
        Variable u = variable(Shape.of(4, 1), 0.5f, -0.3f, 0.8f, 0.2f);
        Variable c = variable(Shape.of(4), 0, 0, 0, 0);
        Op lstm = new LstmSequence(new Recurrence(Offsets.ofLengths(2), 1, false));
        Variable y = tape.apply(lstm, p, u, c);
        Buffer gates = backend.allocate(8);
        backend.lstm(
                new Recurrence(Offsets.ofLengths(2), 1, false),
                p.value().buffer(),
                u.value().buffer(),
                c.value().buffer(),
                gates,
                backend.allocate(4));
        Tensor activated = new Tensor(backend, Shape.of(2, 4), gates);
        says("lstm-backward.md", "gates 1 =", activated.rows(0, 1).toArray());
        says("lstm-backward.md", "gates 2 =", activated.rows(1, 1).toArray());
        says("lstm-backward.md", "h       =", values(y.reshape(4).rows(0, 2)));
        says("lstm-backward.md", "cell    =", values(y.reshape(4).rows(2, 2)));
        tape.backward(y, Tensor.of(backend, y.shape(), 0, 1, 0, 0));
        says("lstm-backward.md", "da 2    =", p.rows(1, 1).grad().toArray());
        says("lstm-backward.md", "da 1    =", p.rows(0, 1).grad().toArray());
        says("lstm-backward.md", "dU      =", gradient(u));
        says("lstm-backward.md", "dc      =", gradient(c));
    }

    @Test
    void attention_example_givesTheNumbersOfTheChapter() throws IOException {
        Variable q = variable(Shape.of(1, 2), 1, 0);
        Variable k = variable(Shape.of(3, 2), 1, 0, 0, 1, 1, 1);
        Variable v = variable(Shape.of(3, 2), 2, 0, 0, 4, 1, 1);
        AttentionSizes sizes = new AttentionSizes(Offsets.ofLengths(1), Offsets.ofLengths(3), 2, 1);
        Variable y = tape.apply(new Attention(sizes, DropoutMask.NONE), q, k, v);
        Buffer weights = backend.allocate(3);
        backend.attentionWeights(sizes, q.value().buffer(), k.value().buffer(), weights);
        says("attention.md", "P  =", new Tensor(backend, Shape.of(3), weights).toArray());
        says("attention.md", "y  =", values(y));
        tape.backward(y, Tensor.of(backend, y.shape(), 1, 0));
        says("attention.md", "dv =", gradient(v));
        says("attention.md", "dq =", gradient(q));
        says("attention.md", "dk =", gradient(k));
    }

    private Perspective perspective(int[] owners, Variable logits) {
        return Perspective.ofUtterances(owners, Offsets.ofSingleRows(owners.length), logits, logits, logits);
    }

    private Pass pass() {
        Parameters none = new Parameters();
        none.initialize(backend, 1);
        return Pass.differentiable(tape, none, backend.allocate(0));
    }

    @Test
    void paper_softmaxTwice_givesTheNumbersOfTheChapter() throws IOException {
        CrossEntropyLoss loss = CrossEntropyLoss.plain(4);
        Variable sure = variable(Shape.of(1, 4), 1, 0, 0, 0); // probabilities
        says("paper.md", "right =", values(loss.sum(pass(), sure, new int[] {0}, 1)));
        says("paper.md", "wrong =", values(loss.sum(pass(), sure, new int[] {1}, 1)));
        for (boolean twice : new boolean[] {false, true}) {
            tape.reset();
            Variable z = variable(Shape.of(1, 4), 4, 0, 0, 0);
            Variable judged = twice ? tape.apply(new Softmax(), z) : z;
            tape.backward(loss.sum(pass(), judged, new int[] {1}, 1));
            says("paper.md", twice ? "on probabilities =" : "on logits        =", gradient(z)[0]);
        }
    }

    @Test
    void perspectiveLoss_example_givesTheNumbersOfTheChapter() throws IOException {
        Variable audio = variable(Shape.of(2, 2), 1, 0, -1, 1); // utterances 0 and 1
        Variable text = variable(Shape.of(2, 2), 2, -1, 0, 0.5f); // utterances 0 and 2
        Perspective fromAudio = perspective(new int[] {0, 1}, audio);
        Perspective fromText = perspective(new int[] {0, 2}, text);
        Paired both = Paired.of(fromAudio, fromText);
        Pass pass = pass();
        Variable fused = LateFusion.add().forward(pass, fromAudio, fromText, both);
        PerspectiveLoss loss = new PerspectiveLoss(true, 1, 1, CrossEntropyLoss.plain(2));
        PerspectiveLoss.Terms terms =
                loss.of(pass, new FusedLogits(fromAudio, fromText, both, fused), new int[] {0, 1, 0}, 1);
        tape.backward(terms.total());
        says("perspective-loss.md", "fused =", values(terms.each().fused()));
        says("perspective-loss.md", "audio =", values(terms.each().audio()));
        says("perspective-loss.md", "text  =", values(terms.each().text()));
        says("perspective-loss.md", "total =", values(terms.total()));
        says("perspective-loss.md", "dz_audio =", gradient(audio));
        says("perspective-loss.md", "dz_text  =", gradient(text));
    }

    @Test
    void fusion_parameters_areThoseOfTheChapter() throws IOException {
        String text = Files.readString(Path.of("docs", "fusion.md"));
        for (Fusions.Strategy strategy : Fusions.all()) {
            NetworkConfig standard = NetworkConfig.STANDARD;
            Parameters parameters = new Parameters();
            Network network = new Network(
                    parameters,
                    new NetworkConfig(
                            standard.audio(),
                            standard.text(),
                            standard.embedding(),
                            strategy.name(),
                            standard.fusionWidth()),
                    40,
                    1000,
                    4);
            assertNotNull(network);
            int own = parameters.all().stream()
                    .filter(parameter -> parameter.name().startsWith("fusion."))
                    .mapToInt(parameter -> parameter.shape().count())
                    .sum();
            String row = String.format(Locale.ROOT, "| %,d | %,d |", own, parameters.size());
            assertTrue(
                    text.lines()
                            .anyMatch(line -> line.startsWith("| `" + strategy.name() + "` |") && line.endsWith(row)),
                    "docs/fusion.md: " + strategy.name() + " lacks " + row);
        }
    }

    @Test
    void fusion_example_givesTheNumbersOfTheChapter() throws IOException {
        Variable audio = variable(Shape.of(1, 2), 1, 0);
        Variable text = variable(Shape.of(1, 2), -0.5f, 1);
        Perspective fromAudio = perspective(new int[] {0}, audio);
        Perspective fromText = perspective(new int[] {0}, text);
        Pass pass = pass();
        Variable z = LateFusion.add().forward(pass, fromAudio, fromText, Paired.of(fromAudio, fromText));
        says("fusion.md", "p_audio =", softmax(audio));
        says("fusion.md", "p_text  =", softmax(text));
        says("fusion.md", "z       =", values(z));
        float[] p = softmax(z);
        says("fusion.md", "p       =", p);
        float[] product = {
            softmax(audio)[0] * softmax(text)[0], softmax(audio)[1] * softmax(text)[1],
        };
        float sum = product[0] + product[1];
        says("fusion.md", "product =", product);
        Golden.assertClose("renormalised product", p, new float[] {product[0] / sum, product[1] / sum}, 1e-6);
    }

    private float[] softmax(Variable z) {
        Buffer out = backend.allocate(z.shape().count());
        backend.softmax(z.value().buffer(), z.shape().rows(), out);
        return new Tensor(backend, z.shape(), out).toArray();
    }

    @Test
    void ragged_example_givesTheNumbersOfTheChapter() throws IOException {
        Offsets offsets = Offsets.ofLengths(3, 1, 2);
        Variable x = variable(Shape.of(6, 1), 1, 2, 3, 4, 5, 6);
        says("ragged.md", "mean          =", values(tape.apply(new SequenceMean(offsets), x)));
        Variable padded = variable(Shape.of(9, 1), 1, 2, 3, 4, 0, 0, 5, 6, 0);
        Op overPadding = new SequenceMean(Offsets.ofLengths(3, 3, 3));
        says("ragged.md", "over padding  =", values(tape.apply(overPadding, padded)));
        int weights = new AttentionSizes(offsets, offsets, 1, 1).weightCount();
        says("ragged.md", "rows, weights =", offsets.total(), weights);
    }
}
