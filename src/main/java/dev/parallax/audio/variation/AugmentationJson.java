package dev.parallax.audio.variation;

import dev.parallax.audio.features.FeatureConfigJson;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.List;

/// [Augmentation] as JSON and back: one object a step, fields named as the records' components.
final class AugmentationJson {

    private static final String ROOM = "room";
    private static final String MUSIC = "music";
    private static final String SILENCE = "silence";
    private static final String BAND_LIMIT = "bandLimit";
    private static final String FORMER_RATE = "sampleRate";

    private AugmentationJson() {}

    static JsonObject write(Augmentation a) {
        return Json.object()
                .with(
                        "speed",
                        Json.object()
                                .with("probability", a.speed().probability())
                                .with("minFactor", a.speed().minFactor())
                                .with("maxFactor", a.speed().maxFactor()))
                .with(
                        ROOM,
                        Json.object()
                                .with("probability", a.room().probability())
                                .with("minRt60Seconds", a.room().minRt60Seconds())
                                .with("maxRt60Seconds", a.room().maxRt60Seconds())
                                .with("minDrrDb", a.room().minDrrDb())
                                .with("maxDrrDb", a.room().maxDrrDb()))
                .with(
                        MUSIC,
                        Json.object()
                                .with("probability", a.music().probability())
                                .with("minSnrDb", a.music().minSnrDb())
                                .with("maxSnrDb", a.music().maxSnrDb()))
                .with(
                        "noise",
                        Json.object()
                                .with("probability", a.noise().probability())
                                .with("color", a.noise().color().name())
                                .with("minSnrDb", a.noise().minSnrDb())
                                .with("maxSnrDb", a.noise().maxSnrDb()))
                .with(
                        BAND_LIMIT,
                        Json.object()
                                .with("probability", a.bandLimit().probability())
                                .with("minSampleRate", a.bandLimit().minSampleRate())
                                .with("maxSampleRate", a.bandLimit().maxSampleRate()))
                .with(
                        "gain",
                        Json.object()
                                .with("probability", a.gain().probability())
                                .with("minDb", a.gain().minDb())
                                .with("maxDb", a.gain().maxDb()))
                .with(
                        SILENCE,
                        Json.object()
                                .with("probability", a.silence().probability())
                                .with("maxSeconds", a.silence().maxSeconds())
                                .with("zeros", a.silence().zeros())
                                .with("minDb", a.silence().minDb())
                                .with("maxDb", a.silence().maxDb()))
                .with(
                        "specAugment",
                        Json.object()
                                .with("probability", a.specAugment().probability())
                                .with("timeMasks", a.specAugment().timeMasks())
                                .with("maxRows", a.specAugment().maxRows())
                                .with("maxShare", a.specAugment().maxShare())
                                .with("bandMasks", a.specAugment().bandMasks())
                                .with("maxBands", a.specAugment().maxBands())
                                .with("fill", a.specAugment().fill().name()));
    }

    static Augmentation read(JsonObject json) {
        JsonObject known = write(Augmentation.NONE);
        json.allowOnly(List.copyOf(known.fields().keySet()));
        JsonObject speed = step(json, known, "speed");
        JsonObject room = laterStep(json, known, ROOM);
        JsonObject music = laterStep(json, known, MUSIC);
        JsonObject noise = step(json, known, "noise");
        JsonObject gain = step(json, known, "gain");
        JsonObject silence = laterStep(json, known, SILENCE);
        JsonObject masks = step(json, known, "specAugment");
        return new Augmentation(
                new SpeedChange(speed.number("probability"), speed.number("minFactor"), speed.number("maxFactor")),
                new Reverberation(
                        room.number("probability"),
                        room.number("minRt60Seconds"),
                        room.number("maxRt60Seconds"),
                        room.number("minDrrDb"),
                        room.number("maxDrrDb")),
                new AddedMusic(music.number("probability"), music.number("minSnrDb"), music.number("maxSnrDb")),
                new AddedNoise(
                        noise.number("probability"),
                        FeatureConfigJson.choice(noise, "color", AddedNoise.Color.class),
                        noise.number("minSnrDb"),
                        noise.number("maxSnrDb")),
                bandLimit(json, known),
                new GainChange(gain.number("probability"), gain.number("minDb"), gain.number("maxDb")),
                new SilenceAround(
                        silence.number("probability"),
                        silence.number("maxSeconds"),
                        silence.number("zeros"),
                        silence.number("minDb"),
                        silence.number("maxDb")),
                new SpecAugment(
                        masks.number("probability"),
                        masks.integer("timeMasks"),
                        masks.integer("maxRows"),
                        masks.number("maxShare"),
                        masks.integer("bandMasks"),
                        masks.integer("maxBands"),
                        FeatureConfigJson.choice(masks, "fill", SpecAugment.Fill.class)));
    }

    /// Models of former versions name one rate.
    private static BandLimit bandLimit(JsonObject json, JsonObject known) {
        JsonObject band = json.object(BAND_LIMIT);
        if (band.has(FORMER_RATE)) {
            band.allowOnly(List.of("probability", FORMER_RATE));
            int rate = band.integer(FORMER_RATE);
            return new BandLimit(band.number("probability"), rate, rate);
        }
        step(json, known, BAND_LIMIT);
        return new BandLimit(band.number("probability"), band.integer("minSampleRate"), band.integer("maxSampleRate"));
    }

    /// A step that models of former versions do not name: there it was never taken.
    private static JsonObject laterStep(JsonObject json, JsonObject known, String key) {
        return json.has(key) ? step(json, known, key) : known.object(key);
    }

    private static JsonObject step(JsonObject json, JsonObject known, String key) {
        JsonObject step = json.object(key);
        step.allowOnly(List.copyOf(known.object(key).fields().keySet()));
        return step;
    }
}
