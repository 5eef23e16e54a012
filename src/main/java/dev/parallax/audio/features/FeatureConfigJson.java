package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.audio.Framing;
import dev.parallax.audio.Smoothing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.audio.speech.SpeechNormalization;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.Arrays;
import java.util.List;

/// [FeatureConfig] as JSON and back: one object a stage, fields named as the records' components. Stages that
/// came later may be missing, and are then off: models of before them are still read.
public final class FeatureConfigJson {

    private static final String TRIM = "trim";

    private FeatureConfigJson() {}

    static JsonObject write(FeatureConfig c) {
        return Json.object()
                .with("sampleRate", c.sampleRate())
                .with(
                        "speech",
                        Json.object()
                                .with("on", c.speech().on())
                                .with("levelDb", c.speech().levelDb())
                                .with("cutSilence", c.speech().cutSilence())
                                .with("marginSeconds", c.speech().marginSeconds())
                                .with("maxPauseSeconds", c.speech().maxPauseSeconds()))
                .with("sampleScale", c.sampleScale())
                .with(
                        "framing",
                        Json.object()
                                .with("frameLength", c.framing().frameLength())
                                .with("hopLength", c.framing().hopLength())
                                .with("edges", c.framing().edges().name()))
                .with("removeDc", c.removeDc())
                .with(
                        "preEmphasis",
                        Json.object()
                                .with("coefficient", c.preEmphasis().coefficient())
                                .with("scope", c.preEmphasis().scope().name()))
                .with("window", c.window().name())
                .with(
                        "spectrum",
                        Json.object()
                                .with("nFft", c.spectrum().nFft())
                                .with("kind", c.spectrum().kind().name()))
                .with(
                        "mel",
                        Json.object()
                                .with("count", c.mel().count())
                                .with("fMin", c.mel().fMin())
                                .with("fMax", c.mel().fMax())
                                .with("scale", c.mel().scale().name())
                                .with("shape", c.mel().shape().name())
                                .with("areaNorm", c.mel().areaNorm()))
                .with(
                        "compression",
                        Json.object()
                                .with("scale", c.compression().scale().name())
                                .with("floor", c.compression().floor())
                                .with("rangeDb", c.compression().rangeDb()))
                .with(
                        "cepstra",
                        Json.object()
                                .with("first", c.cepstra().first())
                                .with("count", c.cepstra().count())
                                .with("lifter", c.cepstra().lifter())
                                .with("start", c.cepstra().start().name()))
                .with("output", c.output().name())
                .with("energy", c.energy().name())
                .with("prosody", ProsodyJson.write(c.prosody()))
                .with("smoothing", c.smoothing().width())
                .with(
                        "deltas",
                        Json.object()
                                .with("order", c.deltas().order())
                                .with("width", c.deltas().width())
                                .with("method", c.deltas().method().name()))
                .with(
                        "cmvn",
                        Json.object()
                                .with("kind", c.cmvn().kind().name())
                                .with("window", c.cmvn().window())
                                .with("minDeviation", c.cmvn().minDeviation()))
                .with("stack", c.stack())
                .with("functionals", c.functionals().name());
    }

    static FeatureConfig read(JsonObject found) {
        JsonObject json = withoutTrim(found);
        json.allowOnly(List.copyOf(write(FeaturePresets.speech()).fields().keySet()));
        JsonObject framing = stage(json, "framing", "frameLength", "hopLength", "edges");
        JsonObject emphasis = stage(json, "preEmphasis", "coefficient", "scope");
        JsonObject spectrum = stage(json, "spectrum", "nFft", "kind");
        JsonObject mel = stage(json, "mel", "count", "fMin", "fMax", "scale", "shape", "areaNorm");
        JsonObject compression = stage(json, "compression", "scale", "floor", "rangeDb");
        JsonObject cepstra = stage(json, "cepstra", "first", "count", "lifter", "start");
        JsonObject deltas = stage(json, "deltas", "order", "width", "method");
        JsonObject cmvn = stage(json, "cmvn", "kind", "window", "minDeviation");
        return new FeatureConfig(
                json.integer("sampleRate"),
                json.has("speech") ? speech(json) : SpeechNormalization.OFF,
                json.number("sampleScale"),
                new Framing(
                        framing.integer("frameLength"),
                        framing.integer("hopLength"),
                        choice(framing, "edges", Framing.Edges.class)),
                json.flag("removeDc"),
                new PreEmphasis(emphasis.number("coefficient"), choice(emphasis, "scope", PreEmphasis.Scope.class)),
                choice(json, "window", WindowFunction.class),
                new Spectrum(spectrum.integer("nFft"), choice(spectrum, "kind", Spectrum.Kind.class)),
                new MelBands(
                        mel.integer("count"),
                        mel.number("fMin"),
                        mel.number("fMax"),
                        choice(mel, "scale", MelBands.Scale.class),
                        choice(mel, "shape", MelBands.Shape.class),
                        mel.flag("areaNorm")),
                new Compression(
                        choice(compression, "scale", Compression.Scale.class),
                        compression.number("floor"),
                        compression.number("rangeDb")),
                new Cepstra(
                        cepstra.has("first") ? cepstra.integer("first") : 0,
                        cepstra.integer("count"),
                        cepstra.integer("lifter"),
                        choice(cepstra, "start", Cepstra.LifterStart.class)),
                choice(json, "output", FeatureConfig.Output.class),
                choice(json, "energy", FeatureConfig.Energy.class),
                json.has("prosody") ? ProsodyJson.read(json.object("prosody")) : Prosody.NONE,
                json.has("smoothing") ? new Smoothing(json.integer("smoothing")) : Smoothing.NONE,
                new Deltas(
                        deltas.integer("order"),
                        deltas.integer("width"),
                        choice(deltas, "method", Deltas.Method.class)),
                new Cmvn(choice(cmvn, "kind", Cmvn.Kind.class), cmvn.integer("window"), cmvn.number("minDeviation")),
                json.integer("stack"),
                json.has("functionals") ? choice(json, "functionals", Functionals.class) : Functionals.NONE);
    }

    /// Models of before had a stage `trim`; where it was off, nothing is lost without it.
    private static JsonObject withoutTrim(JsonObject json) {
        if (json.has(TRIM) && json.object(TRIM).flag("on")) {
            throw new BadInputException(
                    json.where() + ": these features were trimmed (trim.on), which speech.on does in"
                            + " another way now; train the model again, or use the version of Parallax that wrote it");
        }
        return json.has(TRIM) ? json.without(TRIM) : json;
    }

    private static SpeechNormalization speech(JsonObject json) {
        JsonObject speech = stage(json, "speech", "on", "levelDb", "cutSilence", "marginSeconds", "maxPauseSeconds");
        return new SpeechNormalization(
                speech.flag("on"),
                speech.number("levelDb"),
                speech.flag("cutSilence"),
                speech.number("marginSeconds"),
                speech.number("maxPauseSeconds"));
    }

    private static JsonObject stage(JsonObject json, String key, String... fields) {
        JsonObject stage = json.object(key);
        stage.allowOnly(List.of(fields));
        return stage;
    }

    public static <E extends Enum<E>> E choice(JsonObject json, String key, Class<E> type) {
        String name = json.text(key);
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw new BadInputException(json.where() + ": " + key + ": \"" + name + "\" is not one of "
                + Arrays.toString(type.getEnumConstants()));
    }
}
