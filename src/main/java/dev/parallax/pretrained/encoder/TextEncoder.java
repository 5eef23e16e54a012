package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.Embedding;
import dev.parallax.nn.LayerNorm;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Precision;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// BERT, and what is built like it: DistilBERT, MiniLM, RoBERTa, XLM-R.
///
///     x_0 = LayerNorm(token + position + type)
///     x_l = block_l(x_{l-1})
///
/// A batch is ragged: a text has the rows of its own tokens, and there is no padding that could be read.
/// Sources: Devlin et al., "BERT", 2019; Sanh et al., "DistilBERT", 2019; Liu et al., "RoBERTa", 2019; Conneau et al.,
/// "Unsupervised Cross-lingual Representation Learning at Scale", 2020.
public final class TextEncoder {

    private static final double UNUSED = 0.02; // deviation of initial values, which the checkpoint replaces

    private final TextEncoderConfig config;
    private final Parameters parameters = new Parameters();
    private final Embedding words;
    private final Embedding positions;
    private final @Nullable Embedding types;
    private final LayerNorm norm;
    private final Dropout dropout;
    private final EncoderBlocks blocks;

    private TextEncoder(TextEncoderConfig config, int firstStream) {
        this.config = config;
        TransformerBlock.Sizes block = config.blocks().sizes();
        int width = block.width();
        this.words = new Embedding(parameters, "embeddings.word_embeddings", config.vocabulary(), width, UNUSED);
        this.positions = new Embedding(parameters, "embeddings.position_embeddings", config.positions(), width, UNUSED);
        this.types = config.types() == 0
                ? null
                : new Embedding(parameters, "embeddings.token_type_embeddings", config.types(), width, UNUSED);
        this.norm = new LayerNorm(parameters, "embeddings.LayerNorm", width, block.epsilon());
        this.dropout = new Dropout(block.dropout(), firstStream);
        this.blocks = new EncoderBlocks(config.blocks(), parameters, "", 1, firstStream + 1);
    }

    /// Reads an encoder from its folder: `config.json` and the weights.
    ///
    /// @param firstStream number of its first dropout
    /// @throws BadInputException if a file is missing or damaged, or describes what is not supported
    public static TextEncoder read(Path folder, Backend backend, int firstStream) {
        return read(folder, backend, firstStream, WeightLoader::fill);
    }

    /// Reads an encoder that will not be trained: its weights are kept in the form in which the backend
    /// multiplies them fastest ([Backend#packed]), in place of the plain one. Its states have the same bits.
    ///
    /// @throws BadInputException as [#read]
    public static TextEncoder frozen(Path folder, Backend backend) {
        return frozen(folder, backend, Precision.FLOAT32);
    }

    /// The same with weights that are rounded, where that is asked for; then the states are not the same.
    public static TextEncoder frozen(Path folder, Backend backend, Precision precision) {
        return read(folder, backend, 0, WeightLoader.freezing(precision));
    }

    private static TextEncoder read(Path folder, Backend backend, int firstStream, WeightLoader.Way way) {
        TextEncoderConfig config = TextEncoderConfig.read(folder);
        TextEncoder encoder = EncoderSettings.made(folder, () -> new TextEncoder(config, firstStream));
        way.load(encoder.parameters, folder, config.blocks().family().attention(), backend);
        return encoder;
    }

    /// All parameters; the caller closes them.
    public Parameters parameters() {
        return parameters;
    }

    /// Columns of the states.
    public int width() {
        return config.blocks().width();
    }

    /// Transformer blocks; there is one state more.
    public int layers() {
        return config.blocks().layers();
    }

    /// The most tokens of a text, special ones included.
    public int longest() {
        return config.longest();
    }

    /// Rows of the embedding of tokens: ids are below.
    public int vocabulary() {
        return config.vocabulary();
    }

    /// The states before the first block and behind each one.
    ///
    /// @param ids   of the tokens of all texts
    /// @param kinds the type of each, 0 or 1 for the first and the second text of a pair
    /// @return [#layers] + 1 states [tokens, width]
    /// @throws BadInputException if an id or a type has no row, or a text is too long
    public List<Variable> states(Pass pass, int[] ids, int[] kinds, Offsets offsets) {
        return states(pass, ids, kinds, offsets, layers());
    }

    /// The same up to a layer; the blocks behind it are not computed.
    ///
    /// @param last the last layer, from 0 to [#layers]
    /// @return `last` + 1 states [tokens, width]
    public List<Variable> states(Pass pass, int[] ids, int[] kinds, Offsets offsets, int last) {
        check(ids, kinds, offsets);
        Variable x = words.forward(pass, ids);
        x = pass.tape().apply(new Add(), x, positions.forward(pass, places(offsets)));
        if (types != null) {
            x = pass.tape().apply(new Add(), x, types.forward(pass, kinds));
        }
        x = dropout.forward(pass, norm.forward(pass, x), offsets);
        List<Variable> states = new ArrayList<>(List.of(x));
        states.addAll(blocks.states(pass, x, offsets, last));
        return states;
    }

    private int[] places(Offsets offsets) {
        int[] places = new int[offsets.total()];
        for (int i = 0; i < offsets.count(); i++) {
            for (int t = 0; t < offsets.length(i); t++) {
                places[offsets.start(i) + t] = config.firstPosition() + t;
            }
        }
        return places;
    }

    private void check(int[] ids, int[] kinds, Offsets offsets) {
        if (offsets.longest() > longest()) {
            throw new BadInputException("a text has " + offsets.longest() + " tokens, the encoder has positions for "
                    + longest() + "; cut it");
        }
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= config.vocabulary()) {
                throw new BadInputException("token " + ids[i] + " has no row among the encoder's " + config.vocabulary()
                        + "; take tokenizer and encoder from the same model");
            }
            if (types != null && (kinds[i] < 0 || kinds[i] >= config.types())) {
                throw new BadInputException(
                        "token type " + kinds[i] + " has no row among the encoder's " + config.types());
            }
        }
    }
}
