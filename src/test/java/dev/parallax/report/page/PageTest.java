package dev.parallax.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.eval.Interval;
import dev.parallax.fusion.View;
import dev.parallax.io.Csv;
import dev.parallax.report.ColumnSection;
import dev.parallax.report.DemoReport;
import dev.parallax.report.EvaluationReport;
import dev.parallax.report.RunReport;
import dev.parallax.report.Samples;
import dev.parallax.report.SpeakerAccuracy;
import dev.parallax.report.SplitFacts;
import dev.parallax.report.WrongAnswers;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.Plots;
import dev.parallax.report.plot.ViewScores;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Pages as written, parsed again from the file.
class PageTest {

    private static final List<Integer> NONE = Collections.nCopies(7, 0); // of each class

    @TempDir
    static Path demoFolder;

    @TempDir
    static Path runFolder;

    @TempDir
    static Path evaluationFolder;

    private static Document demo;
    private static Document run;

    @TempDir
    Path folder;

    @BeforeAll
    static void write() throws Exception {
        demo = parse(Samples.demo(Samples.HOSTILE).write(demoFolder));
        run = parse(Samples.run(false, true, "a < b & c").write(runFolder));
    }

    @Test
    void demo_written_isWellFormedAndHoldsEveryFigure() {
        List<String> sources = attributes(demo, "img", "src");
        assertEquals(7, sources.size(), "loss, accuracy, three confusions, reliability, one utterance");
        assertTrue(sources.stream().allMatch(source -> source.startsWith("data:image/png;base64,")));
        assertEquals(8, demo.getElementsByTagName("section").getLength());
    }

    @Test
    void run_written_isWellFormedAndHoldsEveryFigure() {
        assertEquals(
                9,
                attributes(run, "img", "src").size(),
                "a confusion, a reliability, risk over coverage each part, speakers, two curves");
        List<Csv.Row> speakers =
                Csv.read(runFolder.resolve("figures/test-speakers.csv")).rows();
        assertEquals("0.65", speakers.getFirst().get("accuracy"));
    }

    /// Of so few answers a diagram shows chance.
    @ParameterizedTest
    @CsvSource({"49, false", "50, true"})
    void run_fewAnswers_haveNoReliabilityDiagram(int answers, boolean drawn) throws Exception {
        Document page = parse(Samples.run(false, true, "", answers).write(folder));
        String text = page.getDocumentElement().getTextContent();
        assertEquals(!drawn, text.contains("No reliability diagram: 49 answers are too few, it takes 50."));
        assertTrue(text.contains("over 15 bins of equal mass; fewer than 50 answers have none"), text);
        assertEquals(drawn ? 0 : 4, text.split("–", -1).length - 1, "the error of two answers in two parts");
        for (String part : List.of("test", "validation")) {
            assertEquals(drawn, Files.exists(folder.resolve("figures/" + part + "-reliability.png")), part);
        }
    }

    @Test
    void evaluation_written_isWellFormedAndHoldsEveryFigureAndAnswer() throws Exception {
        RunReport report = Samples.run(false, true, "");
        Path file = new EvaluationReport(
                        "parallax evaluate --model m",
                        "a < b & c",
                        List.of(new Fact("model", "m")),
                        true,
                        "The decision is what decides.",
                        report.labels(),
                        report.test(),
                        List.of(List.of("a", "anger", "anger", "audio", "0.5", "true", "false")),
                        List.of(
                                new WrongAnswers.Wrong("u<1>", "anger", "neutral", 0.4, false, null),
                                new WrongAnswers.Wrong(
                                        "u2",
                                        "anger",
                                        "sadness",
                                        0.9,
                                        true,
                                        evaluationFolder.resolve("wav/a b&#'.wav"))),
                        List.of(new SpeakerAccuracy("03", 40, 30), new SpeakerAccuracy("08", 20, 5)),
                        new ColumnSection(List.of(), List.of()),
                        null,
                        List.of("NOT A TEST"))
                .write(evaluationFolder);
        Document page = parse(file);
        assertEquals(4, attributes(page, "img", "src").size(), "confusion, reliability, risk over coverage, speakers");
        List<String> links = attributes(page, "a", "href");
        assertTrue(links.contains("wav/a%20b&%23'.wav"), links.toString());
        for (String figure : List.of("scored-reliability", "speakers")) {
            assertTrue(links.contains("figures/" + figure + ".png"), links.toString());
            assertEquals((byte) 'P', Files.readAllBytes(evaluationFolder.resolve("figures/" + figure + ".png"))[1]);
        }
        String text = page.getDocumentElement().getTextContent();
        assertTrue(text.contains("u<1>") && text.indexOf("u2") < text.indexOf("u<1>"), "the most confident first");
        assertEquals(
                "audio",
                Csv.read(evaluationFolder.resolve("figures/answers.csv"))
                        .rows()
                        .getFirst()
                        .get("decidedBy"));
        assertTrue(text.contains("NOT A TEST") && text.contains("The decision is what decides."), text);
        List<Csv.Row> curve = Csv.read(evaluationFolder.resolve("figures/scored-risk-coverage.csv"))
                .rows();
        assertEquals(Plots.CURVE_POINTS + 1, curve.size(), "of one answer, with its operating point");
    }

    @Test
    void page_loadsNothingFromElsewhere() {
        assertEquals(List.of(), attributes(demo, "link", "href"));
        assertEquals(List.of(""), attributes(demo, "script", "src"));
        for (String target : attributes(demo, "a", "href")) {
            assertTrue(target.startsWith("#") || Files.isRegularFile(demoFolder.resolve(target)), target);
        }
    }

    @Test
    void links_withinThePage_leadSomewhere() {
        List<String> ids = attributes(demo, "h2", "id");
        List<String> targets = attributes(demo, "a", "href").stream()
                .filter(target -> target.startsWith("#"))
                .map(target -> target.substring(1))
                .toList();
        assertEquals(ids, targets);
    }

    @Test
    void sentence_withMarkup_staysText() {
        assertEquals(1, demo.getElementsByTagName("script").getLength(), "our own alone");
        String quoted = demo.getElementsByTagName("blockquote").item(0).getTextContent();
        assertEquals(Samples.HOSTILE.replace('\u0001', '\uFFFD'), quoted);
    }

    @Test
    void data_ofConfusion_isReadAgainAsItWas() {
        ViewScores fused =
                Samples.demo(Samples.HOSTILE).models().getLast().of(View.FUSED).orElseThrow();
        Csv csv = Csv.read(demoFolder.resolve("figures/confusion-fused.csv"));
        assertEquals(16, csv.rows().size());
        int sum = csv.rows().stream()
                .mapToInt(row -> Integer.parseInt(row.get("count")))
                .sum();
        assertEquals(fused.metrics().confusion().total(), sum);
    }

    @Test
    void data_ofEveryFigure_hasAFileOfItsOwn() {
        List<String> files = attributes(run, "a", "href").stream()
                .filter(target -> target.endsWith(".csv"))
                .toList();
        assertEquals(9, files.stream().distinct().count());
        for (String file : files) {
            assertFalse(Csv.read(runFolder.resolve(file)).rows().isEmpty(), file);
        }
    }

    @Test
    void check_failed_isNamedSo() {
        String text = demo.getDocumentElement().getTextContent();
        assertTrue(text.contains("Checks passed: 1 of 2."));
        assertTrue(text.contains("FAILED"));
    }

    @Test
    void answers_notTaught_standInBrackets() {
        ViewScores audio =
                Samples.demo(Samples.HOSTILE).models().get(2).of(View.AUDIO).orElseThrow();
        assertFalse(audio.taught());
        String text = demo.getDocumentElement().getTextContent();
        assertTrue(text.contains(String.format(Locale.ROOT, "(%.3f ±", audio.accuracy())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_onTheEmbeddedCorpus_saysThatItIsNotSpeech(boolean synthetic) throws Exception {
        String text = parse(Samples.run(synthetic, true, "").write(folder))
                .getDocumentElement()
                .getTextContent();
        assertEquals(synthetic, text.contains("The embedded corpus is not speech"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_onASplitOfSharedSpeakers_warns(boolean independent) throws Exception {
        String text = parse(Samples.run(false, independent, "").write(folder))
                .getDocumentElement()
                .getTextContent();
        assertEquals(!independent, text.contains("not speaker-independent"));
    }

    /// An interval of two right answers of two does not say that all will be right.
    @Test
    void run_ofTwoAnswers_hasAnIntervalThatSaysHowLittleIsKnown() throws Exception {
        RunReport report = Samples.run(false, true, "", 2);
        Interval interval =
                Interval.ofShare(report.test().getFirst().metrics().confusion().correct(), 2);
        String text = text(report);
        assertTrue(text.contains("95 % interval (Wilson) takes utterances as independent"), text);
        assertTrue(interval.high() - interval.low() > 0.6, interval.toString());
        assertTrue(text.contains(String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high())), text);
        assertFalse(text.contains("±"), text);
    }

    @Test
    void run_classThatDoesNotOccur_hasNoScores() throws Exception {
        Document page = parse(Samples.run(false, true, "", 6).write(folder)); // of seven classes
        String text = page.getDocumentElement().getTextContent();
        assertTrue(text.contains("sadness––– 0".replace(" ", "")), text);
        assertTrue(
                text.contains(
                        "No utterance is sadness: the unweighted accuracy and the macro F1 are means over the other"
                                + " classes, and say nothing about it."),
                text);
    }

    /// Of one part alone no voice can be in another.
    @Test
    void run_onOnePart_doesNotWarnOfSharedSpeakers() throws Exception {
        SplitFacts one = new SplitFacts(
                "all of them",
                false,
                List.of(
                        new SplitFacts.PartFacts("train", 400, List.of("s01"), NONE),
                        new SplitFacts.PartFacts("test", 0, List.of(), NONE)));
        String text = text(bare(one, new History(List.of(), "", null)));
        assertFalse(text.contains("not speaker-independent"), text);
    }

    @Test
    void run_withoutTestPart_saysSo() throws Exception {
        SplitFacts two = new SplitFacts(
                "no one tested", true, List.of(new SplitFacts.PartFacts("train", 4, List.of("s01"), NONE)));
        String text = text(bare(two, new History(List.of(), "", null)));
        assertTrue(text.contains("There is no test part, so there is no test score."), text);
        text = text(bare(Samples.run(false, true, "").split(), new History(List.of(), "", null)));
        assertTrue(text.contains("No utterance of the test part has a label, so there is no test score."), text);
    }

    /// What is said of the epochs is that of the part that was scored after each.
    @Test
    void run_history_namesThePartThatChose() throws Exception {
        History.Epoch blind = new History.Epoch(1, 0.7, Double.NaN, Double.NaN);
        String nothing = text(history(new History(List.of(blind, blind), "2", null)));
        assertTrue(nothing.contains("Nothing chose among the 2 epochs: the weights of the last one were kept."));
        assertFalse(nothing.contains("alidation:") || nothing.contains("validation part:"), nothing);
        assertFalse(nothing.contains("Mean recall of the classes, by the decision."), nothing);
        History.Epoch scored = new History.Epoch(1, 0.7, 0.6, 0.5);
        String test = text(history(new History(List.of(scored), "1", "test")));
        assertTrue(test.contains("The test part: negative log-likelihood of the decision."), test);
        assertTrue(test.contains("It chose the epoch: these scores are too good."), test);
        String apart = text(history(new History(List.of(scored), "3 of audio and 5 of text", "validation")));
        assertTrue(apart.contains("The weights of epoch 3 of audio and 5 of text were kept, of 1 epoch."), apart);
        assertTrue(apart.contains("Scored once, at the end."), apart);
    }

    private static RunReport history(History history) {
        RunReport full = Samples.run(false, true, "");
        return new RunReport(
                full.run(), false, full.labels(), full.split(), history, List.of(), full.test(), List.of(), List.of());
    }

    private static RunReport bare(SplitFacts split, History history) {
        RunReport full = Samples.run(false, true, "");
        return new RunReport(
                full.run(), false, full.labels(), split, history, List.of(), List.of(), List.of(), List.of());
    }

    private String text(RunReport report) throws Exception {
        return parse(report.write(folder)).getDocumentElement().getTextContent();
    }

    @Test
    void run_withNote_showsItAsText() {
        assertTrue(run.getDocumentElement().getTextContent().contains("a < b & c"));
    }

    @Test
    void run_withoutTestPartAndEpochs_isStillAPage() throws Exception {
        RunReport bare = bare(Samples.run(false, true, "").split(), new History(List.of(), "", null));
        assertEquals(List.of(), attributes(parse(bare.write(folder)), "img", "src"));
    }

    @Test
    void figure_withoutPicture_showsItsNumbersAndSaysWhy() throws Exception {
        Page page = new Page("t", "l");
        Figure figure =
                new Figure("f", "c", Optional.empty(), List.of("epoch", "value"), List.of(List.of("1", "0.25")));
        page.section("s", page.figure(figure));
        String text = parse(page.write(folder)).getDocumentElement().getTextContent();
        assertTrue(text.contains("0.25"));
        assertTrue(text.contains("tables stand in their place"));
    }

    @Test
    void verbatim_thatXmlWouldReadDifferently_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Html.Verbatim("a < b"));
    }

    @Test
    void demo_withoutModels_isRefused() {
        DemoReport full = Samples.demo("x");
        assertThrows(
                IllegalArgumentException.class,
                () -> new DemoReport(
                        full.run(), full.labels(), full.split(), full.ceilings(), List.of(), List.of(), full.story()));
    }

    private static Document parse(Path file) throws Exception {
        String text = Files.readString(file);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<String> attributes(Document page, String tag, String attribute) {
        List<String> values = new ArrayList<>();
        NodeList elements = page.getElementsByTagName(tag);
        for (int i = 0; i < elements.getLength(); i++) {
            values.add(((Element) elements.item(i)).getAttribute(attribute));
        }
        return values;
    }
}
