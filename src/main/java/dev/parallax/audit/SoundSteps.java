package dev.parallax.audit;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.StageListener;
import dev.parallax.data.FeatureScaling;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.trace.Reference;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Puts the stages of a window's features into a trace, from its samples to the rows that the network reads.
final class SoundSteps implements StageListener {

    /// The setting of the first step of a window: samples per second.
    static final String RATE = "rate";

    private static final String PART = "audio";

    private static final List<Stage> PROSODY = List.of(Stage.F0, Stage.VOICING, Stage.RMS, Stage.ZERO_CROSSINGS);

    private final Trace trace;
    private final FeatureConfig config;
    private final int sampleRate; // of the recording
    private final SoundFormulas formulas;
    private final ProsodyFormulas prosody;
    private final Map<Stage, Step> made = new EnumMap<>(Stage.class);
    private Step last;

    /// @param place of the window, the settings of its first step: its number, from 0, in a dialogue also its turn
    SoundSteps(Trace trace, FeatureConfig config, Audio window, JsonObject place) {
        this.trace = trace;
        this.config = config;
        this.sampleRate = window.sampleRate();
        this.formulas = new SoundFormulas(config);
        this.prosody = new ProsodyFormulas(config);
        JsonObject settings = Json.object().with(RATE, window.sampleRate()).with(place);
        int[] shape = {window.samples().length};
        Step.Action action = new Step.Action(PART, UtteranceAudit.SAMPLES, "what the recording holds", settings);
        this.last = trace.add(action, List.of(), shape, window.samples(), null);
    }

    @Override
    public void made(Stage stage, float[] values, int rows) {
        int[] shape = {rows, rows == 0 ? 0 : values.length / rows};
        List<Step> in = new ArrayList<>(List.of(isOfSpeech(stage) ? step(Stage.SPEECH) : before(stage)));
        if (stage == Stage.FRAMES) {
            in.add(step(Stage.ENERGIES));
            PROSODY.stream().filter(made::containsKey).map(this::step).forEach(in::add);
        }
        Step step = trace.add(
                text(stage).action(config.toJson()),
                in.stream().map(Step::result).toList(),
                shape,
                values,
                reference(stage));
        made.put(stage, step);
        if (!isOfSpeech(stage)) {
            last = step;
        }
    }

    /// Whether a stage reads the speech, beside the others.
    private static boolean isOfSpeech(Stage stage) {
        return stage == Stage.ENERGIES || PROSODY.contains(stage);
    }

    private Step before(Stage stage) {
        return stage == Stage.LIMITED ? step(Stage.BANDS) : last;
    }

    private Step step(Stage stage) {
        return Objects.requireNonNull(made.get(stage));
    }

    /// The samples at the rate that a pretrained encoder reads.
    ///
    /// @param rate samples per second
    Step resampled(float[] samples, int rate) {
        if (rate != sampleRate) {
            Step.Action action = new Step.Action(
                    PART,
                    text(Stage.RESAMPLED).what(),
                    text(Stage.RESAMPLED).formula(),
                    Json.object().with("sampleRate", rate));
            int[] shape = {samples.length};
            last = trace.add(
                    action,
                    List.of(last.result()),
                    shape,
                    samples,
                    in -> new ResamplingFormula(sampleRate, rate).of(in[0]));
        }
        return last;
    }

    /// What the network reads, where that is made without the stages of features.
    void replaced(Step rows) {
        last = rows;
    }

    /// The features, standardised where the model reads them so.
    Step standardised(@Nullable FeatureScaling scaling) {
        return standardised(trace, PART, last, scaling, "audio");
    }

    /// Rows of numbers, standardised where they are read so.
    ///
    /// @param part of the model that reads them
    /// @param name what the names of the scaling begin with in the model's file
    static Step standardised(Trace trace, String part, Step rows, @Nullable FeatureScaling scaling, String name) {
        if (scaling == null) {
            return rows;
        }
        float[] features = rows.floats();
        float[] mean = scaling.mean();
        float[] deviation = scaling.deviation();
        int[] shape = {features.length / mean.length, mean.length};
        Reference reference = in -> {
            double[] out = new double[in[0].length];
            for (int i = 0; i < out.length; i++) {
                int column = i % mean.length;
                out[i] = deviation[column] == 0 ? 0 : (in[0][i] - mean[column]) / deviation[column];
            }
            return out;
        };
        return trace.add(
                new Step.Action(
                        part,
                        "standardised",
                        "y = (x - mean) / deviation, column by column; 0 where the deviation is 0; mean and deviation"
                                + " are " + name + ".scaling.* of the model's file",
                        Json.object()),
                List.of(rows.result()),
                shape,
                scaling.apply(features),
                reference);
    }

    private @Nullable Reference reference(Stage stage) {
        return switch (stage) {
            case RESAMPLED -> in -> new ResamplingFormula(sampleRate, config.sampleRate()).of(in[0]);
            case SPEECH -> in -> new SpeechFormula(config.speech(), config.sampleRate()).of(in[0]);
            case BANDS -> in -> formulas.bands(in[0]);
            case ENERGIES -> in -> formulas.energies(in[0]);
            case LIMITED -> in -> formulas.limited(in[0]);
            case CEPSTRA -> in -> formulas.cepstra(in[0]);
            case F0 -> in -> prosody.f0(in[0]);
            case VOICING -> in -> prosody.voicing(in[0]);
            case RMS -> in -> prosody.rms(in[0]);
            case ZERO_CROSSINGS -> in -> prosody.zeroCrossings(in[0]);
            case FRAMES -> in -> formulas.frames(in);
            case SMOOTHED -> in -> formulas.smoothed(in[0]);
            case DELTAS -> in -> formulas.deltas(in[0]);
            case NORMALISED -> in -> formulas.normalised(in[0]);
            case STACKED -> in -> formulas.stacked(in[0]);
            case FUNCTIONALS -> {
                int columns = last.shape().get(1);
                yield in -> formulas.functionals(in[0], columns);
            }
        };
    }

    private static Text text(Stage stage) {
        return switch (stage) {
            case RESAMPLED ->
                new Text(
                        "resampled",
                        "y[m] = Σ_k x[k] h(m from/to - k) / Σ_k h(m from/to - k), h a sinc under Kaiser's window",
                        "sampleRate");
            case SPEECH ->
                new Text(
                        "speech",
                        "10^((level - active level) / 20) (x - mean of x), x without silence, where that is on",
                        "speech");
            case BANDS ->
                new Text(
                        UtteranceAudit.BANDS,
                        "g(Σ_k weight[b, k] |Σ_i w_i x_i exp(-2πjki/n)|²), frame by frame",
                        "sampleRate",
                        "sampleScale",
                        "framing",
                        "removeDc",
                        "preEmphasis",
                        "window",
                        "spectrum",
                        "mel",
                        "compression",
                        "output");
            case ENERGIES ->
                new Text(
                        "energies",
                        "ln max(Σ x², floor), frame by frame; 0 where there is none",
                        "energy",
                        "sampleScale",
                        "framing",
                        "removeDc",
                        "preEmphasis",
                        "window",
                        "spectrum",
                        "compression");
            case LIMITED -> new Text("limited bands", "max(x, largest - range)", "compression");
            case CEPSTRA ->
                new Text("cepstra", "lifter[n] s_n Σ_b x[b] cos(πn(b + 1/2)/B), row by row", "cepstra", "output");
            case F0 ->
                new Text(
                        "pitch",
                        "the best path through the maxima of the autocorrelation, frame by frame; in semitones on a line"
                                + " between voiced frames",
                        "sampleRate",
                        "framing",
                        "prosody");
            case VOICING ->
                new Text("voicing", "autocorrelation at the period of the pitch", "sampleRate", "framing", "prosody");
            case RMS -> new Text("rms", "√(Σ x² / N), frame by frame", "framing", "prosody");
            case ZERO_CROSSINGS ->
                new Text("zero crossings", "share of neighbours of other signs, frame by frame", "framing", "prosody");
            case FRAMES -> new Text("frames", "[x | energy | columns of prosody]", "energy", "prosody");
            case SMOOTHED -> new Text("smoothed", "mean of w frames", "smoothing");
            case DELTAS -> new Text("with derivatives", "[x | slope of the best line | second derivative]", "deltas");
            case NORMALISED -> new Text("normalised", "(x - mean) / deviation over time, where that is on", "cmvn");
            case STACKED -> new Text("stacked", "rows side by side", "stack");
            case FUNCTIONALS -> new Text("functionals", "statistics of each column over all rows", "functionals");
        };
    }

    /// What a stage does.
    ///
    /// @param keys of the settings that decide its result
    private record Text(String what, String formula, List<String> keys) {

        Text(String what, String formula, String... keys) {
            this(what, formula, List.of(keys));
        }

        Step.Action action(JsonObject all) {
            JsonObject settings = Json.object();
            for (String key : keys) {
                Json value = all.get(key);
                settings = value == null ? settings : settings.with(key, value);
            }
            return new Step.Action(PART, what, formula, settings);
        }
    }
}
