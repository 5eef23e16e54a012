package dev.parallax.audit;

import dev.parallax.autograd.Frame;
import dev.parallax.autograd.Op;
import dev.parallax.autograd.SavingOp;
import dev.parallax.autograd.TapeListener;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.FrozenSpeech;
import dev.parallax.pretrained.FrozenText;
import dev.parallax.pretrained.encoder.InputFormula;
import dev.parallax.tensor.Shape;
import dev.parallax.trace.Reference;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.TapeRecorder;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Puts the steps of a pretrained encoder that stays as it is into a trace: what it reads, each of its operations, and
/// its states as the network reads them. Its parameters are in the encoder's folder, not in the model's file; in the
/// trace their names begin with [#parameters].
///
/// Where the operations have more than [#LIMIT] numbers they are left out, and the step of the states says so.
public final class EncoderSteps {

    /// The most numbers of an encoder's operations that a trace keeps for a window or a text: 512 MB of memory.
    public static final long LIMIT = 1L << 26;

    private static final String LEFT_OUT = "leftOut"; // setting: how many numbers

    private final Trace trace;
    private final String prefix;
    private final long limit;

    /// @param prefix what the names of the model's parameters begin with in the file
    /// @param limit  the most numbers of an encoder's operations
    EncoderSteps(Trace trace, String prefix, long limit) {
        this.trace = trace;
        this.prefix = prefix;
        this.limit = limit;
    }

    /// What the names of an encoder's parameters begin with in a trace, behind the prefix of the model.
    ///
    /// @param modality that it reads
    static String parameters(Modality modality) {
        return modality.word() + "-encoder.";
    }

    /// How many numbers of encoders' operations a trace leaves out: 0 where it has all.
    public static long leftOut(Trace trace) {
        return trace.steps().stream()
                .map(step -> step.action().settings())
                .filter(settings -> settings.has(LEFT_OUT))
                .mapToLong(settings -> (long) settings.number(LEFT_OUT))
                .sum();
    }

    /// The states of a text.
    ///
    /// @param states [rows, columns] as the network reads them
    Step text(FrozenText encoder, String text, float[] states) {
        int[] shape = shape(states, encoder.input());
        return states(Modality.TEXT, encoder.input(), List.of(), shape, states, new Run() {
            @Override
            public void count(TapeListener listener) {
                encoder.follow(text, listener, _ -> {});
            }

            @Override
            public void follow(TapeListener listener, Consumer<List<Variable>> use) {
                encoder.follow(text, listener, use);
            }
        });
    }

    /// The states of a window of sound.
    ///
    /// @param samples of the window, at the encoder's rate
    /// @param states  [rows, columns] as the network reads them
    Step speech(FrozenSpeech encoder, Step samples, float[] states) {
        float[] input = encoder.input(samples.floats());
        InputFormula formula = encoder.inputFormula();
        Step.Action action = new Step.Action(
                Modality.AUDIO.word(), "what the pretrained encoder reads", formula.text(), Json.object());
        int[] flat = {input.length};
        Step read = trace.add(
                action,
                List.of(samples.result()),
                flat,
                input,
                in -> formula.loops().apply(in[0]));
        int[] shape = shape(states, encoder.input());
        return states(Modality.AUDIO, encoder.input(), List.of(read), shape, states, new Run() {
            @Override
            public void count(TapeListener listener) {
                encoder.listen(input, listener);
            }

            @Override
            public void follow(TapeListener listener, Consumer<List<Variable>> use) {
                encoder.follow(input, listener, use);
            }
        });
    }

    private static int[] shape(float[] states, EncoderInput input) {
        return new int[] {states.length / input.columns(), input.columns()};
    }

    /// One more run of the encoder.
    private interface Run {

        /// Only to be told of its operations.
        void count(TapeListener listener);

        void follow(TapeListener listener, Consumer<List<Variable>> use);
    }

    private Step states(Modality modality, EncoderInput input, List<Step> read, int[] shape, float[] states, Run run) {
        int[] layers = input.frozenLayers().stream().mapToInt(Integer::intValue).toArray();
        JsonObject settings = Json.object()
                .with("encoder", input.name())
                .with("hash", input.hash())
                .with("layers", layers);
        Numbers numbers = new Numbers();
        run.count(numbers);
        String what = "states of a pretrained encoder";
        if (numbers.total > limit) {
            Step.Action action = new Step.Action(
                    modality.word(),
                    what,
                    "x_l behind each of the layers, side by side, in half precision; its own steps are left out: they"
                            + " have more than " + limit + " numbers",
                    settings.with(LEFT_OUT, numbers.total));
            return trace.add(action, read.stream().map(Step::result).toList(), shape, states, null);
        }
        TapeRecorder recorder =
                new TapeRecorder(trace, read, prefix + parameters(modality), modality.word() + " encoder");
        List<Source> layersRead = new ArrayList<>();
        run.follow(recorder, all -> {
            for (int layer : layers) {
                layersRead.add(recorder.source(all.get(layer)));
            }
        });
        Step.Action action = new Step.Action(
                modality.word(), what, "x_l behind each of the layers, side by side, in half precision", settings);
        return trace.add(action, layersRead, shape, states, sideBySide(shape[0], input.width()));
    }

    /// The first rows of each layer side by side, each number the nearest one of half precision.
    private static Reference sideBySide(int rows, int width) {
        return in -> {
            double[] out = new double[rows * in.length * width];
            for (int i = 0; i < out.length; i++) {
                int row = i / (in.length * width);
                int column = i % (in.length * width);
                double x = in[column / width][row * width + column % width];
                out[i] = half(x);
            }
            return out;
        };
    }

    /// The nearest number m · 2^e with |m| ≤ 2^11 and e ≥ -24, even m where two are as near; at most 65504.
    private static double half(double x) {
        int exponent = Math.max(Math.getExponent(x) - 10, -24);
        double unit = Math.scalb(1.0, exponent);
        return Math.clamp(Math.rint(x / unit) * unit, -65504, 65504);
    }

    /// Counts the numbers of all results, and of what is saved beside them.
    private static final class Numbers implements TapeListener {

        private long total;

        @Override
        public void named(String name, Variable value) {}

        @Override
        public void applied(Op op, Frame frame) {
            total += frame.outShape().count();
            if (op instanceof SavingOp saving) {
                Shape[] in = IntStream.range(0, frame.inputs())
                        .mapToObj(frame::inShape)
                        .toArray(Shape[]::new);
                total += saving.savedShape(in).count();
            }
        }
    }
}
