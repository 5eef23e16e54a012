package dev.parallax.data;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.variation.AddedMusic;
import dev.parallax.audio.variation.AddedNoise;
import dev.parallax.audio.variation.Augmentation;
import dev.parallax.audio.variation.BandLimit;
import dev.parallax.audio.variation.GainChange;
import dev.parallax.audio.variation.Reverberation;
import dev.parallax.audio.variation.SilenceAround;
import dev.parallax.audio.variation.SpecAugment;
import dev.parallax.audio.variation.SpeedChange;
import dev.parallax.audio.variation.VariedAudio;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// How the training recordings of a model are varied. Sound is varied once, into copies that stay the same in every
/// epoch, so that their features can be cached; masks are drawn anew in every training step.
///
/// @param copies how many varied copies each recording gets beside itself
/// @param seed   of the sound of the copies. It is not that of the run: runs with other seeds learn from the same
///               copies, whose features are then extracted once
/// @param steps  how sound is varied, and how features are masked
public record AugmentationSettings(int copies, long seed, Augmentation steps) {

    /// Nothing is varied.
    public static final AugmentationSettings NONE = new AugmentationSettings(0, 0, Augmentation.NONE);

    private static final SpeedChange SPEED = new SpeedChange(0.5, 0.9, 1.1);
    private static final Reverberation ROOM = new Reverberation(0.5, 0.2, 0.8, 0, 15);
    private static final AddedNoise NOISE = new AddedNoise(0.3, AddedNoise.Color.PINK, 10, 30);
    private static final BandLimit TELEPHONE = new BandLimit(0.3, 8000, 12000);
    private static final SpecAugment MASKS = new SpecAugment(0.5, 2, 10, 0.2, 2, 8, SpecAugment.Fill.MEAN);

    /// The default of training on recordings: another tempo, a room, noise, a telephone, each in a share of the
    /// copies. Level and silence are not varied, since the features remove them.
    public static final AugmentationSettings ROOMS = rooms(SpecAugment.NONE);

    /// The same with masks, for features of frames.
    public static final AugmentationSettings ROOMS_AND_MASKS = rooms(MASKS);

    private static AugmentationSettings rooms(SpecAugment masks) {
        return new AugmentationSettings(
                1,
                0,
                new Augmentation(
                        SPEED, ROOM, AddedMusic.NONE, NOISE, TELEPHONE, GainChange.NONE, SilenceAround.NONE, masks));
    }

    private static final int MOST = 100;
    private static final String SOUND = "speed, room, music, noise, bandLimit, gain or silence";
    private static final String COPIES = "copies";
    private static final String SEED = "seed"; // files of former versions lack it
    private static final int STREAM = 0x6d61736b; // what the random numbers of masks are for

    public AugmentationSettings {
        if (copies < 0 || copies > MOST) {
            throw new BadInputException("augmentation: copies is " + copies + ", must be in [0, " + MOST + "]");
        }
        if (copies > 0 && !steps.changesSound()) {
            throw new BadInputException("augmentation: copies is " + copies + ", and nothing varies them: set a"
                    + " probability of " + SOUND + ", or copies to 0");
        }
        if (copies == 0 && steps.changesSound()) {
            throw new BadInputException("augmentation: copies is 0, so there is nothing to vary: set"
                    + " augmentation.copies to 1 or more, or every probability of " + SOUND + " to 0");
        }
        SpecAugment masks = steps.specAugment();
        boolean time = masks.timeMasks() > 0 && masks.maxRows() > 0 && masks.maxShare() > 0;
        boolean bands = masks.bandMasks() > 0 && masks.maxBands() > 0;
        if (steps.changesFeatures() && !time && !bands) {
            throw new BadInputException(
                    "augmentation: specAugment masks nothing: raise timeMasks, maxRows and maxShare,"
                            + " or bandMasks and maxBands, or set its probability to 0");
        }
    }

    /// Whether nothing is varied.
    public boolean isNone() {
        return copies == 0 && !steps.changesFeatures();
    }

    /// Refuses settings that could not change these features.
    ///
    /// @throws BadInputException saying which, and what would do
    public void requireEffectOn(FeatureConfig features) {
        if (steps.changesFeatures() && features.utteranceLevel()) {
            throw new BadInputException(
                    "augmentation: specAugment masks stretches of time and bands, and these features"
                            + " are one row of functionals a recording: take frames (features.functionals.on=false), or set"
                            + " augmentation.specAugment.probability to 0");
        }
        double left = steps.bandLimit().maxSampleRate() / 2.0;
        if (steps.bandLimit().probability() > 0 && left >= features.highestHz()) {
            throw new BadInputException(
                    "augmentation: bandLimit.maxSampleRate " + steps.bandLimit().maxSampleRate()
                            + " leaves all up to " + left + " Hz, and these features end at " + features.highestHz()
                            + " Hz: lower it, or set augmentation.bandLimit.probability to 0");
        }
    }

    /// The varied copies of an utterance: other ids and sounds, the same words, label and origin. Where the speed
    /// changes or silence comes first, the times of the words change with it. None where it has no audio.
    public List<Utterance> copiesOf(Utterance utterance) {
        AudioSource original = utterance.audio();
        List<Utterance> all = new ArrayList<>();
        for (int copy = 1; original != null && copy <= copies; copy++) {
            VariedAudio varied = new VariedAudio(original, steps, seed, copy);
            WordTimes times = utterance.times();
            all.add(new Utterance(
                    utterance.id() + ", varied copy " + copy,
                    varied,
                    utterance.text(),
                    utterance.emotion(),
                    utterance.origin(),
                    utterance.vectors(),
                    times == null
                            ? null
                            : times.scaled(1 / varied.speedFactor()).shifted(varied.leadingSeconds())));
        }
        return all;
    }

    /// Features with the masks of one training step: a function of the arguments alone, on any thread.
    ///
    /// @param rows   [time, columns], not modified
    /// @param groups how often the same bands occur side by side in a row
    /// @param seed   of the run
    /// @param step   the training step, from 0
    /// @param item   the number of the example
    public float[] masked(float[] rows, int columns, int groups, long seed, int step, int item) {
        return steps.changesFeatures()
                ? steps.applyToFeatures(rows, columns, groups, new RandomStream(seed, step, STREAM, item))
                : rows;
    }

    /// What is done to the recordings, for people: `each with 2 varied copies`.
    public String describe() {
        List<String> done = new ArrayList<>();
        if (copies > 0) {
            done.add("each with " + Count.of(copies, "varied copy", "varied copies"));
        }
        if (steps.changesFeatures()) {
            done.add("masks drawn anew in each epoch");
        }
        return done.isEmpty() ? "none" : String.join(", ", done);
    }

    /// `copies` and `seed`, then what [Augmentation#toJson] writes.
    public JsonObject toJson() {
        return Json.object().with(COPIES, copies).with(SEED, seed).with(steps.toJson());
    }

    /// What [#toJson] wrote.
    ///
    /// @throws BadInputException naming the field that is missing, unknown or out of range
    public static AugmentationSettings fromJson(JsonObject json) {
        json.allowOnly(List.copyOf(NONE.toJson().fields().keySet()));
        long seed = json.has(SEED) ? json.whole(SEED) : 0;
        return new AugmentationSettings(
                json.integer(COPIES),
                seed,
                Augmentation.fromJson(json.without(COPIES).without(SEED)));
    }
}
