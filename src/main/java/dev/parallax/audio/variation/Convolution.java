package dev.parallax.audio.variation;

import dev.parallax.audio.FourierTransform;
import java.util.ArrayList;
import java.util.List;

/// The linear convolution of two signals, y\[n\] = Σ_k x\[n - k\] h\[k\], by transforms of blocks.
///
/// ```
/// x and h are cut in blocks of 4096. The product of the transforms of two blocks, each padded to 8192, is the
/// transform of their convolution, which has 8191 values. It is added to y where the two blocks' places meet
/// (overlap-add [1]).
/// [1] T. G. Stockham, High-speed convolution and correlation, AFIPS 1966.
/// ```
final class Convolution {

    private static final int BLOCK = 4096;

    private Convolution() {}

    /// Convolves.
    ///
    /// @param x signal, at least one value, not modified
    /// @param h response, at least one value, not modified
    /// @return x.length + h.length - 1 values
    static float[] of(float[] x, double[] h) {
        FourierTransform transform = new FourierTransform(2 * BLOCK);
        List<double[]> responses = new ArrayList<>();
        for (int from = 0; from < h.length; from += BLOCK) {
            double[] block = new double[2 * BLOCK];
            System.arraycopy(h, from, block, 0, Math.min(BLOCK, h.length - from));
            transform.realForward(block);
            responses.add(block);
        }
        double[] y = new double[x.length + h.length - 1];
        double[] block = new double[2 * BLOCK];
        double[] product = new double[2 * BLOCK];
        for (int from = 0; from < x.length; from += BLOCK) {
            for (int i = 0; i < 2 * BLOCK; i++) {
                block[i] = i < BLOCK && from + i < x.length ? x[from + i] : 0;
            }
            transform.realForward(block);
            for (int part = 0; part < responses.size(); part++) {
                multiply(block, responses.get(part), product);
                transform.realInverse(product);
                int place = from + part * BLOCK;
                for (int i = 0; i < 2 * BLOCK && place + i < y.length; i++) {
                    y[place + i] += product[i];
                }
            }
        }
        float[] out = new float[y.length];
        for (int i = 0; i < y.length; i++) {
            out[i] = (float) y[i];
        }
        return out;
    }

    /// The product of two transforms of real blocks, as realForward lays them out: Re 0, Re N/2, Re 1, Im 1, Re 2, ...
    private static void multiply(double[] a, double[] b, double[] out) {
        out[0] = a[0] * b[0];
        out[1] = a[1] * b[1];
        for (int k = 2; k < out.length; k += 2) {
            out[k] = a[k] * b[k] - a[k + 1] * b[k + 1];
            out[k + 1] = a[k] * b[k + 1] + a[k + 1] * b[k];
        }
    }
}
