package dev.parallax.audio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of the resampler in `docs/audio.md`, measured again with tones throughout the band.
class ResamplerChapterTest {

    private static final int STEPS = 100;
    private static final int OUTPUTS = 6000;

    /// What is left of a tone of amplitude 1.
    ///
    /// @param gain  amplitude at its own frequency
    /// @param other largest sample of all that is not it
    private record Heard(double gain, double other) {}

    /// Plays a tone through the resampler and fits a tone to what comes out, ends left out.
    private static Heard play(Resampler resampler, double hz, int from, int to) {
        float[] x = new float[(int) ((long) OUTPUTS * from / to)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.cos(2 * Math.PI * hz * i / from + 1);
        }
        float[] y = resampler.resample(x);
        int begin = y.length / 4;
        int end = 3 * y.length / 4;
        double cc = 0;
        double ss = 0;
        double cs = 0;
        double yc = 0;
        double ys = 0;
        for (int i = begin; i < end; i++) {
            double c = Math.cos(2 * Math.PI * hz * i / to);
            double s = Math.sin(2 * Math.PI * hz * i / to);
            cc += c * c;
            ss += s * s;
            cs += c * s;
            yc += y[i] * c;
            ys += y[i] * s;
        }
        double a = (yc * ss - ys * cs) / (cc * ss - cs * cs);
        double b = (ys * cc - yc * cs) / (cc * ss - cs * cs);
        double other = 0;
        for (int i = begin; i < end; i++) {
            double angle = 2 * Math.PI * hz * i / to;
            other = Math.max(other, Math.abs(y[i] - a * Math.cos(angle) - b * Math.sin(angle)));
        }
        return new Heard(Math.hypot(a, b), other);
    }

    private static double peak(float[] y) {
        double peak = 0;
        for (int i = y.length / 4; i < 3 * y.length / 4; i++) {
            peak = Math.max(peak, Math.abs(y[i]));
        }
        return peak;
    }

    private static double db(double amplitude) {
        return 20 * Math.log10(amplitude);
    }

    /// @param ripple largest deviation of the gain from 1 up to 0.9 of the lower Nyquist frequency [dB]
    /// @param images largest other sample with a tone there [dB]
    /// @param alias  largest sample with a tone above the lower Nyquist frequency [dB]; -200 where there is none
    @ParameterizedTest
    @CsvSource({
        "48000, 0.0001, -114, -105",
        "44100, 0.0001, -114, -101",
        "32000, 0.0001, -121, -104.9",
        "24414, 0.0001, -116, -98.9",
        "22050, 0.0001, -111, -97",
        "11025, 0.0001, -103, -200",
        "8000, 0.0001, -104, -200"
    })
    void resample_tonesThroughTheBand_areAsPrinted(int from, double ripple, double images, double alias) {
        int to = 16000;
        double nyquist = Math.min(from, to) / 2.0;
        Resampler resampler = Resampler.of(from, to);
        double rippleDb = 0;
        double imagesDb = -200;
        for (int step = 1; step <= STEPS; step++) {
            Heard heard = play(resampler, 0.9 * nyquist * step / STEPS, from, to);
            rippleDb = Math.max(rippleDb, Math.abs(db(heard.gain)));
            imagesDb = Math.max(imagesDb, db(heard.other));
        }
        double aliasDb = -200;
        for (int step = 0; from > to && step < STEPS; step++) {
            double hz = nyquist + (from / 2.0 - nyquist) * step / STEPS;
            float[] x = new float[(int) ((long) OUTPUTS * from / to)];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.cos(2 * Math.PI * hz * i / from + 1);
            }
            aliasDb = Math.max(aliasDb, db(peak(resampler.resample(x))));
        }
        String measured =
                String.format(Locale.ROOT, "%d: %.5f dB, %.1f dB, %.1f dB", from, rippleDb, imagesDb, aliasDb);
        assertTrue(rippleDb <= ripple && imagesDb <= images && aliasDb <= alias, measured);
    }
}
