package dev.parallax.backend.vector;

import dev.parallax.backend.Butterflies;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Butterflies in vectors: a row is one vector, or a few on machines with narrow ones. No fused multiply-add: a
/// product is rounded, as in plain loops.
public final class VectorButterflies implements Butterflies {

    // a row may be narrower than the widest vector
    private static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() > LANES ? DoubleVector.SPECIES_256 : DoubleVector.SPECIES_PREFERRED;

    @Override
    public void fours(double[] re, double[] im, int length, double[] w) {
        int apart = length / 4 * LANES;
        int step = 6 * re.length / (length * LANES);
        int at = 0;
        for (int row = 0; row < apart; row += LANES, at += step) {
            DoubleVector re1 = DoubleVector.broadcast(DOUBLES, w[at]);
            DoubleVector im1 = DoubleVector.broadcast(DOUBLES, w[at + 1]);
            DoubleVector re2 = DoubleVector.broadcast(DOUBLES, w[at + 2]);
            DoubleVector im2 = DoubleVector.broadcast(DOUBLES, w[at + 3]);
            DoubleVector re3 = DoubleVector.broadcast(DOUBLES, w[at + 4]);
            DoubleVector im3 = DoubleVector.broadcast(DOUBLES, w[at + 5]);
            for (int first = row; first < re.length; first += 4 * apart) {
                for (int a = first; a < first + LANES; a += DOUBLES.length()) {
                    int b = a + apart;
                    int c = b + apart;
                    int d = c + apart;
                    DoubleVector aRe = DoubleVector.fromArray(DOUBLES, re, a);
                    DoubleVector aIm = DoubleVector.fromArray(DOUBLES, im, a);
                    DoubleVector bRe = DoubleVector.fromArray(DOUBLES, re, b);
                    DoubleVector bIm = DoubleVector.fromArray(DOUBLES, im, b);
                    DoubleVector cRe = DoubleVector.fromArray(DOUBLES, re, c);
                    DoubleVector cIm = DoubleVector.fromArray(DOUBLES, im, c);
                    DoubleVector dRe = DoubleVector.fromArray(DOUBLES, re, d);
                    DoubleVector dIm = DoubleVector.fromArray(DOUBLES, im, d);
                    DoubleVector sumRe = aRe.add(cRe);
                    DoubleVector sumIm = aIm.add(cIm);
                    DoubleVector differenceRe = aRe.sub(cRe);
                    DoubleVector differenceIm = aIm.sub(cIm);
                    DoubleVector otherRe = bRe.add(dRe);
                    DoubleVector otherIm = bIm.add(dIm);
                    DoubleVector turnedRe = bIm.sub(dIm); // -j (b - d)
                    DoubleVector turnedIm = dRe.sub(bRe);
                    sumRe.add(otherRe).intoArray(re, a);
                    sumIm.add(otherIm).intoArray(im, a);
                    bRe = differenceRe.add(turnedRe);
                    bIm = differenceIm.add(turnedIm);
                    bRe.mul(re1).sub(bIm.mul(im1)).intoArray(re, b);
                    bRe.mul(im1).add(bIm.mul(re1)).intoArray(im, b);
                    cRe = sumRe.sub(otherRe);
                    cIm = sumIm.sub(otherIm);
                    cRe.mul(re2).sub(cIm.mul(im2)).intoArray(re, c);
                    cRe.mul(im2).add(cIm.mul(re2)).intoArray(im, c);
                    dRe = differenceRe.sub(turnedRe);
                    dIm = differenceIm.sub(turnedIm);
                    dRe.mul(re3).sub(dIm.mul(im3)).intoArray(re, d);
                    dRe.mul(im3).add(dIm.mul(re3)).intoArray(im, d);
                }
            }
        }
    }

    @Override
    public void twos(double[] re, double[] im) {
        for (int first = 0; first < re.length; first += 2 * LANES) {
            for (int a = first; a < first + LANES; a += DOUBLES.length()) {
                int b = a + LANES;
                DoubleVector aRe = DoubleVector.fromArray(DOUBLES, re, a);
                DoubleVector aIm = DoubleVector.fromArray(DOUBLES, im, a);
                DoubleVector bRe = DoubleVector.fromArray(DOUBLES, re, b);
                DoubleVector bIm = DoubleVector.fromArray(DOUBLES, im, b);
                aRe.add(bRe).intoArray(re, a);
                aIm.add(bIm).intoArray(im, a);
                aRe.sub(bRe).intoArray(re, b);
                aIm.sub(bIm).intoArray(im, b);
            }
        }
    }

    @Override
    public void powers(double[] re, double[] im, int[] rows, double[] cos, double[] sin, double[] out) {
        for (int k = 1; k < rows.length; k++) {
            DoubleVector c = DoubleVector.broadcast(DOUBLES, cos[k] / 2);
            DoubleVector s = DoubleVector.broadcast(DOUBLES, sin[k] / 2);
            for (int l = 0; l < LANES; l += DOUBLES.length()) {
                int here = rows[k] * LANES + l;
                int there = rows[rows.length - k] * LANES + l;
                DoubleVector hereRe = DoubleVector.fromArray(DOUBLES, re, here);
                DoubleVector hereIm = DoubleVector.fromArray(DOUBLES, im, here);
                DoubleVector thereRe = DoubleVector.fromArray(DOUBLES, re, there);
                DoubleVector thereIm = DoubleVector.fromArray(DOUBLES, im, there);
                DoubleVector oddRe = hereIm.add(thereIm);
                DoubleVector oddIm = thereRe.sub(hereRe);
                DoubleVector xRe = hereRe.add(thereRe).mul(0.5).add(oddRe.mul(c).add(oddIm.mul(s)));
                DoubleVector xIm = hereIm.sub(thereIm).mul(0.5).add(oddIm.mul(c).sub(oddRe.mul(s)));
                xRe.mul(xRe).add(xIm.mul(xIm)).intoArray(out, k * LANES + l);
            }
        }
    }
}
