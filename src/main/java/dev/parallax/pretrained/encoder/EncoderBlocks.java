package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Embedding;
import dev.parallax.nn.LayerNorm;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.RelativePositions;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The blocks of a pretrained encoder from one on to the last: all of them as part of the encoder itself, or the
/// upper ones as part of another network, which trains them on the states that the blocks below give.
///
///     x_l = block_l(x_{l-1}),  l = first .. L       with the norm first, the last one is LayerNorm(x_L)
///
/// The parameters are called as the encoder calls them, behind a prefix. In WavLM all blocks share the table of
/// distances, which belongs to block 1: it is there whatever the first block is, and fixed where that is not 1.
/// A checkpoint fills them ([#fill]), but for those of LoRA.
/// shapes: x [rows, D] -> [rows, D].
public final class EncoderBlocks {

    private static final double UNUSED = 0.02; // deviation of initial values, which the checkpoint replaces

    private final BlocksConfig config;
    private final Parameters parameters;
    private final String prefix;
    private final List<Parameter> own; // not of LoRA
    private final List<TransformerBlock> blocks = new ArrayList<>();
    private final @Nullable Embedding distances;
    private final List<GatedPositions> gates = new ArrayList<>(); // of WavLM
    private final @Nullable LayerNorm norm;

    /// All of the blocks' parameters move, but for a table of distances whose block is not there.
    ///
    /// @param parameters  receives those of the blocks
    /// @param prefix      what their names begin with, for example `audio.encoder.`
    /// @param first       the first block that is there, from 1 to the encoder's number of blocks
    /// @param firstStream number of the first dropout; each block uses [TransformerBlock#STREAMS]
    /// @throws BadInputException if the encoder has no such block
    public EncoderBlocks(BlocksConfig config, Parameters parameters, String prefix, int first, int firstStream) {
        this(config, parameters, prefix, first, 0, firstStream);
    }

    /// With LoRA: the blocks' own parameters are fixed, and what moves is an addition of low rank to the queries and
    /// values of each block, which is zero at the start. Source: Hu et al., "LoRA", ICLR 2022.
    ///
    /// @param parameters  receives those of the blocks
    /// @param prefix      what their names begin with, for example `audio.encoder.`
    /// @param first       the first block that is there, from 1 to the encoder's number of blocks
    /// @param rank        of the addition, from 1 to the width; 0 for none, then the blocks' own parameters move
    /// @param firstStream number of the first dropout; each block uses [TransformerBlock#STREAMS]
    /// @throws BadInputException if the encoder has no such block, or the rank is out of its range
    public EncoderBlocks(
            BlocksConfig config, Parameters parameters, String prefix, int first, int rank, int firstStream) {
        if (first < 1 || first > config.layers()) {
            throw new BadInputException("the first of an encoder's blocks to train is " + first + ", must be in [1, "
                    + config.layers() + "], since it has " + config.layers());
        }
        this.config = config;
        this.parameters = parameters;
        this.prefix = prefix;
        int before = parameters.all().size();
        BlocksConfig.Family family = config.family();
        TransformerBlock.Sizes sizes = config.sizes();
        this.distances = config.relative() == null ? null : table(config.relative(), first > 1);
        for (int number = first - 1; number < config.layers(); number++) {
            String name = prefix + family.block(number);
            int stream = firstStream + blocks.size() * TransformerBlock.STREAMS;
            blocks.add(new TransformerBlock(parameters, name, family.names(), sizes, rank, stream));
            if (distances != null) {
                String attention = name + "." + family.names().attention();
                gates.add(new GatedPositions(parameters, attention, sizes.width(), sizes.heads()));
            }
        }
        this.norm = sizes.normFirst()
                ? new LayerNorm(parameters, prefix + family.finalNorm(), sizes.width(), sizes.epsilon())
                : null;
        this.own = parameters.all().subList(before, parameters.all().size()).stream()
                .filter(parameter -> !TransformerBlock.isAdded(parameter.name()))
                .toList();
        if (rank > 0) {
            Set<String> names = own.stream().map(Parameter::name).collect(Collectors.toSet());
            parameters.fix(names::contains);
        }
    }

    private Embedding table(DistanceBuckets relative, boolean isFixed) {
        BlocksConfig.Family family = config.family();
        String name = prefix + family.block(0) + "." + family.names().attention() + ".rel_attn_embed";
        Embedding table =
                new Embedding(parameters, name, relative.rows(), config.sizes().heads(), UNUSED);
        if (isFixed) {
            parameters.fix((name + ".weight")::equals);
        }
        return table;
    }

    /// Fills the parameters of the blocks, which have been made, with the weights in an encoder's folder.
    ///
    /// @throws BadInputException if the folder has another encoder or no weights, or a tensor is missing
    public void fill(Path folder) {
        if (!BlocksConfig.read(folder).equals(config)) {
            throw new BadInputException(
                    folder + ": has another encoder than the one whose blocks are to be filled; give"
                            + " the folder of that one");
        }
        WeightLoader.fill(parameters, own, prefix, folder, config.family().attention());
    }

    /// The states behind each of the blocks, as the encoder itself gives them.
    ///
    /// @param state   the one before the first of them, [rows, D]
    /// @param offsets where the rows of each sequence begin
    /// @return one for each block, [rows, D]
    public List<Variable> states(Pass pass, Variable state, Offsets offsets) {
        return states(pass, state, offsets, blocks.size());
    }

    /// Those behind the first of the blocks alone.
    ///
    /// @param count of them, from 0 on
    List<Variable> states(Pass pass, Variable state, Offsets offsets, int count) {
        List<Variable> states = new ArrayList<>();
        Variable x = state;
        for (Stage stage : stages(offsets).subList(0, count)) {
            x = stage.step().forward(pass, x);
            states.add(x);
        }
        return states;
    }

    /// A stage for each block.
    List<Stage> stages(Offsets offsets) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            int number = i;
            LayerNorm last = i == blocks.size() - 1 ? norm : null;
            stages.add(Stage.state((pass, x) -> {
                Variable y = block(pass, number, x, offsets);
                return last == null ? y : last.forward(pass, y);
            }));
        }
        return stages;
    }

    private Variable block(Pass pass, int i, Variable x, Offsets offsets) {
        DistanceBuckets relative = config.relative();
        if (distances == null || relative == null) {
            return blocks.get(i).forward(pass, x, offsets);
        }
        Variable table = distances.forward(pass, relative.of(offsets.longest() - 1));
        GatedPositions gated = gates.get(i);
        return blocks.get(i)
                .forward(pass, x, offsets, read -> new RelativePositions(table, gated.gates(pass, read), 0));
    }
}
