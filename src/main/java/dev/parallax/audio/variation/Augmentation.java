package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.random.RandomStream;
import java.util.List;

/// How recordings are varied, so that training covers more speakers, rooms and telephones than there are recordings.
/// A pure function of the recording and the random numbers; [#NONE] changes nothing. Sound is varied by [#apply]
/// before features are taken, features by [#applyToFeatures].
///
/// Training makes one [RandomStream] per varied copy of a recording, and one for each time that its features are
/// used. Then a recording is varied in the same way whichever thread takes it. Evaluation never augments.
///
/// @param speed       played faster or slower; first
/// @param room        heard in a room; second
/// @param music       music behind it; third
/// @param noise       noise on it; fourth
/// @param bandLimit   high frequencies lost; fifth
/// @param gain        louder or softer; sixth
/// @param silence     silence before and after it; last
/// @param specAugment masks on the features
public record Augmentation(
        SpeedChange speed,
        Reverberation room,
        AddedMusic music,
        AddedNoise noise,
        BandLimit bandLimit,
        GainChange gain,
        SilenceAround silence,
        SpecAugment specAugment) {

    /// Changes nothing.
    public static final Augmentation NONE = new Augmentation(
            SpeedChange.NONE,
            Reverberation.NONE,
            AddedMusic.NONE,
            AddedNoise.NONE,
            BandLimit.NONE,
            GainChange.NONE,
            SilenceAround.NONE,
            SpecAugment.NONE);

    private static final String BAND_LIMIT = "bandLimit";
    private static final String FORMER_RATE = "sampleRate";

    // steps that former versions do not name were never taken there
    private static final RecordJson<Augmentation> JSON = RecordJson.of(Augmentation.class)
            .since("room", Reverberation.NONE)
            .since("music", AddedMusic.NONE)
            .since("silence", SilenceAround.NONE)
            .formerly(Augmentation::withTwoRates);

    // branches of a recording's random numbers; those that are not named here are drawn from the stream itself
    private static final int ROOM = 1;
    private static final int SILENCE = 2;
    private static final int MUSIC = 3;
    private static final int BAND = 4;

    /// Whether sound may be changed, so that features cannot be taken from a cache.
    public boolean changesSound() {
        return speed.probability() > 0
                || room.probability() > 0
                || music.probability() > 0
                || noise.probability() > 0
                || bandLimit.probability() > 0
                || gain.probability() > 0
                || silence.probability() > 0;
    }

    /// Whether features may be changed.
    public boolean changesFeatures() {
        return specAugment.probability() > 0;
    }

    /// The steps that change sound; no masks.
    public Augmentation ofSound() {
        return new Augmentation(speed, room, music, noise, bandLimit, gain, silence, SpecAugment.NONE);
    }

    /// How many times as fast a recording becomes, 1 where its speed stays: what [#apply] draws first.
    ///
    /// @param random made for this recording, as for [#apply]
    public double speedFactor(RandomStream random) {
        boolean isSpeed = random.nextDouble() < speed.probability();
        double factor = random.uniform(speed.minFactor(), speed.maxFactor());
        return isSpeed ? Math.round(100 * factor) / 100.0 : 1;
    }

    /// How much silence a recording gets before its first sample, 0 where it gets none [s].
    ///
    /// @param random made for this recording, as for [#apply]
    public double leadingSeconds(RandomStream random) {
        RandomStream ofSilence = random.branch(SILENCE);
        boolean isSilence = ofSilence.nextDouble() < silence.probability();
        return isSilence ? silence.draw(ofSilence).before() : 0;
    }

    /// Varies a recording. Decisions are drawn first and in a fixed order, also those of steps that are off. The
    /// samples of the noise are drawn last. Room, music, band and silence draw from branches of their own. So
    /// changing one setting leaves the others' draws as they were.
    ///
    /// @param audio  not modified
    /// @param random made for this copy of the recording
    /// @return another recording, or `audio` itself where nothing changes
    public Audio apply(Audio audio, RandomStream random) {
        double factor = speedFactor(random);
        boolean isNoise = random.nextDouble() < noise.probability();
        double snrDb = random.uniform(noise.minSnrDb(), noise.maxSnrDb());
        boolean isBand = random.nextDouble() < bandLimit.probability();
        boolean isGain = random.nextDouble() < gain.probability();
        double db = random.uniform(gain.minDb(), gain.maxDb());
        RandomStream ofRoom = random.branch(ROOM);
        boolean isRoom = ofRoom.nextDouble() < room.probability();
        RandomStream ofMusic = random.branch(MUSIC);
        boolean isMusic = ofMusic.nextDouble() < music.probability();
        RandomStream ofSilence = random.branch(SILENCE);
        boolean isSilence = ofSilence.nextDouble() < silence.probability();
        Audio varied = audio;
        if (factor != 1) {
            varied = SpeedChange.apply(varied, factor);
        }
        if (isRoom) {
            double rt60Seconds = ofRoom.uniform(room.minRt60Seconds(), room.maxRt60Seconds());
            double drrDb = ofRoom.uniform(room.minDrrDb(), room.maxDrrDb());
            varied = Reverberation.apply(varied, rt60Seconds, drrDb, ofRoom);
        }
        if (isMusic) {
            varied = AddedMusic.add(varied, ofMusic.uniform(music.minSnrDb(), music.maxSnrDb()), ofMusic);
        }
        if (isNoise) {
            varied = AddedNoise.add(varied, noise.color(), snrDb, random);
        }
        if (isBand) {
            varied = BandLimit.apply(varied, bandLimit.draw(random.branch(BAND)));
        }
        if (isGain) {
            varied = GainChange.apply(varied, db);
        }
        return isSilence ? SilenceAround.apply(varied, silence.draw(ofSilence), ofSilence) : varied;
    }

    /// Masks features.
    ///
    /// @param frames  [rows, columns], not modified
    /// @param columns of a row
    /// @param groups  how often the same bands stand side by side in a row (see
    ///                [dev.parallax.audio.features.FeatureConfig#groups])
    /// @param random  made for this recording and training step, not the one of its sound
    /// @return [rows, columns], or `frames` itself where nothing changes
    public float[] applyToFeatures(float[] frames, int columns, int groups, RandomStream random) {
        boolean isMasked = random.nextDouble() < specAugment.probability();
        return isMasked ? specAugment.apply(frames, columns, groups, random) : frames;
    }

    /// The settings as JSON.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// The settings that [#toJson] wrote.
    ///
    /// @throws BadInputException naming the field that is missing, unknown or out of range
    public static Augmentation fromJson(JsonObject json) {
        return JSON.read(json);
    }

    /// Models of former versions name one rate.
    private static JsonObject withTwoRates(JsonObject json) {
        if (!(json.get(BAND_LIMIT) instanceof JsonObject band) || !band.has(FORMER_RATE)) {
            return json;
        }
        band.allowOnly(List.of("probability", FORMER_RATE));
        int rate = band.integer(FORMER_RATE);
        JsonObject rates = Json.object().with("minSampleRate", rate).with("maxSampleRate", rate);
        return json.with(BAND_LIMIT, band.without(FORMER_RATE).with(rates));
    }
}
