package dev.parallax.audio.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Spectrum;
import dev.parallax.io.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureConfigTest {

    private static final FeatureConfig SPEECH = FeatureConfig.preset("speech");

    private static void assertRefused(String part, Runnable action) {
        String message = Refusal.of(action);
        assertTrue(message.contains(part), message);
    }

    @Test
    void toJson_eachPreset_readsBackEqual() {
        for (String name : FeatureConfig.presets()) {
            FeatureConfig config = FeatureConfig.preset(name);
            String text = config.toJson().toText();
            FeatureConfig back = FeatureConfig.fromJson(Json.parseObject(text, name));
            assertEquals(config, back);
            assertEquals(config.digest(), back.digest());
            assertEquals(text, back.toJson().toText());
        }
    }

    /// Settings as models contained them before there were prosody, smoothing and functionals.
    @Test
    void fromJson_withoutLaterStages_hasThemOff() {
        List<String> later = List.of("trim", "prosody", "smoothing", "functionals");
        Map<String, Json> fields = new LinkedHashMap<>(SPEECH.toJson().fields());
        fields.keySet().removeAll(later);
        Map<String, Json> cepstra =
                new LinkedHashMap<>(SPEECH.toJson().object("cepstra").fields());
        cepstra.remove("first");
        fields.put("cepstra", Json.object(cepstra));
        assertEquals(SPEECH, FeatureConfig.fromJson(Json.object(fields)));
        Json changed = SPEECH.toJson()
                .with("prosody", Json.object())
                .with("smoothing", 3)
                .with("functionals", "IS09");
        assertRefused("prosody.f0: is missing", () -> read(changed));
    }

    @Test
    void constructor_outputNone_needsColumns() {
        assertRefused(
                "needs columns of its own",
                () -> SPEECH.edit().output(FeatureConfig.Output.NONE).build());
        FeatureConfig energy = SPEECH.edit()
                .output(FeatureConfig.Output.NONE)
                .energy(FeatureConfig.Energy.COLUMN)
                .build();
        assertEquals(List.of("energy"), energy.columns());
        assertEquals(
                List.of("f0", "voicing", "rms", "zcr"),
                FeatureConfig.preset("prosody").columns());
    }

    @Test
    void digest_anotherSetting_isAnother() {
        assertEquals(64, SPEECH.digest().length());
        assertEquals(SPEECH.digest(), FeatureConfig.preset("speech").digest());
        assertNotEquals(SPEECH.digest(), SPEECH.withStack(2).digest());
        assertNotEquals(SPEECH.digest(), SPEECH.edit().cmvn(Cmvn.NONE).build().digest());
    }

    @Test
    void fromJson_wrongField_isNamed() {
        assertRefused("f.json: mell", () -> read(SPEECH.toJson().with("mell", 3)));
        assertRefused("f.json: stack", () -> read(SPEECH.toJson().with("stack", "two")));
        assertRefused(
                "window: \"HANNING\" is not one of", () -> read(SPEECH.toJson().with("window", "HANNING")));
        assertRefused(
                "spectrum.kind",
                () -> read(SPEECH.toJson().with("spectrum", Json.object().with("nFft", 512))));
        assertRefused(
                "spectrum: nFft is 511",
                () -> read(SPEECH.toJson()
                        .with("spectrum", Json.object().with("nFft", 511).with("kind", "POWER"))));
    }

    private static FeatureConfig read(Json json) {
        return FeatureConfig.fromJson(Json.parseObject(json.toText(), "f.json"));
    }

    @Test
    void constructor_settingsThatDoNotFit_areRefused() {
        assertRefused(
                "mel.fMax",
                () -> SPEECH.edit()
                        .mel(new MelBands(40, 20, 8001, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_MEL, false))
                        .build());
        assertRefused(
                "at least the 400 samples of a frame",
                () -> SPEECH.edit()
                        .spectrum(new Spectrum(256, Spectrum.Kind.POWER))
                        .build());
        assertRefused("stack 0", () -> SPEECH.withStack(0));
        assertRefused("no preset \"mfcc\"", () -> FeatureConfig.preset("mfcc"));
        assertRefused("order 3", () -> new Deltas(3, 9, Deltas.Method.REGRESSION));
        assertRefused(
                "0 <= fMin < fMax",
                () -> new MelBands(40, 300, 200, MelBands.Scale.HTK, MelBands.Shape.LINEAR_IN_HZ, false));
        assertRefused(
                "41 coefficients cannot come from 40", () -> new Dct(new Cepstra(41, 0, Cepstra.LifterStart.ZERO), 40));
        assertRefused("floor 0.0", () -> new Compression(Compression.Scale.LN, 0, 0));
        assertRefused("coefficient is 1.5", () -> new PreEmphasis(1.5, PreEmphasis.Scope.FRAME));
    }

    @Test
    void columns_areNamedByStage() {
        assertEquals(40, SPEECH.size());
        assertEquals("mel39", SPEECH.columns().getLast());
        assertEquals("energy", FeatureConfig.preset("kaldi").columns().getFirst());
        assertEquals("mfcc12", FeatureConfig.preset("kaldi").columns().getLast());
        FeatureConfig power =
                SPEECH.edit().output(FeatureConfig.Output.SPECTRUM).build();
        assertEquals("bin256", power.columns().getLast());
        assertEquals(8000, power.highestHz());
        assertEquals(7000, SPEECH.highestHz());
    }
}
