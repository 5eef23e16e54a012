package dev.parallax.report.audit;

import dev.parallax.audio.Audio;
import dev.parallax.report.page.Picture;
import dev.parallax.report.page.PlotStyle;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;

/// Pictures of a window of sound on one axis of time: its waveform with what each stretch is worth behind it, and its
/// bands.
final class SoundPictures {

    private static final int WIDTH = 760;
    private static final int LEFT = 8;
    private static final int WAVE = 150;
    private static final int BANDS = 120;
    private static final int AXIS = 22;

    private SoundPictures() {}

    /// @param losses probability of the decision that is lost with each stretch silenced
    static Picture wave(Audio window, List<Double> losses) {
        return Picture.of(WIDTH, WAVE + AXIS, graphics -> {
            clear(graphics, WAVE + AXIS);
            double largest = losses.stream().mapToDouble(Math::abs).max().orElse(0);
            double width = (double) (WIDTH - 2 * LEFT) / Math.max(1, losses.size());
            for (int i = 0; i < losses.size(); i++) {
                Color color = losses.get(i) >= 0 ? PlotStyle.BLUE : PlotStyle.VERMILION;
                double share = largest == 0 ? 0 : Math.abs(losses.get(i)) / largest;
                graphics.setColor(
                        new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(150 * share)));
                int from = (int) Math.round(LEFT + i * width);
                graphics.fillRect(from, 0, (int) Math.round(LEFT + (i + 1) * width) - from, WAVE);
            }
            graphics.setColor(PlotStyle.INK);
            float[] samples = window.samples();
            float peak = 1e-9f;
            for (float sample : samples) {
                peak = Math.max(peak, Math.abs(sample));
            }
            int columns = WIDTH - 2 * LEFT;
            for (int x = 0; x < columns; x++) {
                int from = (int) ((long) samples.length * x / columns);
                int to = Math.max(from + 1, (int) ((long) samples.length * (x + 1) / columns));
                float low = 0;
                float high = 0;
                for (int i = from; i < Math.min(to, samples.length); i++) {
                    low = Math.min(low, samples[i]);
                    high = Math.max(high, samples[i]);
                }
                int middle = WAVE / 2;
                graphics.drawLine(
                        LEFT + x,
                        middle - Math.round(high / peak * (middle - 6)),
                        LEFT + x,
                        middle - Math.round(low / peak * (middle - 6)));
            }
            axis(graphics, WAVE, (double) samples.length / window.sampleRate());
        });
    }

    /// @param bands [frames, bands], the lowest first
    static Picture bands(double[] bands, int frames, double seconds) {
        int count = bands.length / frames;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : bands) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double from = low;
        double range = Math.max(1e-9, high - low);
        return Picture.of(WIDTH, BANDS + AXIS, graphics -> {
            clear(graphics, BANDS + AXIS);
            int columns = WIDTH - 2 * LEFT;
            for (int x = 0; x < columns; x++) {
                int frame = (int) ((long) frames * x / columns);
                for (int y = 0; y < BANDS; y++) {
                    int band = count - 1 - y * count / BANDS;
                    float share = (float) ((bands[frame * count + band] - from) / range);
                    graphics.setColor(new Color(1 - 0.9f * share, 1 - 0.75f * share, 1 - 0.45f * share));
                    graphics.fillRect(LEFT + x, y, 1, 1);
                }
            }
            axis(graphics, BANDS, seconds);
        });
    }

    private static void clear(Graphics2D graphics, int height) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height);
    }

    private static void axis(Graphics2D graphics, int at, double seconds) {
        graphics.setColor(PlotStyle.INK);
        graphics.setFont(PlotStyle.font(Font.PLAIN, 11));
        graphics.drawLine(LEFT, at, WIDTH - LEFT, at);
        double step = seconds > 6 ? 2 : seconds > 2.5 ? 1 : 0.5;
        for (double t = 0; t <= seconds; t += step) {
            int x = LEFT + (int) Math.round((WIDTH - 2 * LEFT) * t / seconds);
            graphics.drawLine(x, at, x, at + 4);
            graphics.drawString(String.format(Locale.ROOT, "%.1f s", t), Math.min(x + 2, WIDTH - 40), at + 16);
        }
    }
}
