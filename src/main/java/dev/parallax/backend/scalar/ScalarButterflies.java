package dev.parallax.backend.scalar;

import dev.parallax.backend.Butterflies;

/// Butterflies in plain loops.
public final class ScalarButterflies implements Butterflies {

    @Override
    public void fours(double[] re, double[] im, int length, double[] w) {
        int sequences = re.length / (length * LANES);
        for (int m = 0; m < length / 4; m++) {
            fours(re, im, m * LANES, length / 4 * LANES, w, 6 * m * sequences);
        }
    }

    /// One butterfly of each sequence.
    ///
    /// @param row where it begins in the first
    /// @param at  where its w begin
    private static void fours(double[] re, double[] im, int row, int apart, double[] w, int at) {
        double re1 = w[at];
        double im1 = w[at + 1];
        double re2 = w[at + 2];
        double im2 = w[at + 3];
        double re3 = w[at + 4];
        double im3 = w[at + 5];
        for (int first = row; first < re.length; first += 4 * apart) {
            int a = first;
            int b = a + apart;
            int c = b + apart;
            int d = c + apart;
            for (int end = a + LANES; a < end; a++, b++, c++, d++) {
                double sumRe = re[a] + re[c];
                double sumIm = im[a] + im[c];
                double differenceRe = re[a] - re[c];
                double differenceIm = im[a] - im[c];
                double otherRe = re[b] + re[d];
                double otherIm = im[b] + im[d];
                double turnedRe = im[b] - im[d]; // -j (b - d)
                double turnedIm = re[d] - re[b];
                double bRe = differenceRe + turnedRe;
                double bIm = differenceIm + turnedIm;
                double cRe = sumRe - otherRe;
                double cIm = sumIm - otherIm;
                double dRe = differenceRe - turnedRe;
                double dIm = differenceIm - turnedIm;
                re[a] = sumRe + otherRe;
                im[a] = sumIm + otherIm;
                re[b] = bRe * re1 - bIm * im1;
                im[b] = bRe * im1 + bIm * re1;
                re[c] = cRe * re2 - cIm * im2;
                im[c] = cRe * im2 + cIm * re2;
                re[d] = dRe * re3 - dIm * im3;
                im[d] = dRe * im3 + dIm * re3;
            }
        }
    }

    @Override
    public void twos(double[] re, double[] im) {
        for (int first = 0; first < re.length; first += 2 * LANES) {
            for (int a = first; a < first + LANES; a++) {
                int b = a + LANES;
                double sumRe = re[a] + re[b];
                double sumIm = im[a] + im[b];
                re[b] = re[a] - re[b];
                im[b] = im[a] - im[b];
                re[a] = sumRe;
                im[a] = sumIm;
            }
        }
    }

    @Override
    public void powers(double[] re, double[] im, int[] rows, double[] cos, double[] sin, double[] out) {
        for (int k = 1; k < rows.length; k++) {
            int here = rows[k] * LANES;
            int there = rows[rows.length - k] * LANES;
            double c = cos[k] / 2;
            double s = sin[k] / 2;
            for (int l = 0; l < LANES; l++) {
                double evenRe = re[here + l] + re[there + l];
                double evenIm = im[here + l] - im[there + l];
                double oddRe = im[here + l] + im[there + l];
                double oddIm = re[there + l] - re[here + l];
                double xRe = evenRe / 2 + (oddRe * c + oddIm * s);
                double xIm = evenIm / 2 + (oddIm * c - oddRe * s);
                out[k * LANES + l] = xRe * xRe + xIm * xIm;
            }
        }
    }
}
