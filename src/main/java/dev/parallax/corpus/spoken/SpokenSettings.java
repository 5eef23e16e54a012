package dev.parallax.corpus.spoken;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;

/// What the spoken corpus is drawn from. Each utterance has one [Relation] and, independent of it, one
/// [Condition].
///
/// @param seed       every number of the corpus follows from it
/// @param size       utterances in all, [#LEAST] to [#MOST]
/// @param speakers   voices in all, 4 to 120; women's and men's in turn
/// @param agree      weight of utterances whose tone and words agree; a share is a weight over the sum of the
///                   five
/// @param textOnly   weight of those whose words alone show the emotion
/// @param audioOnly  weight of those whose tone alone shows it
/// @param conflict   weight of those whose tone shows it and whose words show another
/// @param irony      weight of those whose ironic tone turns the words around
/// @param noisy      share of utterances in noise
/// @param snrDb      ratio of their power to the noise's [dB], -20 to 40
/// @param garbled    share of utterances some of whose words are wrong
/// @param wordErrors share of the words of those that are wrong, in [0, 1]
/// @param noAudio    share of utterances without sound
/// @param noText     share of utterances without words
/// @param strength   how far the tones lie apart, 0 to 3; 1 is usual
public record SpokenSettings(
        long seed,
        int size,
        int speakers,
        double agree,
        double textOnly,
        double audioOnly,
        double conflict,
        double irony,
        double noisy,
        double snrDb,
        double garbled,
        double wordErrors,
        double noAudio,
        double noText,
        double strength) {

    /// The least and the most utterances.
    public static final int LEAST = 100;

    public static final int MOST = 50_000;

    private static final RecordJson<SpokenSettings> JSON = RecordJson.of(SpokenSettings.class);
    private static final double ROUNDING = 1e-9;

    public SpokenSettings {
        checkRange("size", size, LEAST, MOST);
        checkRange("speakers", speakers, 4, 120);
        checkRange("agree", agree, 0, 1);
        checkRange("textOnly", textOnly, 0, 1);
        checkRange("audioOnly", audioOnly, 0, 1);
        checkRange("conflict", conflict, 0, 1);
        checkRange("irony", irony, 0, 1);
        if (agree + textOnly + audioOnly + conflict + irony == 0) {
            throw new BadInputException(
                    "spoken corpus: agree, textOnly, audioOnly, conflict and irony are all 0; one must be above");
        }
        checkRange("noisy", noisy, 0, 1);
        checkRange("garbled", garbled, 0, 1);
        checkRange("noAudio", noAudio, 0, 1);
        checkRange("noText", noText, 0, 1);
        double conditions = noisy + garbled + noAudio + noText;
        if (conditions > 1 + ROUNDING) {
            throw new BadInputException("spoken corpus: noisy + garbled + noAudio + noText is " + (float) conditions
                    + ", must be at most 1; what is left is clean");
        }
        checkRange("snrDb", snrDb, -20, 40);
        checkRange("wordErrors", wordErrors, 0, 1);
        checkRange("strength", strength, 0, 3);
    }

    /// 3000 utterances of 60 voices, all relations, a fifth in noise of 0 dB and a fifth with half of their words
    /// wrong.
    public static SpokenSettings defaults(long seed) {
        return new SpokenSettings(seed, 3000, 60, 0.3, 0.2, 0.2, 0.15, 0.15, 0.2, 0, 0.2, 0.5, 0, 0, 1);
    }

    /// These with one of them changed.
    ///
    /// @param key   its name
    /// @param value as a person writes it
    /// @throws BadInputException when there is no such setting, or its value is not possible
    public SpokenSettings with(String key, String value) {
        JsonObject changed = toJson().with(key, Json.parse(value, "‹set " + key + "=" + value + "›"));
        return JSON.read(Json.parseObject(changed.toText(), "spoken corpus"));
    }

    /// The share of a relation.
    double share(Relation relation) {
        return weight(relation) / (agree + textOnly + audioOnly + conflict + irony);
    }

    private double weight(Relation relation) {
        return switch (relation) {
            case AGREE -> agree;
            case TEXT_ONLY -> textOnly;
            case AUDIO_ONLY -> audioOnly;
            case CONFLICT -> conflict;
            case IRONY -> irony;
        };
    }

    /// The share of a condition.
    double share(Condition condition) {
        return switch (condition) {
            case CLEAN -> Math.max(0, 1 - noisy - garbled - noAudio - noText);
            case NOISY -> noisy;
            case GARBLED -> garbled;
            case NO_AUDIO -> noAudio;
            case NO_TEXT -> noText;
        };
    }

    /// In the order of the components.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    private static void checkRange(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new BadInputException(
                    "spoken corpus: " + name + " is " + text(value) + ", must lie in " + text(low) + ".." + text(high));
        }
    }

    /// A number as a person writes it: 100, not 100.0.
    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Float.toString((float) value);
    }
}
