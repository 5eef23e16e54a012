package dev.parallax.nn;

import dev.parallax.ShapeException;
import dev.parallax.autograd.Affine;
import dev.parallax.autograd.ConcatColumns;
import dev.parallax.autograd.GruSequence;
import dev.parallax.autograd.LstmSequence;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// LSTM or GRU over whole ragged sequences: stacked layers, one or both directions, states zero at first.
///
/// Each layer and direction has `weightIh` [gates·H, in], `weightHh` [gates·H, H], `biasIh` and `biasHh` [gates·H].
/// All are initially uniform in ±1/sqrt(H). The gates are i f g o (LSTM) or r z n (GRU). A layer's result, forward
/// beside backward, is the next layer's input. The input product W x + b runs over all steps at once, the recurrence
/// is one kernel.
public final class Recurrent {

    /// The type of cell.
    public enum Cell {
        LSTM(4),
        GRU(3);

        private final int gates;

        Cell(int gates) {
            this.gates = gates;
        }
    }

    /// The states of a layer in one direction.
    ///
    /// @param reverse whether time ran backwards
    /// @param hidden  h of every step [total, H]
    /// @param cells   cell of every step [total, H]; for a GRU, which has none, h again
    public record States(boolean reverse, Variable hidden, Variable cells) {}

    private record Direction(
            boolean reverse, Parameter weightIh, Parameter weightHh, Parameter biasIh, Parameter biasHh) {}

    private final Cell cell;
    private final int hidden;
    private final List<List<Direction>> layers = new ArrayList<>();

    /// @param in            features of the input
    /// @param hidden        H, size of the state per direction
    /// @param layerCount    stacked layers, at least 1
    /// @param bidirectional whether a second set of weights reads the sequence from its end
    public Recurrent(
            Parameters parameters, String name, Cell cell, int in, int hidden, int layerCount, boolean bidirectional) {
        if (in < 1 || hidden < 1 || layerCount < 1) {
            throw new ShapeException(name + ": in " + in + ", hidden " + hidden + ", layers " + layerCount
                    + ": each must be at least 1");
        }
        this.cell = cell;
        this.hidden = hidden;
        int features = in;
        for (int layer = 0; layer < layerCount; layer++) {
            List<Direction> directions = new ArrayList<>();
            for (int d = 0; d < (bidirectional ? 2 : 1); d++) {
                directions.add(direction(parameters, name, "." + layer + (d == 1 ? ".reverse" : ""), features, d == 1));
            }
            layers.add(directions);
            features = hidden * directions.size();
        }
    }

    private Direction direction(Parameters parameters, String name, String suffix, int in, boolean reverse) {
        int units = cell.gates * hidden;
        Initializer start = Initializer.byFanIn(hidden);
        return new Direction(
                reverse,
                parameters.add(name + ".weightIh" + suffix, Shape.of(units, in), start),
                parameters.add(name + ".weightHh" + suffix, Shape.of(units, hidden), start),
                parameters.add(name + ".biasIh" + suffix, Shape.of(units), start),
                parameters.add(name + ".biasHh" + suffix, Shape.of(units), start));
    }

    /// Features of the result: hidden, or twice that for both directions.
    public int outputSize() {
        return hidden * layers.getLast().size();
    }

    /// @param x [total, in], the rows of the sequences at `offsets`
    /// @return [total, outputSize()]: the states of the last layer, both directions side by side
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        return join(pass, states(pass, x, offsets).getLast());
    }

    /// The states of every layer and direction, first layer first.
    ///
    /// @param x [total, in]
    List<List<States>> states(Pass pass, Variable x, Offsets offsets) {
        List<List<States>> all = new ArrayList<>();
        for (List<Direction> directions : layers) {
            Variable input = all.isEmpty() ? x : join(pass, all.getLast());
            List<States> states = new ArrayList<>();
            for (Direction direction : directions) {
                states.add(run(pass, direction, input, offsets));
            }
            all.add(states);
        }
        return all;
    }

    private States run(Pass pass, Direction direction, Variable x, Offsets offsets) {
        Variable projected =
                pass.tape().apply(new Affine(), x, pass.variable(direction.weightIh), pass.variable(direction.biasIh));
        Variable weightHh = pass.variable(direction.weightHh);
        Variable biasHh = pass.variable(direction.biasHh);
        Recurrence sizes = new Recurrence(offsets, hidden, direction.reverse);
        if (cell == Cell.GRU) {
            Variable h = pass.tape().apply(new GruSequence(sizes), projected, weightHh, biasHh);
            return new States(direction.reverse, h, h);
        }
        Variable both = pass.tape().apply(new LstmSequence(sizes), projected, weightHh, biasHh);
        int total = offsets.total();
        return new States(
                direction.reverse,
                both.rows(0, 1).reshape(total, hidden),
                both.rows(1, 1).reshape(total, hidden));
    }

    private static Variable join(Pass pass, List<States> states) {
        return states.size() == 1
                ? states.getFirst().hidden()
                : pass.tape()
                        .apply(
                                new ConcatColumns(),
                                states.getFirst().hidden(),
                                states.getLast().hidden());
    }
}
