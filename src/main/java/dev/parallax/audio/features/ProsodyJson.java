package dev.parallax.audio.features;

import dev.parallax.audio.pitch.Pitch;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.List;

/// [Prosody] as JSON and back.
final class ProsodyJson {

    private ProsodyJson() {}

    static JsonObject write(Prosody prosody) {
        Pitch pitch = prosody.pitch();
        return Json.object()
                .with("f0", prosody.f0().name())
                .with("voicing", prosody.voicing())
                .with("rms", prosody.rms())
                .with("zeroCrossings", prosody.zeroCrossings())
                .with(
                        "pitch",
                        Json.object()
                                .with("minHz", pitch.minHz())
                                .with("maxHz", pitch.maxHz())
                                .with("voicingThreshold", pitch.voicingThreshold())
                                .with("silenceThreshold", pitch.silenceThreshold())
                                .with("octaveCost", pitch.octaveCost())
                                .with("octaveJumpCost", pitch.octaveJumpCost())
                                .with("voicedUnvoicedCost", pitch.voicedUnvoicedCost()));
    }

    static Prosody read(JsonObject json) {
        json.allowOnly(List.copyOf(write(Prosody.NONE).fields().keySet()));
        JsonObject pitch = json.object("pitch");
        pitch.allowOnly(List.copyOf(write(Prosody.NONE).object("pitch").fields().keySet()));
        return new Prosody(
                FeatureConfigJson.choice(json, "f0", Prosody.F0.class),
                json.flag("voicing"),
                json.flag("rms"),
                json.flag("zeroCrossings"),
                new Pitch(
                        pitch.number("minHz"),
                        pitch.number("maxHz"),
                        pitch.number("voicingThreshold"),
                        pitch.number("silenceThreshold"),
                        pitch.number("octaveCost"),
                        pitch.number("octaveJumpCost"),
                        pitch.number("voicedUnvoicedCost")));
    }
}
