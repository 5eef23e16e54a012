package dev.parallax.report.plot;

import dev.parallax.data.Labels;
import dev.parallax.eval.Confusion;
import dev.parallax.report.page.Picture;
import dev.parallax.report.page.PlotStyle;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.Locale;

/// A confusion matrix as a picture: one row per true class, one column per answer. A cell shows its count and its
/// share of the row; the larger the share, the darker the cell. Drawn by hand, since XChart's heat map writes one
/// number per cell.
final class ConfusionPlot {

    private static final Font TITLE = PlotStyle.font(Font.BOLD, 15);
    private static final Font LABEL = PlotStyle.font(Font.PLAIN, 13);
    private static final Font COUNT = PlotStyle.font(Font.BOLD, 14);
    private static final Font SHARE = PlotStyle.font(Font.PLAIN, 12);

    private static final int TOP = 40;
    private static final int BOTTOM = 54;
    private static final int RIGHT = 14;
    private static final int AXIS = 30;
    private static final int ROW = 52;

    private final String title;
    private final Labels labels;
    private final Confusion confusion;
    private final int left;
    private final int column;

    private ConfusionPlot(String title, Labels labels, Confusion confusion) {
        this.title = title;
        this.labels = labels;
        this.confusion = confusion;
        FontRenderContext context = new FontRenderContext(null, true, true);
        int widest = (int) labels.names().stream()
                .mapToDouble(name -> LABEL.getStringBounds(name, context).getWidth())
                .max()
                .orElse(0);
        this.left = AXIS + widest + 10;
        this.column = Math.max(widest + 10, (Plots.HALF - left - RIGHT) / labels.size());
    }

    /// Draws the matrix.
    static Picture of(String title, Labels labels, Confusion confusion) {
        ConfusionPlot plot = new ConfusionPlot(title, labels, confusion);
        return Picture.of(plot.width(), plot.height(), plot::draw);
    }

    private int width() {
        return Math.max(Plots.HALF, left + labels.size() * column + RIGHT);
    }

    private int height() {
        return TOP + labels.size() * ROW + BOTTOM;
    }

    private void draw(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        graphics.setColor(PlotStyle.INK);
        centred(graphics, TITLE, title, width() / 2, TOP - 14);
        int classes = labels.size();
        int bottom = TOP + classes * ROW;
        for (int c = 0; c < classes; c++) {
            String name = labels.names().get(c);
            graphics.setColor(PlotStyle.INK);
            centred(graphics, LABEL, name, left + c * column + column / 2, bottom + 20);
            int width = graphics.getFontMetrics().stringWidth(name);
            graphics.drawString(name, left - 8 - width, TOP + c * ROW + ROW / 2 + 5);
            for (int answer = 0; answer < classes; answer++) {
                cell(graphics, c, answer);
            }
        }
        centred(graphics, LABEL, "answered", left + classes * column / 2, bottom + 42);
        graphics.rotate(-Math.PI / 2);
        centred(graphics, LABEL, "true class", -(TOP + classes * ROW / 2), 20);
    }

    private void cell(Graphics2D graphics, int truth, int answer) {
        int support = confusion.support(truth);
        int count = confusion.count(truth, answer);
        double share = support == 0 ? 0 : (double) count / support;
        int x = left + answer * column;
        int y = TOP + truth * ROW;
        graphics.setColor(shade(share));
        graphics.fillRect(x, y, column, ROW);
        graphics.setColor(PlotStyle.GRID);
        graphics.drawRect(x, y, column, ROW);
        graphics.setColor(PlotStyle.INK);
        centred(graphics, COUNT, Integer.toString(count), x + column / 2, y + 23);
        centred(graphics, SHARE, String.format(Locale.ROOT, "%.0f %%", 100 * share), x + column / 2, y + 40);
    }

    /// White at share 0, the palette's sky blue at 1: dark ink can be read on both.
    private static Color shade(double share) {
        return new Color(
                between(share, PlotStyle.SKY.getRed()),
                between(share, PlotStyle.SKY.getGreen()),
                between(share, PlotStyle.SKY.getBlue()));
    }

    private static int between(double share, int full) {
        return (int) Math.round(255 + share * (full - 255));
    }

    private static void centred(Graphics2D graphics, Font font, String text, int x, int y) {
        graphics.setFont(font);
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2f, y);
    }
}
