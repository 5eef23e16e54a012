package dev.parallax.fusion;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;

/// A strategy on two made-up perspectives: utterances 0, 3 and 4 of five have both modalities, 1 only audio, 2 only
/// text. In context, 0 to 2 are one dialogue and 3 to 4 another. The values of the perspectives are parameters too,
/// so that gradients reach them.
final class FusionBench {

    static final int CLASSES = 3;
    static final int WIDTH = 4;

    /// One layer of everything that an encoder can have.
    static final EncoderConfig WHOLE_TRUNK =
            new EncoderConfig(0, 0, RecurrentKind.GRU, 3, 1, true, 2, 0.3, 0.2, Pooling.MEAN);

    /// A trunk that leaves its input as it is.
    static final EncoderConfig NO_TRUNK =
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 0, 0.3, 0.2, Pooling.MEAN);

    static final int[] PAIRED = {0, 3, 4};
    private static final int[] DIALOGUES = {0, 3}; // the first utterance of each

    final boolean inContext;

    final Side audio;
    final Side text;
    final Parameters parameters = new Parameters();
    final Backend backend;
    private final Fusion fusion;
    private final Buffer gradients;

    /// Stands in for an encoder.
    final class Side {
        final int[] owners;
        final Offsets offsets;
        final Parameter states;
        final Parameter pooled;
        final Parameter logits;

        Side(String name, int width, int[] owners, int... lengths) {
            this.owners = owners.clone();
            this.offsets = inContext ? Offsets.ofLengths(2, 2) : Offsets.ofLengths(lengths);
            this.states = parameters.add(name + ".states", Shape.of(offsets.total(), width), Initializer.normal(1));
            this.pooled = parameters.add(name + ".pooled", Shape.of(owners.length, width), Initializer.normal(1));
            this.logits = parameters.add(name + ".logits", Shape.of(owners.length, CLASSES), Initializer.normal(1));
        }

        Perspective perspective(Pass pass) {
            Variable rows = pass.variable(states);
            return inContext
                    ? Perspective.ofDialogues(owners, DIALOGUES, offsets, rows, pass.variable(logits))
                    : Perspective.ofUtterances(owners, offsets, rows, pass.variable(pooled), pass.variable(logits));
        }

        /// The values of `parameter` for utterances of the batch, row by row.
        double[][] of(int[] utterances, Parameter parameter) {
            double[][] all = matrix(parameter.equals(pooled) && inContext ? states : parameter);
            return Arrays.stream(utterances)
                    .map(owner -> Arrays.binarySearch(owners, owner))
                    .mapToObj(i -> parameter.equals(states) && !inContext
                            ? Arrays.copyOfRange(all, offsets.start(i), offsets.start(i + 1))
                            : Arrays.copyOfRange(all, i, i + 1))
                    .flatMap(Arrays::stream)
                    .toArray(double[][]::new);
        }
    }

    FusionBench(Backend backend, Fusions.Strategy strategy, EncoderConfig trunk) {
        this(backend, strategy, trunk, false);
    }

    FusionBench(Backend backend, Fusions.Strategy strategy, EncoderConfig trunk, boolean inContext) {
        this.backend = backend;
        this.inContext = inContext;
        boolean early = strategy.place() == Fusions.Place.EARLY;
        int audioWidth = early ? WIDTH : 5;
        int textWidth = early ? WIDTH : 3;
        this.audio = new Side("audio", audioWidth, new int[] {0, 1, 3, 4}, 7, 2, 2, 9);
        this.text = new Side("text", textWidth, new int[] {0, 2, 3, 4}, 3, 5, 4, 1);
        this.fusion = strategy.build(
                parameters,
                new Fusion.Sizes(audioWidth, textWidth, CLASSES, WIDTH, 0.3, trunk, inContext, true, 0x300));
        parameters.initialize(backend, 23); // each perspective has larger logits than the other somewhere
        this.gradients = backend.allocate(parameters.size());
    }

    Variable forward(Pass pass) {
        Perspective fromAudio = audio.perspective(pass);
        Perspective fromText = text.perspective(pass);
        Paired both = Paired.of(fromAudio, fromText);
        return fusion.forward(pass.ofUtterances(both.ordinals()), fromAudio, fromText, both);
    }

    /// The utterances with both modalities that a strategy may use together.
    int[][] groups() {
        return inContext
                ? new int[][] {{0}, {3, 4}}
                : Arrays.stream(PAIRED).mapToObj(owner -> new int[] {owner}).toArray(int[][]::new);
    }

    float[] logits() {
        return forward(Pass.inference(new Tape(backend), parameters)).value().toArray();
    }

    /// Gradient of sum(cotangent · z) by all parameters, in the order of the flat buffer.
    float[] gradient(float[] cotangent) {
        Tape tape = new Tape(backend);
        backend.fill(0, gradients);
        Variable z = forward(Pass.differentiable(tape, parameters, gradients));
        tape.backward(z, Tensor.of(backend, z.shape(), cotangent));
        return new Tensor(backend, Shape.of(gradients.length()), gradients).toArray();
    }

    /// The part of the last gradient that belongs to one parameter.
    float[] gradient(Parameter parameter) {
        return new Tensor(backend, parameter.shape(), parameters.slice(gradients, parameter)).toArray();
    }

    Parameter parameter(String name) {
        return parameters.all().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no parameter " + name));
    }

    boolean has(String name) {
        return parameters.all().stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    /// A parameter as rows; one of rank 1 is a single row.
    double[][] matrix(Parameter parameter) {
        float[] flat = parameters.value(parameter).toArray();
        int columns = parameter.shape().columns();
        double[][] rows = new double[flat.length / columns][columns];
        for (int i = 0; i < flat.length; i++) {
            rows[i / columns][i % columns] = flat[i];
        }
        return rows;
    }
}
