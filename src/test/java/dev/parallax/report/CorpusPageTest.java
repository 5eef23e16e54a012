package dev.parallax.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Csv;
import dev.parallax.report.page.Fact;
import dev.parallax.report.plot.Histogram;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/// The page of a corpus as written, and the bins of its figures.
class CorpusPageTest {

    @TempDir
    private Path folder;

    private static CorpusReport report(int speakers, List<Double> seconds, List<Integer> words) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        IntStream.range(0, speakers).forEach(i -> rows.put("s<" + (1000 + i), List.of(i, 1)));
        return new CorpusReport(
                "manifest:a & b.csv",
                "parallax corpus stats 'manifest:a & b.csv'",
                false,
                List.of("a note"),
                List.of(new Fact("speakers", Integer.toString(speakers))),
                Map.of("as labelled", Map.of("fear", speakers)),
                List.of(new CorpusReport.Groups("speaker", List.of("fear", "joy"), rows)),
                seconds,
                words);
    }

    private Document page(CorpusReport report) throws Exception {
        String text = Files.readString(report.write(folder));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void page_written_isWellFormedAndHoldsEveryFigure() throws Exception {
        Document page = page(report(3, List.of(0.5, 1.0, 2.0), List.of(1, 4)));
        assertEquals(3, page.getElementsByTagName("img").getLength(), "classes, durations, words");
        assertTrue(page.getDocumentElement().getTextContent().contains("s<1001"));
        for (String data : List.of("classes-1", "durations", "words", "by-speaker")) {
            Csv csv = Csv.read(folder.resolve("figures/" + data + ".csv"));
            assertTrue(csv.rows().size() > 0, data);
        }
    }

    @Test
    void page_manySpeakers_showsThoseWithTheMostAndAllInTheData() throws Exception {
        Document page = page(report(100, List.of(), List.of()));
        assertEquals(1 + 40, page.getElementsByTagName("tr").getLength());
        String text = page.getDocumentElement().getTextContent();
        assertTrue(text.contains("of 100 the 40 with the most"));
        assertTrue(text.contains("s<1099") && !text.contains("s<1000"), text);
        assertEquals(
                100, Csv.read(folder.resolve("figures/by-speaker.csv")).rows().size());
        assertEquals(1, page.getElementsByTagName("img").getLength(), "no durations, no words");
    }

    @Test
    void histogram_values_fallIntoBinsThatBeginAtZero() {
        Histogram histogram = Histogram.of(List.of(0.0, 0.05, 0.1, 0.35), 0.1);
        assertEquals(0.1, histogram.width());
        assertEquals(List.of(2, 1, 0, 1), histogram.counts());
        assertEquals(0, histogram.beyond());
        assertEquals(List.of("0.3", "0.4", "1"), histogram.rows().getLast());
    }

    @Test
    void histogram_fewFarAway_areCountedBeyond() {
        List<Double> values = IntStream.range(0, 1000)
                .mapToObj(i -> i < 998 ? i / 100.0 : 300.0)
                .toList();
        Histogram histogram = Histogram.of(values, 0.1);
        assertEquals(2, histogram.beyond());
        assertEquals(0.5, histogram.width());
        assertEquals(
                998, histogram.counts().stream().mapToInt(Integer::intValue).sum());
        assertTrue(histogram.counts().size() <= 40);
    }
}
