package dev.parallax.report.page;

import dev.parallax.fusion.View;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The style of all plots: white, few lines, and colours that people with any colour vision can distinguish; series
/// differ in their markers too.
///
/// Source of the colours: Okabe and Ito, "Color Universal Design" (2008).
public final class PlotStyle {

    public static final Color INK = new Color(0x1B1F24);
    public static final Color GRID = new Color(0xDDE2E7);
    static final Color ORANGE = new Color(0xE69F00);
    public static final Color SKY = new Color(0x56B4E9);
    static final Color GREEN = new Color(0x009E73);
    public static final Color BLUE = new Color(0x0072B2);
    public static final Color VERMILION = new Color(0xD55E00);
    static final Color PURPLE = new Color(0xCC79A7);

    private static final Color[] SERIES = {ORANGE, BLUE, GREEN, PURPLE, VERMILION, SKY};
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.CROSS,
        SeriesMarkers.TRIANGLE_DOWN
    };
    private static final float[] DASHES = {6, 4};

    private PlotStyle() {}

    /// The colour of the i-th series.
    public static Color color(int i) {
        return SERIES[i % SERIES.length];
    }

    /// The marker of the i-th series.
    public static Marker marker(int i) {
        return MARKERS[i % MARKERS.length];
    }

    /// The colour of an answer: the same as that of the models of one perspective, which come first in their figure.
    public static Color color(View view) {
        return switch (view) {
            case AUDIO -> ORANGE;
            case TEXT -> BLUE;
            case FUSED, DECISION -> PURPLE;
        };
    }

    /// A line of this width.
    public static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /// A dashed line.
    public static BasicStroke dashed() {
        return new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
    }

    /// A font of this size [px].
    public static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /// Applies the style that all plots share.
    public static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartFontColor(INK)
                .setChartTitleFont(font(Font.BOLD, 15))
                .setChartTitlePadding(6)
                .setChartPadding(10)
                .setLegendFont(font(Font.PLAIN, 13))
                .setLegendBorderColor(Color.WHITE)
                .setLegendBackgroundColor(Color.WHITE)
                .setLegendPadding(4)
                .setLegendSeriesLineLength(26)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Vertical)
                .setAntiAlias(true);
        styler.setAxisTitleFont(font(Font.PLAIN, 13))
                .setAxisTickLabelsFont(font(Font.PLAIN, 13))
                .setAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(GRID)
                .setAxisTicksMarksVisible(false)
                .setAxisTicksLineVisible(false)
                .setPlotTicksMarksVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(solid(1))
                .setPlotGridVerticalLinesVisible(false)
                .setPlotMargin(0);
    }
}
