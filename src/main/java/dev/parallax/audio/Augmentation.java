package dev.parallax.audio;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.random.RandomStream;

/// How recordings are varied for training, so that a network hears more speakers, rooms and telephones than
/// there are recordings. A pure function of the recording and the random numbers; [#NONE] changes nothing.
/// Sound is varied by [#apply] before features are taken, features by [#applyToFeatures].
///
/// Whoever trains makes one [RandomStream] for each varied copy of a recording, and one for each time that its
/// features are learned from. Then a recording is varied in the same way whichever thread takes it. Evaluation
/// never augments.
///
/// @param speed       played faster or slower; first
/// @param noise       noise on it; second
/// @param bandLimit   high frequencies lost; third
/// @param gain        louder or softer; last
/// @param specAugment masks on the features
public record Augmentation(
        SpeedChange speed, AddedNoise noise, BandLimit bandLimit, GainChange gain, SpecAugment specAugment) {

    /// Changes nothing.
    public static final Augmentation NONE =
            new Augmentation(SpeedChange.NONE, AddedNoise.NONE, BandLimit.NONE, GainChange.NONE, SpecAugment.NONE);

    /// Whether sound may be changed, so that features cannot be taken from a cache.
    public boolean changesSound() {
        return speed.probability() > 0
                || noise.probability() > 0
                || bandLimit.probability() > 0
                || gain.probability() > 0;
    }

    /// Whether features may be changed.
    public boolean changesFeatures() {
        return specAugment.probability() > 0;
    }

    /// The steps that change sound; no masks.
    public Augmentation ofSound() {
        return new Augmentation(speed, noise, bandLimit, gain, SpecAugment.NONE);
    }

    /// How many times as fast a recording becomes, 1 where its speed stays: what [#apply] draws first.
    ///
    /// @param random made for this recording, as for [#apply]
    public double speedFactor(RandomStream random) {
        boolean isSpeed = random.nextDouble() < speed.probability();
        double factor = random.uniform(speed.minFactor(), speed.maxFactor());
        return isSpeed ? Math.round(100 * factor) / 100.0 : 1;
    }

    /// Varies a recording. All decisions are drawn first and in a fixed order, also those of steps that are off,
    /// so that changing one setting leaves the others' draws as they were; the samples of the noise are drawn
    /// last.
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
        Audio varied = audio;
        if (factor != 1) {
            varied = SpeedChange.apply(varied, factor);
        }
        if (isNoise) {
            varied = AddedNoise.add(varied, noise.color(), snrDb, random);
        }
        if (isBand) {
            varied = BandLimit.apply(varied, bandLimit.sampleRate());
        }
        return isGain ? GainChange.apply(varied, db) : varied;
    }

    /// As [#applyToFeatures(float[], int, int, RandomStream)] where no bands are repeated in a row.
    public float[] applyToFeatures(float[] frames, int columns, RandomStream random) {
        return applyToFeatures(frames, columns, 1, random);
    }

    /// Masks features.
    ///
    /// @param frames  [rows, columns], not modified
    /// @param columns of a row
    /// @param groups  how often the same bands stand side by side in a row (see [FeatureConfig#groups])
    /// @param random  made for this recording and training step, not the one of its sound
    /// @return [rows, columns], or `frames` itself where nothing changes
    public float[] applyToFeatures(float[] frames, int columns, int groups, RandomStream random) {
        boolean isMasked = random.nextDouble() < specAugment.probability();
        return isMasked ? specAugment.apply(frames, columns, groups, random) : frames;
    }

    /// The settings as JSON.
    public JsonObject toJson() {
        return AugmentationJson.write(this);
    }

    /// The settings that [#toJson] wrote.
    ///
    /// @throws BadInputException naming the field that is missing, unknown or out of range
    public static Augmentation fromJson(JsonObject json) {
        return AugmentationJson.read(json);
    }

    static void checkProbability(String step, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new BadInputException(
                    "augmentation: " + step + ".probability is " + probability + ", must be in [0, 1]");
        }
    }
}
