package dev.parallax.report.plot;

import dev.parallax.report.page.Picture;
import dev.parallax.report.page.PlotStyle;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Scores, or differences of scores, with their intervals, one below the other (a forest plot), and dashed lines at
/// given
/// levels. Drawn by hand, since XChart draws vertical error bars only.
public final class IntervalPlot {

    private static final Font TITLE = PlotStyle.font(Font.BOLD, 15);
    private static final Font LABEL = PlotStyle.font(Font.PLAIN, 12);
    private static final int TOP = 40;
    private static final int ROW = 20;
    private static final int AXIS = 46;
    private static final int RIGHT = 20;
    private static final int DOT = 7;
    private static final double TICK = 0.1;

    private final String title;
    private final String axis;
    private final List<Bar> bars;
    private final Map<String, Double> levels;
    private final int left;
    private final int first; // ticks
    private final int last;

    /// A score.
    ///
    /// @param name of its row
    /// @param mean where the dot is   @param low where the interval begins   @param high where it ends
    public record Bar(String name, double mean, double low, double high) {}

    private IntervalPlot(String title, String axis, List<Bar> bars, Map<String, Double> levels) {
        this.title = title;
        this.axis = axis;
        this.bars = bars;
        this.levels = levels;
        FontRenderContext context = new FontRenderContext(null, true, true);
        this.left = 14
                + (int) bars.stream()
                        .mapToDouble(
                                bar -> LABEL.getStringBounds(bar.name, context).getWidth())
                        .max()
                        .orElse(0);
        double least = bars.stream().mapToDouble(Bar::low).min().orElse(0);
        double most = bars.stream().mapToDouble(Bar::high).max().orElse(1);
        for (double level : levels.values()) {
            least = Math.min(least, level);
            most = Math.max(most, level);
        }
        this.last = (int) Math.min(1 / TICK, Math.ceil(most / TICK + 1e-9));
        int lowest = least < 0 ? (int) (-1 / TICK) : 0;
        this.first = Math.min(last - 1, Math.max(lowest, (int) Math.floor(least / TICK)));
    }

    /// Draws the plot.
    ///
    /// @param axis   what the numbers are
    /// @param levels scores with a dashed line, from -1 to 1, by name
    public static Picture of(String title, String axis, List<Bar> bars, Map<String, Double> levels) {
        IntervalPlot plot = new IntervalPlot(title, axis, bars, levels);
        return Picture.of(plot.width(), plot.height(), plot::draw);
    }

    private int width() {
        return Math.max(Plots.FULL, left + 320);
    }

    private int height() {
        return TOP + bars.size() * ROW + AXIS;
    }

    private double x(double score) {
        return left + (score / TICK - first) / (last - first) * (width() - left - RIGHT);
    }

    private void draw(Graphics2D graphics) {
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        graphics.setColor(PlotStyle.INK);
        graphics.setFont(TITLE);
        int middle = (width() - graphics.getFontMetrics().stringWidth(title)) / 2;
        graphics.drawString(title, middle, TOP - 16);
        graphics.setFont(LABEL);
        int bottom = TOP + bars.size() * ROW;
        for (int tick = first; tick <= last; tick++) {
            double x = x(tick * TICK);
            graphics.setColor(PlotStyle.GRID);
            graphics.draw(new Line2D.Double(x, TOP, x, bottom));
            graphics.setColor(PlotStyle.INK);
            String text = String.format(Locale.ROOT, "%.1f", tick * TICK);
            graphics.drawString(text, (float) (x - graphics.getFontMetrics().stringWidth(text) / 2.0), bottom + 18);
        }
        graphics.drawString(axis, left, bottom + 38);
        graphics.setStroke(PlotStyle.dashed());
        levels.values().forEach(level -> graphics.draw(new Line2D.Double(x(level), TOP, x(level), bottom)));
        for (int i = 0; i < bars.size(); i++) {
            draw(graphics, bars.get(i), TOP + i * ROW + ROW / 2);
        }
    }

    private void draw(Graphics2D graphics, Bar bar, int y) {
        graphics.setColor(PlotStyle.INK);
        int width = graphics.getFontMetrics().stringWidth(bar.name);
        graphics.drawString(bar.name, left - 8 - width, y + 4);
        graphics.setColor(PlotStyle.BLUE);
        graphics.setStroke(PlotStyle.solid(2));
        graphics.draw(new Line2D.Double(x(bar.low), y, x(bar.high), y));
        graphics.fill(new Ellipse2D.Double(x(bar.mean) - DOT / 2.0, y - DOT / 2.0, DOT, DOT));
    }
}
