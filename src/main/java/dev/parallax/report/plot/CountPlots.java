package dev.parallax.report.plot;

import dev.parallax.report.page.Picture;
import dev.parallax.report.page.PlotStyle;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Plots of counts by name, and of the distribution of values.
public final class CountPlots {

    private static final Font TITLE = PlotStyle.font(Font.BOLD, 15);
    private static final Font LABEL = PlotStyle.font(Font.PLAIN, 13);
    private static final int TOP = 42;
    private static final int ROW = 26;
    private static final int BAR = 16;
    private static final int BOTTOM = 14;

    private CountPlots() {}

    /// A bar for each name, one below the other, its number behind it. Drawn by hand, since XChart draws vertical
    /// bars only, where long names do not fit.
    ///
    /// @param counts in the order of the bars, at least one
    public static Picture bars(String title, Map<String, Integer> counts) {
        int height = TOP + ROW * counts.size() + BOTTOM;
        return Picture.of(Plots.HALF, height, graphics -> draw(graphics, title, counts, height));
    }

    private static void draw(Graphics2D graphics, String title, Map<String, Integer> counts, int height) {
        FontRenderContext context = graphics.getFontRenderContext();
        int left = 20;
        int most = 1;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            left = Math.max(
                    left,
                    20 + (int) LABEL.getStringBounds(entry.getKey(), context).getWidth());
            most = Math.max(most, entry.getValue());
        }
        int right = Plots.HALF - 60; // a number of five digits fits behind the longest bar
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, Plots.HALF, height);
        graphics.setColor(PlotStyle.INK);
        graphics.setFont(TITLE);
        graphics.drawString(title, (Plots.HALF - graphics.getFontMetrics().stringWidth(title)) / 2, TOP - 18);
        graphics.setFont(LABEL);
        int y = TOP;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            double length = (right - left) * (double) entry.getValue() / most;
            int baseline = y + BAR - 3;
            graphics.setColor(PlotStyle.INK);
            int width = graphics.getFontMetrics().stringWidth(entry.getKey());
            graphics.drawString(entry.getKey(), left - 8 - width, baseline);
            graphics.drawString(Integer.toString(entry.getValue()), (float) (left + length + 6), baseline);
            graphics.setColor(PlotStyle.SKY);
            graphics.fill(new Rectangle2D.Double(left, y, length, BAR));
            y += ROW;
        }
        graphics.setColor(PlotStyle.GRID);
        graphics.draw(new Line2D.Double(left, TOP - 4, left, height - BOTTOM));
    }

    /// A step for each bin.
    ///
    /// @param xTitle what is measured, with its unit
    public static Picture histogram(String title, String xTitle, Histogram histogram) {
        XYChart chart = new XYChart(Plots.HALF, 300);
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setXAxisTitle(xTitle);
        chart.setYAxisTitle("utterances");
        chart.getStyler().setLegendVisible(false).setPlotContentSize(1.0);
        chart.getStyler()
                .setXAxisDecimalPattern("0.##")
                .setYAxisDecimalPattern("0")
                .setYAxisMin(0.0);
        chart.getStyler().setXAxisTickMarkSpacingHint(60);
        chart.getStyler().setYAxisMax(1.05 * Collections.max(histogram.counts()));
        List<Double> x = new ArrayList<>();
        List<Integer> y = new ArrayList<>();
        for (int bin = 0; bin < histogram.counts().size(); bin++) {
            for (int edge = 0; edge < 2; edge++) { // both ends of the step
                x.add(histogram.from(bin + edge));
                y.add(histogram.counts().get(bin));
            }
        }
        XYSeries series = chart.addSeries(title, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
        series.setFillColor(PlotStyle.SKY);
        series.setLineColor(PlotStyle.BLUE);
        series.setLineStyle(PlotStyle.solid(1.5f));
        series.setMarker(SeriesMarkers.NONE);
        return Picture.of(
                chart.getWidth(),
                chart.getHeight(),
                graphics -> chart.paint(graphics, chart.getWidth(), chart.getHeight()));
    }
}
