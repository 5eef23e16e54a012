package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The numbers of `docs/statistics.md`, computed from the table that stands there.
class StatisticsChapterTest {

    private final List<String> lines;
    private final int[] truth;
    private final int[] a;
    private final int[] b;
    private final Clusters speakers;

    StatisticsChapterTest() throws IOException {
        lines = Files.readAllLines(Path.of("docs", "statistics.md"));
        truth = numbers("truth    =");
        a = numbers("A says   =");
        b = numbers("B says   =");
        speakers = Clusters.of(words("speaker  ="));
    }

    private List<String> words(String name) {
        String line =
                lines.stream().filter(text -> text.startsWith(name)).findFirst().orElseThrow();
        return List.of(line.substring(name.length()).strip().split(" +"));
    }

    private int[] numbers(String name) {
        return words(name).stream().mapToInt(Integer::parseInt).toArray();
    }

    private void says(String name, double... values) {
        String line = name
                + Arrays.stream(values)
                        .mapToObj(value -> String.format(Locale.ROOT, "  %.4f", value))
                        .collect(Collectors.joining());
        assertTrue(lines.contains(line), "docs/statistics.md lacks the line: " + line);
    }

    @Test
    void comparison_example_givesTheNumbersOfTheChapter() {
        assertEquals(12, speakers.utterances());
        Comparison comparison = ApproximateRandomization.standard(1)
                .compare(a, b, predicted -> Metrics.of(truth, predicted, 2).unweightedAccuracy(), speakers);
        says("UA of A    =", comparison.first());
        says("UA of B    =", comparison.second());
        says("difference =", comparison.difference());
        says("p          =", comparison.p());
        says("smallest p =", comparison.smallestP());
        assertEquals(8, comparison.arrangements());
    }

    @Test
    void holm_example_givesTheNumbersOfTheChapter() {
        double[] p = {0.01, 0.04, 0.03};
        says("p        =", p);
        says("adjusted =", Holm.adjust(p));
    }

    @Test
    void bootstrap_example_givesTheNumbersOfTheChapter() {
        Interval interval = Bootstrap.standard(1).of(Statistic.unweightedAccuracy(truth, a, 2), speakers);
        says("low, high  =", interval.low(), interval.high());
        assertTrue(interval.withinTheseSpeakers());
    }
}
