package dev.parallax.audio;

import dev.parallax.backend.SlidingProduct;
import dev.parallax.backend.select.WarmUp;
import java.util.Arrays;

/// The low-pass filter of a [Resampler], computed at a rate that is a simple fraction of the signal's:
/// y(m) = Σ_k x\[k\] h(m · down / up - k), for any integer m, x zero outside.
///
/// ```
/// h has one set of taps for each of the `up` places that an output may have between two samples (its phases). A
/// table has those of a whole period, or of as many periods as fill a strip of 32 outputs. The outputs of a strip
/// read the same piece of the signal, each with its taps and with zeros where h does not reach. So a strip is a
/// column of numbers [terms, 32], a piece is a row [terms], and their product is 32 outputs. The pieces of one period
/// after the other overlap, and all of them together are one product of matrices (SlidingProduct), in which no
/// number is loaded for one multiply-add alone. Where 48 kHz become 16, 32 outputs read 565 samples, of which each
/// needs 469: five multiplications of six are of use.
/// ```
///
/// An instance is immutable and may be shared by threads.
final class PolyphaseFilter {

    private static final int STRIP = 32; // outputs: two vectors of 16 floats
    private static final int CHUNK = 24_576; // samples of the signal that a chunk reads: 96 KiB
    private static final int LEAST_ROWS = 8;
    private static final WarmUp<SlidingProduct> PRODUCT = WarmUp.ofProduct();

    private final int up;
    private final int down;
    private final int reach; // of the filter on each side, in samples
    private final int period; // outputs of a row: a multiple of `up`
    private final int hop; // samples from one row to the next
    private final float[][] taps; // of each strip, [terms, outputs]
    private final int rows; // of a chunk

    /// @param kernel h, times in samples of the lower rate
    /// @param width  h is zero from there on [samples of the lower rate]
    /// @param ratio  of the signal's rate to the lower rate, at least 1
    /// @param up     outputs for each `down` samples; no common divisor
    PolyphaseFilter(KaiserSinc kernel, int width, double ratio, int up, int down) {
        this.up = up;
        this.down = down;
        this.reach = (int) Math.ceil(width * ratio);
        int periods = Math.max(1, STRIP / up);
        this.period = up * periods;
        this.hop = down * periods;
        this.taps = new float[Math.ceilDiv(period, STRIP)][];
        double[] response = new double[reach * up + 1]; // h is symmetric
        for (int n = 0; n < response.length; n++) {
            response[n] = kernel.at(n / (ratio * up));
        }
        for (int strip = 0; strip < taps.length; strip++) {
            taps[strip] = taps(response, strip * STRIP, outputs(strip));
        }
        this.rows = Math.max(LEAST_ROWS, CHUNK / hop);
    }

    /// Taps of its table, with the zeros among them.
    long size() {
        return Arrays.stream(taps).mapToLong(strip -> strip.length).sum();
    }

    private int outputs(int strip) {
        return Math.min(STRIP, period - strip * STRIP);
    }

    /// The sample at or before an output.
    private int sample(int output) {
        return (int) ((long) output * down / up);
    }

    /// The taps of `count` outputs, each scaled to sum to 1: a constant stays one.
    private float[] taps(double[] response, int first, int count) {
        int begin = sample(first) - reach;
        int terms = sample(first + count - 1) + reach + 2 - begin;
        float[] strip = new float[terms * count];
        double[] column = new double[terms];
        for (int c = 0; c < count; c++) {
            long time = (long) (first + c) * down; // in samples / up
            double sum = 0;
            for (int i = 0; i < terms; i++) {
                column[i] = at(response, time - (long) (begin + i) * up);
                sum += column[i];
            }
            for (int i = 0; i < terms; i++) {
                strip[i * count + c] = (float) (column[i] / sum);
            }
        }
        return strip;
    }

    private static double at(double[] response, long time) {
        return Math.abs(time) < response.length ? response[(int) Math.abs(time)] : 0;
    }

    /// Computes outputs `first` to `first + count - 1`; the first may be negative.
    ///
    /// @param threads at most; the result does not depend on how many
    float[] apply(float[] x, int first, int count, int threads) {
        float[] out = new float[count];
        int firstRow = Math.floorDiv(first, period);
        int allRows = Math.ceilDiv(first + count, period) - firstRow;
        ParallelLoop.run(Math.ceilDiv(allRows, rows), 1, threads, () -> {
            float[] piece = new float[(rows - 1) * hop + sample(period) + 2 * reach + 2];
            float[] computed = new float[rows * period];
            return (from, end) -> {
                for (int chunk = from; chunk < end; chunk++) {
                    int row = firstRow + chunk * rows;
                    chunk(x, row, Math.min(rows, firstRow + allRows - row), piece, computed);
                    int at = row * period - first;
                    int begin = Math.max(0, -at);
                    int length = Math.min(computed.length, count - at) - begin;
                    System.arraycopy(computed, begin, out, at + begin, length);
                }
            };
        });
        return out;
    }

    /// Computes whole rows.
    ///
    /// @param piece    receives what they read of the signal, and zeros outside of it
    /// @param computed receives them
    private void chunk(float[] x, int row, int count, float[] piece, float[] computed) {
        long start = (long) row * hop - reach;
        int begin = Math.clamp(-start, 0, piece.length);
        int end = Math.clamp(x.length - start, begin, piece.length);
        Arrays.fill(piece, 0, begin, 0);
        if (begin < end) {
            System.arraycopy(x, (int) (start + begin), piece, begin, end - begin);
        }
        Arrays.fill(piece, end, piece.length, 0);
        for (int strip = 0; strip < taps.length; strip++) {
            int columns = outputs(strip);
            int at = sample(strip * STRIP);
            int terms = taps[strip].length / columns;
            SlidingProduct product = PRODUCT.next((long) count * columns * terms);
            product.multiply(piece, at, hop, count, taps[strip], terms, columns, computed, strip * STRIP, period);
        }
    }
}
