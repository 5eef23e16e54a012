package dev.parallax.model;

import dev.parallax.autograd.ConcatColumns;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.LayerWeights;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.encoder.BlocksConfig;
import dev.parallax.pretrained.encoder.EncoderBlocks;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From states of a pretrained encoder to rows that a network reads. States of layers that stay as they are come from
/// outside. Where blocks are trained, they belong to the network and go on from the last of these states:
///
///     [x_0 | x_1 | ... | x_{k-1}] -> blocks k .. L -> [x_0 | x_1 | ... | x_L] -> sum of layers
///
/// shapes: [rows, layers · width] -> [rows, width].
final class StateReader {

    private final EncoderInput input;
    private final @Nullable EncoderBlocks blocks;
    private final LayerWeights layers;

    /// @param modality    what the names of the parameters begin with
    /// @param config      of the encoder's blocks, where some are trained
    /// @param firstStream number of the first dropout of the trained blocks
    StateReader(
            Parameters parameters,
            String modality,
            EncoderInput input,
            @Nullable BlocksConfig config,
            int firstStream) {
        this.input = input;
        this.blocks = input.trainedFrom() == 0
                ? null
                : new EncoderBlocks(
                        Objects.requireNonNull(config),
                        parameters,
                        modality + Network.BLOCKS,
                        input.trainedFrom(),
                        input.rank(),
                        firstStream);
        this.layers = new LayerWeights(
                parameters, modality + ".layers", input.layers().size());
    }

    /// Fills the trained blocks, whose parameters have been made, with the weights in the encoder's folder.
    void fill(Path folder) {
        if (blocks != null) {
            blocks.fill(folder);
        }
    }

    /// The shares of the layers in their sum.
    List<Double> shares(Parameters parameters) {
        return layers.shares(parameters);
    }

    /// @param states [rows, columns of the input]
    Variable forward(Pass pass, Tensor states, Offsets offsets) {
        Variable x = pass.tape().constant(states);
        return layers.forward(pass, blocks == null ? x : withTrained(pass, x, blocks, offsets));
    }

    /// The states of all layers that are summed, side by side.
    private Variable withTrained(Pass pass, Variable x, EncoderBlocks trained, Offsets offsets) {
        int width = input.width();
        int below = input.frozenLayers().size() - 1;
        Variable read = columns(pass, x, below * width, width);
        List<Variable> upper = trained.states(pass, read, offsets);
        int frozen = input.summedFrozen();
        List<Variable> summed = new ArrayList<>();
        if (frozen > 0) {
            summed.add(frozen > below ? x : columns(pass, x, 0, frozen * width));
        }
        for (int layer : input.layers().subList(frozen, input.layers().size())) {
            summed.add(upper.get(layer - input.trainedFrom()));
        }
        return pass.tape().apply(new ConcatColumns(), summed.toArray(new Variable[0]));
    }

    /// A block of columns of a constant.
    private static Variable columns(Pass pass, Variable x, int from, int count) {
        int rows = x.shape().rows();
        Buffer some = pass.tape().room(rows * count);
        pass.backend().copyColumns(rows, count, x.value().buffer(), x.shape().columns(), from, some, count, 0);
        return pass.tape().constant(new Tensor(pass.backend(), Shape.of(rows, count), some));
    }
}
