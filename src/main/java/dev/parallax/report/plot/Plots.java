package dev.parallax.report.plot;

import dev.parallax.eval.Calibration;
import dev.parallax.eval.RiskCoverage;
import dev.parallax.fusion.View;
import dev.parallax.model.answer.Answer;
import dev.parallax.report.page.Picture;
import dev.parallax.report.page.PlotStyle;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Lines and bars, drawn by XChart.
public final class Plots {

    /// Width on the page of a plot that fits beside another [px].
    static final int HALF = 470;

    /// Width on the page of a plot on a line of its own [px].
    static final int FULL = 560;

    /// Points of a curve of many answers: more cannot be distinguished on a page.
    public static final int CURVE_POINTS = 200;

    private Plots() {}

    /// A line over epochs.
    ///
    /// @param epochs of the values, rising
    /// @param values as many, finite
    public record Line(String name, List<Integer> epochs, List<Double> values) {}

    /// A value with a dashed line.
    public record Level(String name, double value) {}

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
        chart.getStyler()
                .setXAxisDecimalPattern("0")
                .setYAxisDecimalPattern("0.00")
                .setXAxisTickMarkSpacingHint(60);
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

    /// The probabilities of one utterance, the answers side by side for each class.
    ///
    /// @param answers at least one
    static Picture bars(String title, List<String> labels, List<Bars> answers) {
        CategoryChart chart = new CategoryChart(FULL, 360);
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setYAxisTitle("probability");
        for (Bars bars : answers) {
            CategorySeries series = chart.addSeries(bars.view.word(), labels, bars.answer.probabilities());
            series.setFillColor(PlotStyle.color(bars.view));
        }
        chart.getStyler().setAvailableSpaceFill(0.75);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0.0");
        chart.getStyler().setLegendPadding(14).setLegendLayout(LegendLayout.Horizontal);
        return picture(chart);
    }

    /// The bars of one answer.
    public record Bars(View view, Answer answer) {}

    /// A reliability diagram: the share of right answers over their confidence; the diagonal is perfect.
    public static Picture reliability(String title, Calibration calibration) {
        XYChart chart = reliabilityChart(title);
        dots(chart, "measured, bins of equal size", calibration, PlotStyle.BLUE, SeriesMarkers.CIRCLE);
        return picture(chart);
    }

    /// A reliability diagram of the same answers before and after temperature scaling.
    public static Picture reliability(String title, Calibration before, Calibration after) {
        XYChart chart = reliabilityChart(title);
        dots(chart, "before scaling", before, PlotStyle.VERMILION, SeriesMarkers.SQUARE);
        dots(chart, "after scaling", after, PlotStyle.BLUE, SeriesMarkers.CIRCLE);
        return picture(chart);
    }

    private static XYChart reliabilityChart(String title) {
        XYChart chart = new XYChart(HALF, 376);
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setXAxisTitle("confidence");
        chart.setYAxisTitle("share right");
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        double[] ends = {0, 1};
        draw(
                chart.addSeries("perfectly calibrated", ends, ends),
                PlotStyle.INK,
                PlotStyle.dashed(),
                SeriesMarkers.NONE);
        return chart;
    }

    private static void dots(XYChart chart, String name, Calibration calibration, Color color, Marker marker) {
        List<Calibration.Bin> bins = calibration.bins();
        XYSeries series = chart.addSeries(
                name,
                bins.stream().mapToDouble(Calibration.Bin::confidence).toArray(),
                bins.stream().mapToDouble(Calibration.Bin::accuracy).toArray());
        draw(series, color, SeriesLines.NONE, marker);
    }

    /// The share of wrong answers over the share that is kept, one line per view, with a dot where only its sure
    /// ones are kept.
    ///
    /// @param scores at least one
    static Picture riskCoverage(String title, List<ViewScores> scores) {
        XYChart chart = new XYChart(HALF, 350 + 24 * scores.size());
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setXAxisTitle("coverage: share of the answers kept");
        chart.setYAxisTitle("risk: share wrong");
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0);
        chart.getStyler()
                .setXAxisDecimalPattern("0.0")
                .setYAxisDecimalPattern("0.00")
                .setMarkerSize(10);
        for (ViewScores score : scores) {
            Color color = score.view() == View.DECISION ? PlotStyle.INK : PlotStyle.color(score.view());
            String name = score.view().word();
            draw(
                    points(chart, name, score.selective().curve().points(CURVE_POINTS)),
                    color,
                    PlotStyle.solid(2),
                    SeriesMarkers.NONE);
            if (score.selective().sure() > 0) {
                XYSeries dot =
                        points(chart, name + ", sure", List.of(score.selective().operatingPoint()));
                draw(dot, color, SeriesLines.NONE, SeriesMarkers.CIRCLE);
                dot.setShowInLegend(false);
            }
        }
        return picture(chart);
    }

    private static XYSeries points(XYChart chart, String name, List<RiskCoverage.Point> points) {
        return chart.addSeries(
                name,
                points.stream().mapToDouble(RiskCoverage.Point::coverage).toArray(),
                points.stream().mapToDouble(RiskCoverage.Point::risk).toArray());
    }

    /// Points of a group, in one colour.
    ///
    /// @param points (x, y), at least one
    public record Group(String name, List<Point> points) {}

    /// Points in a plane, each group in its colour and marker.
    public static Picture scatter(String title, String xTitle, String yTitle, List<Group> groups) {
        XYChart chart = new XYChart(HALF, 376 + 24 * groups.size());
        PlotStyle.apply(chart.getStyler());
        chart.setTitle(title);
        chart.setXAxisTitle(xTitle);
        chart.setYAxisTitle(yTitle);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        chart.getStyler().setMarkerSize(5);
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            XYSeries series = chart.addSeries(
                    group.name,
                    group.points.stream().mapToDouble(Point::x).toArray(),
                    group.points.stream().mapToDouble(Point::y).toArray());
            draw(series, PlotStyle.color(i), SeriesLines.NONE, PlotStyle.marker(i));
        }
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
        return Picture.of(width, height, graphics -> chart.paint(graphics, width, height));
    }
}
