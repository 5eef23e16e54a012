package dev.parallax.report.audit;

import dev.parallax.report.page.Picture;
import dev.parallax.report.page.PlotStyle;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;

/// A small picture of a few lines over one axis, their values at most 1.
final class LinePicture {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 220;
    private static final int LEFT = 40;
    private static final int RIGHT = 12;
    private static final int TOP = 28;
    private static final int BOTTOM = 40;
    private static final int TICKS = 5; // at most, beside 0
    private static final int TEXT = 11; // size of letters [px]

    private LinePicture() {}

    /// A line and its name.
    record Line(String name, List<Double> values) {

        Line {
            values = List.copyOf(values);
        }
    }

    /// @param at    places of the values, rising from 0
    /// @param axis  what they are
    /// @param least value at the lower end of the picture: 0 or -1
    static Picture of(List<Double> at, List<Line> lines, String axis, int least) {
        return Picture.of(WIDTH, HEIGHT, graphics -> {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, HEIGHT);
            graphics.setFont(PlotStyle.font(Font.PLAIN, TEXT));
            for (double value = least; value <= 1; value += 0.5) {
                graphics.setColor(PlotStyle.GRID);
                graphics.drawLine(LEFT, y(value, least), WIDTH - RIGHT, y(value, least));
                graphics.setColor(PlotStyle.INK);
                graphics.drawString(String.format(Locale.ROOT, "%.1f", value), 8, y(value, least) + 4);
            }
            double last = at.getLast();
            int step = (int) Math.max(1, Math.ceil(last / TICKS));
            for (int value = 0; value <= last; value += step) {
                graphics.drawString(Integer.toString(value), x(value, last) - 3, HEIGHT - BOTTOM + 16);
            }
            graphics.drawString(axis, LEFT, HEIGHT - 6);
            for (int i = 0; i < lines.size(); i++) {
                graphics.setColor(PlotStyle.color(i));
                graphics.setStroke(i == 0 ? PlotStyle.solid(2) : PlotStyle.dashed());
                draw(graphics, at, lines.get(i).values, least);
                int from = LEFT + i * 180;
                graphics.drawLine(from, 12, from + 24, 12);
                graphics.setColor(PlotStyle.INK);
                graphics.drawString(lines.get(i).name, from + 30, 16);
            }
        });
    }

    private static void draw(Graphics2D graphics, List<Double> at, List<Double> values, int least) {
        double last = at.getLast();
        for (int i = 1; i < values.size(); i++) {
            graphics.drawLine(
                    x(at.get(i - 1), last), y(values.get(i - 1), least), x(at.get(i), last), y(values.get(i), least));
        }
    }

    private static int x(double value, double last) {
        return LEFT + (int) Math.round((WIDTH - LEFT - RIGHT) * value / Math.max(1, last));
    }

    private static int y(double value, int least) {
        return TOP + (int) Math.round((HEIGHT - TOP - BOTTOM) * (1 - value) / (1 - least));
    }
}
