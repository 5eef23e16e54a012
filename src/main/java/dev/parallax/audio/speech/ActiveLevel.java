package dev.parallax.audio.speech;

import java.util.Arrays;

/// The active speech level: how loud somebody speaks while he or she speaks, whatever silence lies around it.
///
/// ITU-T P.56 (method B) uses the threshold c that lies M = 15.9 dB below the mean power of all that is louder
/// than c; that mean is the level. Here the powers are those of blocks of 10 ms, averaged over 50 ms, in place of an
/// exponential envelope with a hang-over. With the powers in falling order p_1 >= p_2 >= ... the active ones are the
/// first k, the largest k for which none of the means before it lies more than M above its last power:
///
///     (p_1 + ... + p_j) / j  <=  10^(M/10) p_j      for all j <= k
///     level = 10 log10((p_1 + ... + p_k) / k)
///
/// So a factor on all samples moves the level by exactly that factor, and silence or noise more than M below the
/// voice moves it not at all. It lies above P.56's level, which counts short pauses as speech.
///
/// Source: ITU-T Recommendation P.56, "Objective measurement of active speech level", 2011.
final class ActiveLevel {

    /// Margin between the level and what is no longer active [dB] (P.56, 7.3).
    static final double MARGIN_DB = 15.9;

    /// The level of digital silence, and of nothing [dB].
    static final double NONE_DB = -200;

    private ActiveLevel() {}

    /// The active level of blocks.
    ///
    /// @param levelsDb of blocks of equal length [dB], not modified
    /// @return in the unit of the levels; at least [#NONE_DB]
    static double ofDb(double... levelsDb) {
        double[] levels = levelsDb.clone();
        Arrays.sort(levels);
        double ratio = Math.pow(10, MARGIN_DB / 10);
        double sum = 0;
        double mean = 0;
        for (int count = 1; count <= levels.length; count++) {
            double power = Math.pow(10, levels[levels.length - count] / 10);
            sum += power;
            if (sum / count > ratio * power) {
                break;
            }
            mean = sum / count;
        }
        return Math.max(NONE_DB, 10 * Math.log10(mean));
    }
}
