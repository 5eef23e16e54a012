package dev.parallax.audit.attribution;

import dev.parallax.autograd.Tape;
import dev.parallax.autograd.Variable;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Example;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.InputRows;
import dev.parallax.model.Model;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The line of what a network reads: the rows of a window and the vectors of its tokens, or the vectors of all turns of
/// a dialogue.
final class InputLine implements Line {

    private final Model model;
    private final View view;
    private final int label;
    private final Copies copies;
    private final int turns; // of each copy
    private final int turn; // whose logit it is
    private final MovedRows rows;

    /// The network on some copies of the input in a batch.
    @FunctionalInterface
    private interface Copies {
        FusedLogits forward(Pass pass, int count, InputRows read);
    }

    private InputLine(
            Model model, View view, int label, Copies copies, int turns, int turn, MovedRows.Baseline baseline) {
        this.model = model;
        this.view = view;
        this.label = label;
        this.copies = copies;
        this.turns = turns;
        this.turn = turn;
        this.rows = new MovedRows(view, baseline);
    }

    /// That of a window.
    static InputLine of(EmotionModel model, Example example, View view, int label) {
        Copies copies = (pass, count, read) -> model.forward(pass, Collections.nCopies(count, example), read);
        return new InputLine(model, view, label, copies, 1, 0, MovedRows.Baseline.of(model));
    }

    /// That of the vectors of a dialogue. Who speaks is not moved.
    ///
    /// @param turn whose logit it is
    static InputLine of(DialogueModel model, DialogueExample dialogue, int turn, View view, int label) {
        Copies copies = (pass, count, read) -> model.forward(pass, Collections.nCopies(count, dialogue), read);
        MovedRows.Baseline baseline = (modality, x, columns) -> {
            int width = modality == Modality.AUDIO
                    ? model.config().audioSize()
                    : model.config().textSize();
            float[] b = x.clone();
            for (int i = 0; i < b.length; i++) {
                b[i] = i % columns < width ? 0 : b[i];
            }
            return b;
        };
        return new InputLine(model, view, label, copies, dialogue.length(), turn, baseline);
    }

    @Override
    public double[] logits(double... points) {
        try (Tape tape = new Tape(model.backend())) {
            FusedLogits made = forward(tape, points, new EnumMap<>(Modality.class));
            float[] all = Line.logits(made, view).value().toArray();
            return Arrays.stream(Line.places(made, view, label, points.length, turns, turn))
                    .mapToDouble(place -> all[place])
                    .toArray();
        }
    }

    @Override
    public Worth integrate(GaussLegendre rule) {
        for (int from = 0; from < rule.nodes().length; from += AT_ONCE) {
            int to = Math.min(rule.nodes().length, from + AT_ONCE);
            add(Arrays.copyOfRange(rule.nodes(), from, to), Arrays.copyOfRange(rule.weights(), from, to));
        }
        Attribution audio = rows.worth(Modality.AUDIO);
        return new Worth(audio == null ? List.of() : List.of(audio), rows.worth(Modality.TEXT));
    }

    /// Adds the weighted gradients at some points.
    private void add(double[] points, double[] weights) {
        try (Tape tape = new Tape(model.backend())) {
            Map<Modality, Variable> moved = new EnumMap<>(Modality.class);
            FusedLogits made = forward(tape, points, moved);
            Variable z = Line.logits(made, view);
            float[] cotangent = new float[z.shape().count()];
            int[] places = Line.places(made, view, label, points.length, turns, turn);
            for (int i = 0; i < places.length; i++) {
                cotangent[places[i]] = (float) weights[i];
            }
            tape.backward(z, Tensor.of(model.backend(), z.shape(), cotangent));
            rows.add(moved);
        }
    }

    private FusedLogits forward(Tape tape, double[] points, Map<Modality, Variable> moved) {
        Pass pass = Pass.inference(tape, model.parameters());
        return copies.forward(pass, points.length, rows.at(tape, points, moved));
    }
}
