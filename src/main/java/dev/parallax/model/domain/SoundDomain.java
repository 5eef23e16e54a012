package dev.parallax.model.domain;

import dev.parallax.audio.speech.RecordingMeasures;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Magnitude;
import dev.parallax.io.RecordJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What recordings of the training part were like, varied copies included: ranges of [RecordingMeasures], and where
/// their features lie.
///
/// The ranges are widened where features do not change: with level, since speech is brought to a standard level,
/// and with silence, since it is cut.
///
/// @param speechSeconds speech in a window [s]
/// @param activeLevelDb active speech level [dB, full scale = 0]
/// @param offset        magnitude of the mean, full scale is 1
/// @param bandwidthHz   where the spectrum ends [Hz]
/// @param snrDb         speech above the quietest moments [dB]
/// @param distance      of the statistics of the features, or null where the training part was too small
public record SoundDomain(
        Range speechSeconds,
        Range activeLevelDb,
        Range offset,
        Range bandwidthHz,
        Range snrDb,
        @Nullable FeatureDistance distance) {

    private static final double MOST = 1e9;

    /// Where nothing is known of the training part: only what no model can answer is doubtful.
    public static final SoundDomain ANY = new SoundDomain(
            new Range(0, MOST), new Range(-MOST, 0), new Range(0, 1), new Range(0, MOST), new Range(0, MOST), null);

    private static final double SHORTER = 2; // speech may be shorter than the shortest by this factor
    private static final double FAINTER_DB = 40; // the level is normalised; rounding to 16 bits is not
    private static final double FAINTEST_DB = -75;
    private static final double LARGE_OFFSET = 0.3;
    private static final double BANDWIDTH_SHARE = 0.9;
    private static final double NOISIER_DB = 3;

    /// What makes an answer to a recording unreliable, one line each; none where it is like the training part.
    ///
    /// @param row statistics of its features, in the columns of the distance
    public List<String> doubts(RecordingMeasures sound, float[] row) {
        List<String> doubts = new ArrayList<>();
        addOfSamples(sound, doubts);
        if (!sound.hasSpeech()) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "no speech stands out in %.2f s of sound, as far as its energy tells: the answer means nothing; record"
                            + " somebody who speaks",
                    sound.seconds()));
            return doubts;
        }
        if (sound.speechSeconds() < speechSeconds.low() / SHORTER) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "%.2f s of speech, the shortest that the model has learned from is %.2f s; record a whole sentence",
                    sound.speechSeconds(),
                    speechSeconds.low()));
        }
        if (sound.bandwidthHz() < BANDWIDTH_SHARE * bandwidthHz.low()) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "nothing is heard above %.0f Hz, the model has learned from recordings that reach %.0f Hz or more; send"
                            + " the recording as it was made, or train with augmentation.bandLimit",
                    sound.bandwidthHz(),
                    bandwidthHz.low()));
        }
        if (sound.snrDb() < snrDb.low() - NOISIER_DB) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "speech lies only %.0f dB above the noise around it, %.0f dB or more in what the model has learned from;"
                            + " record closer to the mouth or in a quieter room",
                    sound.snrDb(),
                    snrDb.low()));
        }
        double far = distance == null ? 0 : distance.of(row);
        if (far > 1) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "the sound is unlike all that the model has heard (distance %s, limit 1): another room, microphone,"
                            + " language, or no voice; train with recordings like it",
                    FeatureDistance.beyondOne(far)));
        }
        return doubts;
    }

    /// What is wrong with the samples themselves.
    private void addOfSamples(RecordingMeasures sound, List<String> doubts) {
        if (sound.peak() > RecordingMeasures.UNSCALED_PEAK) {
            doubts.add(
                    "samples reach " + Magnitude.of(sound.peak())
                            + ", full scale is 1: they are not scaled; divide them by 32768 if they were integers of 16 bits, else export the recording again");
        } else if (sound.fullScaleShare() > RecordingMeasures.CLIPPED_SHARE) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "%.1f %% of the samples stand at full scale: what is louder was cut off; record softer",
                    100 * sound.fullScaleShare()));
        }
        if (sound.activeLevelDb() < Math.max(FAINTEST_DB, activeLevelDb.low() - FAINTER_DB)) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "hardly any sound: its level is %.0f dB of full scale, %.0f to %.0f dB in what the model has learned"
                            + " from; record it louder",
                    sound.activeLevelDb(),
                    activeLevelDb.low(),
                    activeLevelDb.high()));
        }
        boolean scaled =
                sound.peak() <= RecordingMeasures.UNSCALED_PEAK; // else the mean says nothing of the sound card
        double roundedOffset = Math.rint(1000 * sound.offset()) / 1000; // in 16 bits +0.3 and -0.3 differ by a step
        if (scaled && roundedOffset >= LARGE_OFFSET && sound.offset() > offset.high()) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "a constant offset of %.0f %% of full scale; check the sound card, or take the mean away",
                    100 * sound.offset()));
        }
    }

    JsonObject toJson() {
        return json(_ -> Objects.requireNonNull(distance)).write(this);
    }

    /// What [#toJson] wrote.
    ///
    /// @param distance makes one of its document and the model file's tensors
    static SoundDomain fromJson(JsonObject json, Function<JsonObject, FeatureDistance> distance) {
        return json(distance).read(json);
    }

    private static RecordJson<SoundDomain> json(Function<JsonObject, FeatureDistance> distance) {
        return RecordJson.of(SoundDomain.class)
                .nullable("distance")
                .since("distance", null)
                .as("distance", FeatureDistance::toJson, distance);
    }
}
