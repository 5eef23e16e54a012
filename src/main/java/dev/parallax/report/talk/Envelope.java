package dev.parallax.report.talk;

import dev.parallax.audio.file.AudioFile;
import dev.parallax.report.page.Html;

/// The envelope of a recording: the largest magnitude in each eighth of a second, in [0, 1].
/// The loudest moment of the recording has 1.
final class Envelope {

    private static final int PER_SECOND = 8;
    private static final int HALF = 50; // of the height of the drawing

    private final float[] peaks;

    private Envelope(float[] peaks) {
        this.peaks = peaks;
    }

    /// Reads a recording to its end, however long it is.
    static Envelope of(AudioFile file) {
        int rate = file.sampleRate();
        float[] peaks = new float[(int) Math.min(Integer.MAX_VALUE / 2, file.frames() * PER_SECOND / rate + 1)];
        int block = Math.max(1, rate); // a second
        for (long start = 0; start < file.frames(); start += block) {
            float[] samples = file.read(start, block).samples();
            for (int i = 0; i < samples.length; i++) {
                int at = (int) Math.min(peaks.length - 1, (start + i) * PER_SECOND / rate);
                peaks[at] = Math.max(peaks[at], Math.abs(samples[i]));
            }
        }
        float loudest = 1e-9f;
        for (float peak : peaks) {
            loudest = Math.max(loudest, peak);
        }
        for (int i = 0; i < peaks.length; i++) {
            peaks[i] /= loudest;
        }
        return new Envelope(peaks);
    }

    /// A drawing of a stretch, as wide as its box.
    ///
    /// @param from    its start [s]
    /// @param seconds its length
    /// @param columns at most
    Html drawing(double from, double seconds, int columns) {
        int wanted = Math.clamp(Math.round(seconds * PER_SECOND), 1, columns);
        StringBuilder path = new StringBuilder();
        for (int x = 0; x < wanted; x++) {
            int first = (int) Math.floor((from + seconds * x / wanted) * PER_SECOND);
            int to = (int) Math.ceil((from + seconds * (x + 1) / wanted) * PER_SECOND);
            int height = Math.round(HALF * mean(first, to));
            if (height > 0) {
                path.append('M')
                        .append(x)
                        .append(' ')
                        .append(HALF - height)
                        .append('v')
                        .append(2 * height);
            }
        }
        return Html.of("svg", Html.of("path").with("d", path.toString()))
                .with("class", "wave")
                .with("viewBox", "0 0 " + wanted + " " + 2 * HALF)
                .with("preserveAspectRatio", "none")
                .with("aria-hidden", "true");
    }

    private float mean(int from, int to) {
        float sum = 0;
        for (int i = Math.max(0, from); i < Math.min(peaks.length, to); i++) {
            sum += peaks[i];
        }
        return sum / Math.max(1, to - from);
    }
}
