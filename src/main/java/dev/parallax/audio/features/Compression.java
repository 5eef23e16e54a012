package dev.parallax.audio.features;

import dev.parallax.BadInputException;

/// How energies become loudness: a logarithm with a floor, so that silence stays finite.
///
/// @param scale   which function
/// @param floor   energies below this are not distinguished, above 0 (unused by `LINEAR`)
/// @param rangeDb with `DB`: values more than this below the largest of the whole recording are raised to that limit
///                (librosa's `top_db`); 0 for no limit. A stream cannot reproduce a limit.
public record Compression(Scale scale, double floor, double rangeDb) {

    /// The functions of an energy e, with floor a.
    public enum Scale {
        /// e.
        LINEAR,
        /// ln(max(e, a)).
        LN,
        /// ln(e + a): as `LN` far from the floor, without a corner near it.
        LN_PLUS,
        /// 10 log10(max(e, a)).
        DB
    }

    public Compression {
        if (!(floor > 0 && rangeDb >= 0) || (rangeDb > 0 && scale != Scale.DB)) {
            throw new BadInputException("compression " + scale + ": floor " + floor + " must be above 0 and rangeDb "
                    + rangeDb + " at least 0, above it only for DB");
        }
    }

    /// The function of one energy.
    public double of(double energy) {
        return switch (scale) {
            case LINEAR -> energy;
            case LN -> Math.log(Math.max(energy, floor));
            case LN_PLUS -> Math.log(energy + floor);
            case DB -> 10 * Math.log10(Math.max(energy, floor));
        };
    }

    /// Raises values that lie more than `rangeDb` below the largest, in place.
    void limitRangeInPlace(float[] values) {
        if (rangeDb == 0) {
            return;
        }
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        float lowest = (float) (max - rangeDb);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], lowest);
        }
    }
}
