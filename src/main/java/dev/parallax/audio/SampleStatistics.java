package dev.parallax.audio;

/// Statistics of single samples, gathered as they come: number, smallest, largest, mean, those at full scale. Full
/// scale is ±1.
public final class SampleStatistics {

    /// Full scale: the largest positive value of 16 bits, and anything beyond.
    private static final double FULL_SCALE = 32767 / 32768.0;

    private long count;
    private long full;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    /// Those of no sample yet.
    public SampleStatistics() {}

    /// The statistics of these samples.
    public static SampleStatistics of(float... samples) {
        SampleStatistics statistics = new SampleStatistics();
        statistics.accept(samples);
        return statistics;
    }

    /// Adds samples to those before.
    public void accept(float... samples) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float sample : samples) {
            low = Math.min(low, sample);
            high = Math.max(high, sample);
        }
        least = Math.min(least, low);
        greatest = Math.max(greatest, high);
        for (float sample : samples) {
            sum += sample;
        }
        if (peak(low, high) >= FULL_SCALE) { // as of few recordings
            for (float sample : samples) {
                full += Math.abs(sample) >= FULL_SCALE ? 1 : 0;
            }
        }
        count += samples.length;
    }

    public long count() {
        return count;
    }

    /// The smallest sample, 0 where there is none.
    public double least() {
        return count == 0 ? 0 : least;
    }

    /// The largest sample, 0 where there is none.
    public double greatest() {
        return count == 0 ? 0 : greatest;
    }

    /// The largest magnitude, 0 where there is no sample.
    public double peak() {
        return peak(least(), greatest());
    }

    /// The largest magnitude of samples that lie between two.
    public static double peak(double least, double greatest) {
        return Math.max(Math.abs(least), Math.abs(greatest));
    }

    /// Share of the samples at full scale or beyond, in [0, 1]; 0 where there is none.
    public double fullScaleShare() {
        return count == 0 ? 0 : (double) full / count;
    }

    /// The mean, which is the offset of a microphone; 0 where there is no sample.
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }
}
