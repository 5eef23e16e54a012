package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.LayerNorm;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// wav2vec 2.0, and what is built like it: HuBERT, data2vec-audio, and WavLM, whose attention also knows how far apart
/// frames are ([GatedPositions]); its table is that of the first layer in all of them.
///
///     c = front(samples)                       frames of 25 ms, 20 ms apart
///     p = W LayerNorm(c) + b
///     x_0 = LayerNorm(p + positions(p))        with the norm first: x_0 = p + positions(p)
///     x_l = block_l(x_{l-1})                   and the last one is LayerNorm(x_L)
///
/// A recording is read alone, whatever else is in the batch.
/// Sources: Baevski et al., "wav2vec 2.0", 2020; Hsu et al., "HuBERT", 2021; Baevski et al., "data2vec", 2022; Chen et
/// al., "WavLM", 2022.
public final class Wav2Vec2 extends StagedEncoder {

    private static final double VARIANCE_FLOOR = 1e-7;
    private static final double UNUSED = 0.02; // deviation of initial values, which the checkpoint replaces

    private final Wav2Vec2Config config;
    private final Parameters parameters = new Parameters();
    private final ConvolutionalFront front;
    private final @Nullable LayerNorm projectionNorm;
    private final Linear projection;
    private final PositionalConvolution positions;
    private final @Nullable LayerNorm norm; // where blocks do not have it first
    private final Dropout dropout;
    private final EncoderBlocks blocks;

    private Wav2Vec2(Wav2Vec2Config config, int firstStream) {
        this.config = config;
        TransformerBlock.Sizes block = config.blocks().sizes();
        int frames = config.frameWidth();
        this.front = ConvolutionalFront.of(parameters, "feature_extractor", config);
        this.projectionNorm = config.projectionNorm()
                ? new LayerNorm(parameters, "feature_projection.layer_norm", frames, block.epsilon())
                : null;
        this.projection = new Linear(parameters, "feature_projection.projection", frames, block.width());
        this.positions = PositionalConvolution.of(parameters, "encoder.pos_conv_embed", config);
        this.norm = block.normFirst()
                ? null
                : new LayerNorm(parameters, "encoder.layer_norm", block.width(), block.epsilon());
        this.dropout = new Dropout(block.dropout(), firstStream);
        this.blocks = new EncoderBlocks(config.blocks(), parameters, "", 1, firstStream + 1);
    }

    /// Reads an encoder from its folder: `config.json`, `preprocessor_config.json` and the weights.
    ///
    /// @param firstStream number of its first dropout
    /// @throws BadInputException if a file is missing or damaged, or describes what is not supported
    static Wav2Vec2 read(Path folder, Backend backend, int firstStream) {
        return read(folder, backend, firstStream, WeightLoader::fill);
    }

    static Wav2Vec2 read(Path folder, Backend backend, int firstStream, WeightLoader.Way way) {
        Wav2Vec2 encoder = new Wav2Vec2(Wav2Vec2Config.read(folder), firstStream);
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

    /// A recording as the encoder reads it: the samples themselves or, where its folder says so,
    /// (x - mean) / sqrt(variance + 1e-7) over the whole of it.
    ///
    /// @param samples at [#RATE], full scale is 1
    /// @throws BadInputException if there are fewer samples than a frame reads
    @Override
    public float[] input(float[] samples) {
        front.requireReadable(samples.length);
        return config.normalizesRecording() ? Waveform.normalized(samples, VARIANCE_FLOOR) : samples.clone();
    }

    @Override
    public InputFormula inputFormula() {
        return config.normalizesRecording() ? InputFormula.normalized(VARIANCE_FLOOR) : InputFormula.samples();
    }

    @Override
    public int frames(int samples) {
        return front.frames(Offsets.ofLengths(samples)).total();
    }

    @Override
    Variable first(Pass pass, List<float[]> inputs) {
        return Waveform.joined(pass, inputs);
    }

    @Override
    List<Stage> stages(List<float[]> inputs) {
        Offsets samples = Waveform.offsets(inputs);
        Offsets frames = frames(samples);
        List<Stage> stages = new ArrayList<>(front.stages(samples));
        stages.add(Stage.between(this::projected));
        stages.add(Stage.state((pass, x) -> start(pass, x, frames)));
        stages.addAll(blocks.stages(frames));
        return stages;
    }

    /// Where the frames of each recording begin.
    Offsets frames(Offsets samples) {
        return front.frames(samples);
    }

    private Variable projected(Pass pass, Variable convolved) {
        Variable read = projectionNorm == null ? convolved : projectionNorm.forward(pass, convolved);
        return projection.forward(pass, read);
    }

    private Variable start(Pass pass, Variable projected, Offsets frames) {
        Variable x = positions.forward(pass, projected, frames);
        return dropout.forward(pass, norm == null ? x : norm.forward(pass, x), frames);
    }
}
