package dev.parallax.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.data.Labels;
import dev.parallax.eval.Confusion;
import dev.parallax.fusion.View;
import dev.parallax.model.answer.Answer;
import dev.parallax.report.Samples;
import dev.parallax.report.page.Picture;
import dev.parallax.report.page.PlotStyle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Plots as pictures: their size, and that they show their data.
class PlotsTest {

    private static final int WHITE = 0xFFFFFF;

    static Stream<Arguments> plots() {
        ViewScores scores = Samples.scores(View.FUSED, 0.9, true, Samples.LABELS);
        Answer answer =
                new Answer("neutral", List.of(0.1, 0.2, 0.6, 0.1), true, false, List.of(0.0, 0.7, 1.8, 0.0), 1, 0);
        return Stream.of(
                Arguments.of("lines", Plots.lines("t", "y", List.of(rising("a", 9)), List.of()), 470),
                Arguments.of("one epoch", Plots.lines("t", "y", List.of(rising("a", 1)), List.of()), 470),
                Arguments.of(
                        "confusion",
                        ConfusionPlot.of("t", Samples.LABELS, scores.metrics().confusion()),
                        470),
                Arguments.of(
                        "bars",
                        Plots.bars("t", Samples.LABELS.names(), List.of(new Plots.Bars(View.AUDIO, answer))),
                        560),
                Arguments.of("intervals", intervals(0.4, 0.5, 0.6), 560),
                Arguments.of("intervals at one", intervals(1, 1, 1), 560),
                Arguments.of("reliability", Plots.reliability("t", scores.calibration()), 470));
    }

    private static Picture intervals(double low, double mean, double high) {
        return IntervalPlot.of("t", "y", List.of(new IntervalPlot.Bar("a", mean, low, high)), Map.of());
    }

    /// A dot is drawn in the picture whatever its value: at 1 there was no width between the axis' ends.
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "0, 0, 0", "-0.3, -0.2, 0.1", "-1, -1, -1", "0.4, 0.5, 0.6"})
    void intervals_anyScoreOrDifference_areDrawn(double low, double mean, double high) {
        int blue = PlotStyle.BLUE.getRGB() & WHITE;
        assertTrue(count(image(intervals(low, mean, high)), rgb -> rgb == blue) > 50);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plots")
    void plot_hasTwiceThePagesSizeAndIsNotBlank(String name, Picture plot, int width) {
        BufferedImage image = image(plot);
        assertEquals(width, plot.width(), name);
        assertEquals(2 * plot.width(), image.getWidth());
        assertEquals(2 * plot.height(), image.getHeight());
        double ink = (double) count(image, rgb -> rgb != WHITE) / (image.getWidth() * image.getHeight());
        assertTrue(ink > 0.004 && ink < 0.6, "share of pixels that are not white: " + ink);
    }

    @Test
    void lines_eachInItsOwnColour() {
        List<Plots.Line> lines = List.of(rising("a", 5), rising("b", 6), rising("c", 7), rising("d", 8));
        BufferedImage image = image(Plots.lines("t", "y", lines, List.of()));
        for (int i = 0; i < lines.size(); i++) {
            int colour = PlotStyle.color(i).getRGB() & WHITE;
            assertTrue(count(image, rgb -> rgb == colour) > 50, "line " + i);
        }
    }

    @Test
    void lines_withLevel_differFromThoseWithout() {
        BufferedImage plain = image(Plots.lines("t", "y", List.of(rising("a", 9)), List.of()));
        BufferedImage levels =
                image(Plots.lines("t", "y", List.of(rising("a", 9)), List.of(new Plots.Level("ceiling", 0.7))));
        int ink = PlotStyle.INK.getRGB() & WHITE;
        assertTrue(count(levels, rgb -> rgb == ink) > count(plain, rgb -> rgb == ink) + 300);
    }

    @Test
    void confusion_ofRightAnswers_isDarkDownTheDiagonal() {
        int[] truth = {0, 0, 1, 1};
        BufferedImage image = image(ConfusionPlot.of("t", Labels.of("a", "b"), Confusion.of(truth, truth, 2)));
        int middle = image.getHeight() / 2;
        double above = darkColumn(image, 0, middle);
        double below = darkColumn(image, middle, image.getHeight());
        assertTrue(below > above + 0.3 * image.getWidth(), "dark at column " + above + ", then " + below);
    }

    /// The mean column of the pixels in full shade between two rows.
    private static double darkColumn(BufferedImage image, int fromRow, int toRow) {
        int dark = PlotStyle.SKY.getRGB() & WHITE;
        return IntStream.range(fromRow, toRow)
                .flatMap(y -> IntStream.range(0, image.getWidth()).filter(x -> (image.getRGB(x, y) & WHITE) == dark))
                .average()
                .orElseThrow();
    }

    private static Plots.Line rising(String name, int epochs) {
        List<Integer> numbers = IntStream.rangeClosed(1, epochs).boxed().toList();
        return new Plots.Line(name, numbers, numbers.stream().map(e -> e / 10.0).toList());
    }

    private static long count(BufferedImage image, IntPredicate what) {
        return IntStream.range(0, image.getHeight())
                .mapToLong(y -> IntStream.range(0, image.getWidth())
                        .filter(x -> what.test(image.getRGB(x, y) & WHITE))
                        .count())
                .sum();
    }

    private static BufferedImage image(Picture plot) {
        try {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(plot.base64())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
