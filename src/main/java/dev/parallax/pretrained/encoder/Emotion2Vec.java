package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Add;
import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Multiply;
import dev.parallax.autograd.Relu;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.LayerNorm;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.RelativePositions;
import dev.parallax.nn.TransformerBlock;
import dev.parallax.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// emotion2vec, an encoder of speech that was pretrained for emotion.
///
///     c = front(samples)                              frames of 25 ms, 20 ms apart
///     p = W LayerNorm(c) + b,  q = p + positions(p)
///     x_0 = LayerNorm([tokens; q])                    ten learned rows come first
///     x_l = block_l(x_{l-1})                          scores lowered by distance (`Alibi`), but not for the tokens
///
/// Its states are those of the frames; the tokens are left out.
/// Source: Ma et al., "emotion2vec", 2024, on the architecture of Baevski et al., "data2vec 2.0", 2023.
public final class Emotion2Vec extends StagedEncoder {

    private static final String AUDIO = "modality_encoders.AUDIO.";
    private static final double VARIANCE_FLOOR = 1e-5;
    private static final float EPSILON = 1e-5f;

    private final Emotion2VecConfig config;
    private final Parameters parameters = new Parameters();
    private final ConvolutionalFront front;
    private final LayerNorm projectionNorm;
    private final Linear projection;
    private final PositionalConvolution positions;
    private final Parameter tokens;
    private final Parameter distanceScale;
    private final LayerNorm norm;
    private final List<TransformerBlock> blocks = new ArrayList<>();

    private Emotion2Vec(Emotion2VecConfig config, int firstStream) {
        this.config = config;
        TransformerBlock.Sizes block = config.block();
        int width = block.width();
        int frames = config.front().getLast().width();
        this.front = ConvolutionalFront.layerNorms(parameters, AUDIO + "local_encoder", config.front());
        this.projectionNorm = new LayerNorm(parameters, AUDIO + "project_features.1", frames, EPSILON);
        this.projection = new Linear(parameters, AUDIO + "project_features.2", frames, width);
        this.positions = PositionalConvolution.stack(
                parameters,
                layer -> AUDIO + "relative_positional_encoder." + (layer + 1) + ".0",
                width,
                config.positionalKernel(),
                config.positionalGroups(),
                config.positionalLayers());
        this.tokens =
                parameters.add(AUDIO + "extra_tokens", Shape.of(1, config.extraTokens(), width), Initializer.zeros());
        this.distanceScale =
                parameters.add(AUDIO + "alibi_scale", Shape.of(1, 1, block.heads(), 1, 1), Initializer.constant(1));
        this.norm = new LayerNorm(parameters, AUDIO + "context_encoder.norm", width, block.epsilon());
        for (int layer = 0; layer < layers(); layer++) {
            String name = layer < config.prenet()
                    ? AUDIO + "context_encoder.blocks." + layer
                    : "blocks." + (layer - config.prenet());
            int stream = firstStream + layer * TransformerBlock.STREAMS;
            blocks.add(new TransformerBlock(parameters, name, Emotion2VecConfig.NAMES, block, stream));
        }
    }

    /// Reads an encoder from a folder of FunASR: `config.yaml` and the weights.
    ///
    /// @param firstStream number of its first dropout
    /// @throws BadInputException if a file is missing or damaged, or describes what is not supported
    static Emotion2Vec read(Path folder, Backend backend, int firstStream) {
        return read(folder, backend, firstStream, WeightLoader::fill);
    }

    static Emotion2Vec read(Path folder, Backend backend, int firstStream, WeightLoader.Way way) {
        Emotion2Vec encoder = new Emotion2Vec(Emotion2VecConfig.read(folder), firstStream);
        way.load(encoder.parameters, folder, Emotion2VecConfig.ATTENTION, backend);
        return encoder;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public int width() {
        return config.block().width();
    }

    /// Blocks of both stacks.
    @Override
    public int layers() {
        return config.prenet() + config.layers();
    }

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

    /// Their states have the rows of the tokens before those of each recording.
    @Override
    List<Stage> stages(List<float[]> inputs) {
        Offsets samples = Waveform.offsets(inputs);
        Offsets frames = front.frames(samples);
        Offsets all = withTokens(frames);
        List<Stage> stages = new ArrayList<>(front.stages(samples));
        stages.add(Stage.between((pass, x) -> projection.forward(pass, projectionNorm.forward(pass, x))));
        stages.add(Stage.state(
                (pass, x) -> norm.forward(pass, behindTokens(pass, positions.forward(pass, x, frames), frames))));
        for (TransformerBlock block : blocks) {
            stages.add(Stage.state((pass, x) -> {
                RelativePositions distances = distances(pass, all);
                return block.forward(pass, x, all, _ -> distances);
            }));
        }
        return stages;
    }

    @Override
    Variable ofRecordings(Pass pass, Variable state, List<float[]> inputs) {
        Offsets frames = front.frames(Waveform.offsets(inputs));
        Offsets all = withTokens(frames);
        int[] ofFrames = new int[frames.total()];
        for (int i = 0; i < frames.count(); i++) {
            for (int t = 0; t < frames.length(i); t++) {
                ofFrames[frames.start(i) + t] = all.start(i) + config.extraTokens() + t;
            }
        }
        return pass.tape().apply(new GatherRows(ofFrames), state);
    }

    private Offsets withTokens(Offsets frames) {
        int[] lengths = new int[frames.count()];
        Arrays.setAll(lengths, i -> frames.length(i) + config.extraTokens());
        return Offsets.ofLengths(lengths);
    }

    /// The tokens, then the frames, recording by recording: the sum of two matrices, each zero where the other is not.
    private Variable behindTokens(Pass pass, Variable frames, Offsets offsets) {
        int extra = config.extraTokens();
        if (extra == 0) {
            return frames;
        }
        Offsets all = withTokens(offsets);
        int rows = all.total();
        int[] token = new int[rows];
        int[] frame = new int[rows];
        float[] isToken = new float[rows * width()];
        float[] isFrame = new float[rows * width()];
        for (int i = 0; i < offsets.count(); i++) {
            for (int t = 0; t < all.length(i); t++) {
                int row = all.start(i) + t;
                boolean first = t < extra;
                token[row] = first ? t : 0;
                frame[row] = first ? offsets.start(i) : offsets.start(i) + t - extra;
                Arrays.fill(first ? isToken : isFrame, row * width(), (row + 1) * width(), 1);
            }
        }
        Variable learned = pass.variable(tokens).reshape(extra, width());
        Variable a = masked(pass, pass.tape().apply(new GatherRows(token), learned), isToken);
        Variable b = masked(pass, pass.tape().apply(new GatherRows(frame), frames), isFrame);
        return pass.tape().apply(new Add(), a, b);
    }

    private Variable masked(Pass pass, Variable x, float[] mask) {
        return pass.tape().apply(new Multiply(), x, pass.tape().constant(x.shape(), mask));
    }

    private RelativePositions distances(Pass pass, Offsets offsets) {
        int heads = config.block().heads();
        int reach = offsets.longest() - 1;
        int rows = 2 * reach + 1;
        Variable scale =
                pass.tape().apply(new Relu(), pass.variable(distanceScale).reshape(1, heads));
        Variable scales = pass.tape().apply(new GatherRows(new int[rows]), scale);
        Variable lowered = pass.tape().constant(Shape.of(rows, heads), Alibi.table(reach, heads));
        Variable table = pass.tape().apply(new Multiply(), lowered, scales);
        float[] ones = new float[offsets.total() * heads];
        Arrays.fill(ones, 1);
        Variable gate = pass.tape().constant(Shape.of(offsets.total(), heads), ones);
        return new RelativePositions(table, gate, config.extraTokens());
    }
}
