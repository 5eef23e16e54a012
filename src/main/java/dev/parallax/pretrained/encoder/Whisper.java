package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Activation;
import dev.parallax.nn.Conv1d;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.Embedding;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.TransformerBlock;
import dev.parallax.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The encoder of Whisper. It reads 30 s, whatever the recording has, and the silence behind it, too.
///
///     c = gelu(conv_2(gelu(conv_1(features))))      the second of stride 2: a row every 20 ms
///     x_0 = c + positions
///     x_l = block_l(x_{l-1}), the norm first        and the last one is LayerNorm(x_L)
///
/// Source: Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", 2022.
public final class Whisper extends StagedEncoder {

    private static final double UNUSED = 0.02; // deviation of initial values, which the checkpoint replaces

    private final WhisperConfig config;
    private final WhisperFeatures features;
    private final Parameters parameters = new Parameters();
    private final Conv1d first;
    private final Conv1d second;
    private final Embedding positions;
    private final Dropout dropout;
    private final EncoderBlocks blocks;

    private Whisper(WhisperConfig config, int firstStream) {
        this.config = config;
        this.features = new WhisperFeatures(config.bands(), config.samples());
        TransformerBlock.Sizes block = config.blocks().sizes();
        int width = block.width();
        this.first = new Conv1d(parameters, "conv1", new Conv1d.Sizes(config.bands(), width, 3, 1, 1, 1, true));
        this.second = new Conv1d(parameters, "conv2", new Conv1d.Sizes(width, width, 3, 2, 1, 1, true));
        this.positions = new Embedding(parameters, "embed_positions", config.positions(), width, UNUSED);
        this.dropout = new Dropout(block.dropout(), firstStream);
        this.blocks = new EncoderBlocks(config.blocks(), parameters, "", 1, firstStream + 1);
    }

    /// Reads an encoder from its folder: `config.json`, `preprocessor_config.json` and the weights; those of the
    /// decoder are left out.
    ///
    /// @param firstStream number of its first dropout
    /// @throws BadInputException if a file is missing or damaged, or describes what is not supported
    static Whisper read(Path folder, Backend backend, int firstStream) {
        return read(folder, backend, firstStream, WeightLoader::fill);
    }

    static Whisper read(Path folder, Backend backend, int firstStream, WeightLoader.Way way) {
        Whisper encoder = new Whisper(WhisperConfig.read(folder), firstStream);
        BlocksConfig.Family family = encoder.config.blocks().family();
        way.load(encoder.parameters, folder, family.attention(), backend);
        return encoder;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public int width() {
        return config.blocks().width();
    }

    @Override
    public int layers() {
        return config.blocks().layers();
    }

    /// The log-mel spectrogram of the recording and the silence behind it.
    ///
    /// @return [samples / 160, bands]
    @Override
    public float[] input(float[] samples) {
        if (samples.length == 0) {
            throw new BadInputException("the recording has no samples; give a longer one");
        }
        if (samples.length > config.samples()) {
            throw new BadInputException("the recording has " + samples.length + " samples at " + RATE
                    + " Hz, the encoder reads at most " + config.samples() + "; cut it");
        }
        return features.of(samples);
    }

    @Override
    public InputFormula inputFormula() {
        return new InputFormula(WhisperFormula.TEXT, new WhisperFormula(config.bands(), config.samples()));
    }

    @Override
    Variable first(Pass pass, List<float[]> inputs) {
        int each = config.samples() / WhisperFeatures.HOP * config.bands();
        float[] all = new float[inputs.size() * each];
        for (int i = 0; i < inputs.size(); i++) {
            System.arraycopy(inputs.get(i), 0, all, i * each, each);
        }
        return pass.tape().constant(Shape.of(all.length / config.bands(), config.bands()), all);
    }

    @Override
    List<Stage> stages(List<float[]> inputs) {
        Offsets rows = repeated(inputs.size(), config.samples() / WhisperFeatures.HOP);
        Offsets offsets = repeated(inputs.size(), config.positions());
        List<Stage> stages = new ArrayList<>();
        stages.add(Stage.between((pass, x) -> Activation.GELU.forward(pass, first.forward(pass, x, rows))));
        stages.add(Stage.between((pass, x) -> Activation.GELU.forward(pass, second.forward(pass, x, rows))));
        stages.add(Stage.state((pass, x) -> start(pass, x, offsets)));
        stages.addAll(blocks.stages(offsets));
        return stages;
    }

    private Variable start(Pass pass, Variable x, Offsets offsets) {
        int[] places = new int[offsets.total()];
        Arrays.setAll(places, row -> row % config.positions());
        Variable sum = pass.tape().apply(new Add(), x, positions.forward(pass, places));
        return dropout.forward(pass, sum, offsets);
    }

    @Override
    public int frames(int samples) {
        return Math.ceilDiv(samples, HOP);
    }

    private static Offsets repeated(int count, int length) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        return Offsets.ofLengths(lengths);
    }
}
