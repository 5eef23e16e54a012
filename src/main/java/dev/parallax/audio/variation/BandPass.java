package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.KaiserSinc;

/// A filter that leaves a band of frequencies, of zero phase: the difference of two low-pass filters ([KaiserSinc]).
///
/// ```
/// h[n] = c2 sinc(c2 n) w(n / W) - c1 sinc(c1 n) w(n / W),  |n| < W,  c a cut-off as a share of half the sample rate
/// ```
///
/// Within the band the gain is 1 within 0.02 dB; [#TRANSITION_HZ] outside of it, and further out, it is at most -60 dB.
/// An upper edge so near to half of the sample rate that the transition would end above it is none.
///
/// @param fromHz lower edge [Hz], above [#TRANSITION_HZ]; 0 for a low-pass filter
/// @param toHz   upper edge [Hz], above the lower one
public record BandPass(double fromHz, double toHz) {

    /// Between the band and what is gone [Hz].
    public static final double TRANSITION_HZ = 100;

    private static final double ATTENUATION_DB = 66; // two filters add their ripples

    public BandPass {
        if (!((fromHz == 0 || fromHz > TRANSITION_HZ) && toHz > fromHz)) {
            throw new BadInputException("band-pass filter: " + fromHz + " to " + toHz + " Hz; the lower edge must be 0"
                    + " or above " + TRANSITION_HZ + " Hz, and the upper edge above it");
        }
    }

    /// Filters a recording.
    ///
    /// @param audio not modified; an empty one stays empty
    /// @return as many samples at the same rate
    public Audio apply(Audio audio) {
        int length = audio.samples().length;
        if (length == 0) {
            return audio;
        }
        double[] response = response(audio.sampleRate());
        float[] whole = Convolution.of(audio.samples(), response);
        float[] out = new float[length];
        System.arraycopy(whole, response.length / 2, out, 0, length);
        return new Audio(out, audio.sampleRate());
    }

    /// The impulse response, an odd number of values around its middle.
    double[] response(int rate) {
        double halfWidth = (ATTENUATION_DB - 7.95) / (14.36 * TRANSITION_HZ / rate) / 2;
        int reach = (int) Math.ceil(halfWidth);
        double beta = KaiserSinc.betaOf(ATTENUATION_DB);
        double high = (toHz + TRANSITION_HZ / 2) / (rate / 2.0);
        double low = (fromHz - TRANSITION_HZ / 2) / (rate / 2.0);
        double[] response = new double[2 * reach + 1];
        if (toHz + TRANSITION_HZ > rate / 2.0) {
            response[reach] = 1; // nothing to cut off above
        } else {
            add(response, high, new KaiserSinc(high, halfWidth, beta));
        }
        if (fromHz > 0) {
            add(response, -low, new KaiserSinc(low, halfWidth, beta));
        }
        return response;
    }

    private static void add(double[] response, double gain, KaiserSinc filter) {
        int reach = response.length / 2;
        for (int i = 0; i < response.length; i++) {
            response[i] += gain * filter.at(i - reach);
        }
    }
}
