package dev.parallax.report;

import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Confusion;
import dev.parallax.model.Answer;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Plots as PNG, drawn at twice the size they have on a page, so that they stay sharp on fine screens and in print.
final class Plots {

    /// Pixels of a picture for one of the page.
    static final int RESOLUTION = 2;

    /// Width on the page of a plot that may stand beside another [px].
    static final int HALF = 470;

    /// Width on the page of a plot that stands alone [px].
    static final int FULL = 720;

    private Plots() {}

    /// A drawn plot.
    ///
    /// @param base64 PNG, in base 64
    /// @param width  on the page, half that of the PNG [px]
    /// @param height on the page, half that of the PNG [px]
    record Picture(String base64, int width, int height) {}

    /// A line over epochs.
    ///
    /// @param epochs of the values, rising
    /// @param values as many, finite
    record Line(String name, List<Integer> epochs, List<Double> values) {}

    /// A height worth a dashed line.
    record Level(String name, double value) {}

    /// Lines over epochs, and dashed levels.
    ///
    /// @param lines at least one, none of them empty
    static Picture lines(String title, String yTitle, List<Line> lines, List<Level> levels) {
        int legend = 24 * (lines.size() + levels.size());
        XYChart chart = new XYChart(HALF, 330 + legend);
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setXAxisTitle("epoch");
        chart.setYAxisTitle(yTitle);
        chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.0#");
        double last = 1;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            XYSeries series = chart.addSeries(line.name, line.epochs, line.values);
            draw(series, PlotStyle.color(i), PlotStyle.solid(2), PlotStyle.marker(i));
            last = Math.max(last, line.epochs.getLast());
        }
        double[] ends = {1, Math.max(2, last)};
        for (Level level : levels) {
            XYSeries series = chart.addSeries(level.name, ends, new double[] {level.value, level.value});
            draw(series, PlotStyle.INK, PlotStyle.dashed(), SeriesMarkers.NONE);
        }
        chart.getStyler().setMarkerSize(6);
        return picture(chart);
    }

    /// A confusion matrix: a row a true class, a column an answer; each cell gives its count and its share of the row,
    /// and is the darker the larger the share.
    static Picture confusion(String title, Labels labels, Confusion confusion) {
        int classes = labels.size();
        int size = Math.max(HALF, 130 + 85 * classes);
        HeatMapChart chart = new HeatMapChart(size, size * 4 / 5);
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setXAxisTitle("answered");
        chart.setYAxisTitle("true");
        Map<Double, String> shown = new HashMap<>();
        List<Number[]> cells = new ArrayList<>();
        for (int truth = 0; truth < classes; truth++) {
            for (int answer = 0; answer < classes; answer++) {
                // XChart hands its formatter the value alone: a trace of the cell's number makes each value its own
                double value = share(confusion, truth, answer) + 1e-9 * (truth * classes + answer);
                int count = confusion.count(truth, answer);
                shown.put(value, String.format(Locale.ROOT, "%d · %.0f %%", count, 100 * value));
                cells.add(new Number[] {answer, classes - 1 - truth, value}); // rows are drawn from below
            }
        }
        chart.addSeries("share", labels.names(), labels.names().reversed(), cells);
        chart.getStyler()
                .setRangeColors(new Color[] {Color.WHITE, PlotStyle.SKY})
                .setMin(0)
                .setMax(1.001)
                .setShowValue(true)
                .setValueFont(PlotStyle.font(Font.PLAIN, 13))
                .setValueFontColor(PlotStyle.INK)
                .setHeatMapDecimalValueFormatter(value -> shown.getOrDefault(value, ""))
                .setLegendVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false).setPlotContentSize(1);
        return picture(chart);
    }

    private static double share(Confusion confusion, int truth, int answer) {
        int support = confusion.support(truth);
        return support == 0 ? 0 : (double) confusion.count(truth, answer) / support;
    }

    /// The probabilities of one utterance, the answers side by side for each class.
    ///
    /// @param answers at least one
    static Picture bars(String title, List<String> labels, List<Bars> answers) {
        CategoryChart chart = new CategoryChart(FULL, 360);
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setYAxisTitle("probability");
        for (Bars bars : answers) {
            CategorySeries series = chart.addSeries(bars.view.title(), labels, bars.answer.probabilities());
            series.setFillColor(PlotStyle.color(bars.view));
        }
        chart.getStyler().setAvailableSpaceFill(0.8).setLabelsVisible(true).setLabelsPosition(1.0);
        chart.getStyler().setLabelsFont(PlotStyle.font(Font.PLAIN, 12)).setLabelsFontColor(PlotStyle.INK);
        chart.getStyler().setLabelsFontColorAutomaticEnabled(false);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0.0");
        chart.getStyler().setDecimalPattern("0.00").setLegendLayout(LegendLayout.Horizontal);
        return picture(chart);
    }

    /// The bars of one answer.
    record Bars(View view, Answer answer) {}

    /// A reliability diagram: what share of the answers was right, over how sure they were; the diagonal is perfect.
    static Picture reliability(String title, Calibration calibration) {
        XYChart chart = new XYChart(HALF, 376);
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setXAxisTitle("confidence");
        chart.setYAxisTitle("share right");
        double[] ends = {0, 1};
        XYSeries diagonal = chart.addSeries("perfectly calibrated", ends, ends);
        draw(diagonal, PlotStyle.INK, PlotStyle.dashed(), SeriesMarkers.NONE);
        List<Calibration.Bin> bins = calibration.bins();
        XYSeries measured = chart.addSeries(
                "measured, bins of equal size",
                bins.stream().mapToDouble(Calibration.Bin::confidence).toArray(),
                bins.stream().mapToDouble(Calibration.Bin::accuracy).toArray());
        draw(measured, PlotStyle.BLUE, PlotStyle.solid(2), SeriesMarkers.CIRCLE);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        return picture(chart);
    }

    private static void draw(XYSeries series, Color color, BasicStroke stroke, Marker marker) {
        series.setLineColor(color);
        series.setLineStyle(stroke);
        series.setMarkerColor(color);
        series.setMarker(marker);
    }

    private static Picture picture(Chart<?, ?> chart) {
        int width = chart.getWidth();
        int height = chart.getHeight();
        BufferedImage image = new BufferedImage(RESOLUTION * width, RESOLUTION * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(RESOLUTION, RESOLUTION);
            chart.paint(graphics, width, height);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Picture(Base64.getEncoder().encodeToString(out.toByteArray()), width, height);
    }
}
