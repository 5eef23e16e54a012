package dev.parallax.audio.source;

import dev.parallax.audio.FourierTransform;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes the [Fingerprint] of a recording that comes in blocks. Its windows of 128 ms overlap by seven eighths, so
/// it hardly matters where the first one starts. Its bands are in hertz, so the sample rate does not matter.
final class FingerprintMaker {

    private static final double WINDOW_SECONDS = 0.128;
    private static final double LOWEST = 300; // [Hz], as with a telephone
    private static final double HIGHEST = 3400;
    private static final int LATER = 4; // words between which a slope rises or falls
    private static final double AUDIBLE = 1e-3; // of the loudest window's power
    private static final double FLOOR = 1e-6; // of the loudest window's power, in all bands together

    private final int sampleRate;
    private final int nFft;
    private final double[] window;
    private final int[] firstBin = new int[Fingerprint.BANDS + 1];
    private final Spectrum spectrum;
    private final FourierTransform transform;
    private final double[] frame;
    private final double[] power;
    private final List<float[]> bands = new ArrayList<>();
    private float[] pending = new float[0];
    private int pendingSize;
    private long pendingStart;

    FingerprintMaker(int sampleRate) {
        this.sampleRate = sampleRate;
        this.nFft = smooth((int) Math.max(2, Math.round(WINDOW_SECONDS * sampleRate)));
        this.window = WindowFunction.HANN.weights(nFft);
        this.spectrum = new Spectrum(nFft, Spectrum.Kind.POWER);
        this.transform = spectrum.transform();
        this.frame = new double[nFft];
        this.power = new double[spectrum.bins()];
        for (int band = 0; band <= Fingerprint.BANDS; band++) {
            double edge = LOWEST * Math.pow(HIGHEST / LOWEST, band / (double) Fingerprint.BANDS);
            firstBin[band] = (int) Math.ceil(edge * nFft / sampleRate);
        }
    }

    /// The next even length whose only factors are 2, 3 and 5, of which transforms are fast.
    private static int smooth(int length) {
        for (int n = length + length % 2; ; n += 2) {
            int rest = n;
            for (int factor : new int[] {2, 3, 5}) {
                while (rest % factor == 0) {
                    rest /= factor;
                }
            }
            if (rest == 1) {
                return n;
            }
        }
    }

    /// Whether the bands are below half of the sample rate.
    private boolean isWideEnough() {
        return sampleRate >= 2 * HIGHEST;
    }

    /// Takes the next samples.
    void accept(float[] block) {
        if (!isWideEnough()) {
            return;
        }
        if (pending.length < pendingSize + block.length) {
            pending = Arrays.copyOf(pending, pendingSize + block.length);
        }
        System.arraycopy(block, 0, pending, pendingSize, block.length);
        pendingSize += block.length;
        long start = startOf(bands.size());
        while (start + nFft <= pendingStart + pendingSize) {
            bands.add(bandsAt((int) (start - pendingStart)));
            start = startOf(bands.size());
        }
        int over = (int) Math.min(pendingSize, start - pendingStart);
        System.arraycopy(pending, over, pending, 0, pendingSize - over);
        pendingSize -= over;
        pendingStart += over;
    }

    private long startOf(int word) {
        return Math.round(word * Fingerprint.HOP_SECONDS * sampleRate);
    }

    private float[] bandsAt(int start) {
        for (int i = 0; i < nFft; i++) {
            frame[i] = window[i] * pending[start + i];
        }
        spectrum.of(transform, frame, power);
        float[] energies = new float[Fingerprint.BANDS];
        for (int band = 0; band < energies.length; band++) {
            double sum = 0;
            for (int bin = firstBin[band]; bin < firstBin[band + 1]; bin++) {
                sum += power[bin];
            }
            energies[band] = (float) (sum / (firstBin[band + 1] - firstBin[band]));
        }
        return energies;
    }

    /// The fingerprint of all that came.
    Fingerprint fingerprint() {
        double[] loudness = bands.stream().mapToDouble(FingerprintMaker::sum).toArray();
        double loudest = Arrays.stream(loudness).max().orElse(0);
        if (loudest == 0 || bands.size() <= LATER) {
            return new Fingerprint();
        }
        double floor = FLOOR * loudest / Fingerprint.BANDS;
        double[][] slopes = bands.stream().map(band -> slopes(band, floor)).toArray(double[][]::new);
        int[] words = new int[slopes.length - LATER];
        double[] change = new double[Fingerprint.BITS];
        for (int i = 0; i < words.length; i++) {
            for (int bit = 0; bit < change.length; bit++) {
                change[bit] = slopes[i + LATER][bit] - slopes[i][bit];
            }
            boolean audible = Math.min(loudness[i], loudness[i + LATER]) > AUDIBLE * loudest;
            words[i] = Fingerprint.word(change, audible);
        }
        return new Fingerprint(words);
    }

    private static double sum(float[] energies) {
        double sum = 0;
        for (float energy : energies) {
            sum += energy;
        }
        return sum;
    }

    private static double[] slopes(float[] energies, double floor) {
        double[] slopes = new double[Fingerprint.BITS];
        for (int bit = 0; bit < slopes.length; bit++) {
            slopes[bit] = Math.log((energies[bit] + floor) / (energies[bit + 1] + floor));
        }
        return slopes;
    }
}
