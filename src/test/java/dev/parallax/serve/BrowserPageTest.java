package dev.parallax.serve;

import static dev.parallax.serve.RunningService.FORM;
import static dev.parallax.serve.RunningService.form;
import static dev.parallax.serve.RunningService.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/// The page in Chromium: what it shows is what the service answers, in each state it can be used by everybody, and it
/// breaks none of the rules that its headers make.
@Tag("browser")
class BrowserPageTest {

    private static final String TEXT = "so glad you came";
    private static final String MARKUP = "<img src=x onerror=document.title='broken'> so glad";
    private static final List<String> VIEWS = List.of("audio", "text", "fused");

    @TempDir
    static Path folder;

    private static Path clip;
    private static RunningService service;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        boolean isRequired = Boolean.parseBoolean(System.getenv("PARALLAX_BROWSER_REQUIRED"));
        assumeTrue(
                isRequired || Browser.isThere(),
                () -> "no " + Browser.CHROMIUM + " with " + Browser.DRIVER + ": the page is not tested in a browser");
        clip = folder.resolve("clip.wav");
        WavWriter.PCM_16.write(clip, speech());
        service = RunningService.with(backend -> List.of(
                LookingModel.of("looking", folder, backend),
                RunningService.starter("starter", backend),
                LookingModel.ofWords("reader", folder, backend),
                LookingModel.ofVoice("listener", folder, backend)));
        browser = new Browser(clip);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            service.close();
        }
    }

    /// Three utterances of the embedded corpus, one after the other.
    private static Audio speech() {
        SyntheticCorpus corpus =
                new SyntheticCorpus(SyntheticSettings.defaults(1).withSize(40));
        List<Audio> parts = corpus.utterances().stream()
                .limit(3)
                .map(each -> Objects.requireNonNull(each.audio()).read())
                .toList();
        int length = parts.stream().mapToInt(part -> part.samples().length).sum();
        FloatBuffer all = FloatBuffer.allocate(length);
        parts.forEach(part -> all.put(part.samples()));
        return new Audio(all.array(), parts.getFirst().sampleRate());
    }

    private static void open() {
        browser.open(service.uri("/").toString());
        browser.until(() -> browser.isShown("#inputs"), "the page is ready");
    }

    private static void ask() {
        browser.click("#ask");
        browser.text("#answer h2");
    }

    /// The numbers of the three perspectives are those of an answer, rounded.
    private static void assertShows(JsonObject prediction) {
        List<String> expected = new ArrayList<>();
        List<String> labels = prediction.array("labels").texts();
        for (String view : VIEWS) {
            if (prediction.fields().get(view) instanceof JsonObject answer) {
                List<Double> shares = probabilities(answer);
                for (int i = 0; i < labels.size(); i++) {
                    expected.add(labels.get(i) + String.format(Locale.ROOT, " %.2f", shares.get(i)));
                }
            }
        }
        assertEquals(
                expected,
                browser.texts("#answer .bars tr").stream()
                        .map(row -> row.replaceAll("\\s+", " "))
                        .toList());
        assertTrue(browser.text("#answer h2").startsWith(prediction.text("decision")));
    }

    private static List<Double> probabilities(JsonObject answer) {
        List<Double> all = new ArrayList<>();
        answer.array("probabilities").items().forEach(each -> all.add(Double.parseDouble(each.toText())));
        return all;
    }

    private static JsonObject predicted(String query, Object... parts) throws IOException, InterruptedException {
        return json(service.post("/v1/predict?explain=true" + query, FORM, form(parts)));
    }

    @Test
    void open_page_explainsItself() {
        open();
        assertTrue(browser.text(".lead").startsWith("Say something, and this page estimates which emotion"));
        assertTrue(browser.text("header").contains("Do not use it for hiring"), "what it is not for");
        assertTrue(browser.text("header").contains(service.uri("/").getAuthority()), "where the audio goes");
        assertEquals(4, browser.all("#model option").size());
        browser.check("empty");
    }

    @Test
    void ask_fileAndText_showsTheAnswerOfTheService() throws Exception {
        open();
        browser.choose("#soundFile", clip);
        browser.type("#text", TEXT);
        browser.until(() -> browser.isShown("#player .wave"), "the waveform");
        ask();
        JsonObject expected = predicted("", "audio", Files.readAllBytes(clip), "text", TEXT);
        assertShows(expected);
        JsonObject explanation = expected.object("explanation");
        List<String> percents = new ArrayList<>();
        explanation
                .object("text")
                .array("attention")
                .items()
                .forEach(each -> percents.add(Math.round(100 * Double.parseDouble(each.toText())) + " %"));
        assertEquals(percents, browser.texts(".words .percent"));
        assertEquals(List.of(TEXT.split(" ")), browser.texts(".words .said"));
        String drawn =
                Objects.requireNonNull(browser.at("#player .attention path").getDomAttribute("d"));
        assertEquals(
                2 * explanation.object("audio").array("attention").items().size() + 1, drawn.split("L").length - 1);
        assertTrue(browser.texts(".remarks li")
                .getFirst()
                .startsWith(expected.flag("sure") ? "Sure: the probability is" : "Not sure: "));
        assertEquals("Blue: where the model looks", browser.text("#player .note"));
        browser.check("answered");
        browser.click("#player .wave");
        browser.until(
                () -> Boolean.TRUE.equals(browser.script("return document.querySelector('audio').currentTime > 0")),
                "a click plays");
    }

    @Test
    void ask_textAlone_hasNoVoice() throws Exception {
        open();
        browser.type("#text", TEXT);
        browser.type("#text", Keys.chord(Keys.CONTROL, Keys.ENTER));
        browser.text("#answer h2");
        assertShows(predicted("", "text", TEXT));
        assertTrue(browser.texts(".view").getFirst().contains("No voice was heard."));
        browser.check("words-alone");
    }

    @Test
    void record_microphone_showsTheAnswerToWhatWasRecorded() {
        open();
        browser.script("const real = window.fetch; window.fetch = async (...all) => { const got = await real(...all);"
                + " if (all[1]?.method === 'POST') window.posted = await got.clone().text(); return got; }");
        browser.click("#record");
        browser.until(() -> browser.isShown("#level"), "the level meter");
        browser.until(() -> Integer.parseInt(browser.at("#level").getDomAttribute("aria-valuenow")) > -50, "a level");
        browser.until(() -> browser.text("#soundNote").compareTo("1.0") > 0, "a second is recorded");
        browser.check("recording");
        browser.click("#record");
        browser.until(() -> browser.isShown("#player .wave"), "it can be listened to");
        ask();
        assertShows(Json.parseObject(String.valueOf(browser.script("return window.posted")), "answer"));
        browser.click("#discardSound");
        browser.until(() -> !browser.isShown("#player .wave") && !browser.isShown("#answer"), "it is gone");
        browser.check("discarded");
    }

    @Test
    void live_microphone_answersWhileItHears() {
        open();
        browser.script(
                "window.got = []; window.WebSocket = class extends WebSocket { constructor(...all) { super(...all);"
                        + " this.addEventListener('message', event => window.got.push(event.data)); } }");
        browser.type("#text", "so");
        browser.click("#live");
        browser.until(() -> browser.all("#answer .past .columns span").size() >= 2, "two answers");
        browser.type("#text", " glad");
        browser.until(() -> browser.all("#answer .past .columns span").size() >= 4, "two more");
        assertTrue(browser.texts("#answer .remarks li").getFirst().startsWith("By themselves, these seconds say "));
        browser.check("live");
        browser.click("#live");
        browser.until(() -> browser.text("#status").startsWith("The last answer is"), "the last answer");
        JsonObject last = Json.parseObject(String.valueOf(browser.script("return window.got.at(-1)")), "message");
        assertEquals("final", last.text("type"));
        assertShows(last.object("prediction"));
        assertTrue(browser.isShown("#player .wave"), "what was heard is still here");
        assertTrue(browser.text("#answer .note").contains("“Show the answer” asks about the whole recording"));
        browser.check("live-ended");
        ask();
        browser.until(() -> browser.all("#player .attention path").size() == 1, "which it is as good as said");
    }

    @Test
    void ask_transcript_showsTheTimeline() throws Exception {
        String talk = """
                WEBVTT

                00:00.100 --> 00:00.600
                <v Ann>so glad you came

                00:00.700 --> 00:01.400
                <v Bob>leave me alone
                """;
        Path file = Files.writeString(folder.resolve("talk.vtt"), talk);
        open();
        browser.choose("#soundFile", clip);
        browser.choose("#transcriptFile", file);
        ask();
        JsonObject expected = predicted("", "audio", Files.readAllBytes(clip), "transcript", talk);
        List<JsonObject> turns = expected.array("turns").objects();
        assertEquals(List.of("Ann", "Bob", ""), browser.texts(".timeline .who"));
        assertEquals(turns.size(), browser.all(".timeline .turn").size());
        for (int i = 0; i < turns.size(); i++) {
            JsonObject turn = turns.get(i);
            int best = expected.array("labels").texts().indexOf(turn.text("decision"));
            double share = probabilities(turn.object(turn.text("decidedBy"))).get(best);
            assertTrue(browser.texts(".sentences li > .sentence").get(i).contains(turn.text("sentence")));
            assertTrue(
                    browser.texts(".views summary")
                            .get(i)
                            .startsWith(String.format(Locale.ROOT, "%s %.2f", turn.text("decision"), share)),
                    browser.texts(".views summary").get(i));
        }
        browser.click(".sentences li:nth-child(2) > .sentence");
        browser.until(
                () -> browser.isShown(".sentences li:nth-child(2)[data-now]") && browser.isShown(".turn[data-now]"),
                "the turn plays");
        browser.click(".views summary");
        browser.check("talk");
    }

    @Test
    void ask_fileThatIsNoSound_saysWhyAndKeepsTheText() throws Exception {
        Path file = Files.writeString(folder.resolve("noise.wav"), "this is no sound");
        open();
        browser.type("#text", TEXT);
        browser.choose("#soundFile", file);
        browser.until(() -> browser.text("#soundNote").contains("cannot read this format"), "the note");
        browser.click("#ask");
        String detail = RunningService.problem(
                422, service.post("/v1/predict", FORM, form("audio", Files.readAllBytes(file), "text", TEXT)));
        assertEquals(detail, browser.text("#soundProblem").replaceAll("\\.$", ""));
        assertEquals(TEXT, browser.at("#text").getDomProperty("value"));
        browser.check("refused");
    }

    @Test
    void show_markupInTextAndTranscript_staysText() throws Exception {
        Path file = Files.writeString(folder.resolve("markup.txt"), "<b>Ann</b>: " + MARKUP + "\n");
        open();
        browser.type("#text", MARKUP);
        ask();
        assertTrue(browser.texts(".words .said").contains("<img"), "the word as it is");
        browser.choose("#transcriptFile", file);
        browser.until(() -> !browser.isShown("#answer"), "the transcript is taken");
        ask();
        assertTrue(browser.text(".sentences").contains("<img src=x"), browser.text(".sentences"));
        assertTrue(
                browser.text("#answer > p").matches("Sure answers: [01] of 1\\."), "without voices and bars, no more");
        assertEquals(0, browser.all("#answer img, #answer b").size());
        assertFalse("broken".equals(browser.script("return document.title")), "it ran");
        browser.check("markup");
    }

    /// What went wrong with a recording goes with it, and so does an answer when the next one fails.
    @Test
    void ask_fails_keepsNoAnswerToSomethingElse() throws Exception {
        Path file = Files.writeString(folder.resolve("words.srt"), "no transcript of this kind");
        open();
        browser.type("#text", TEXT);
        ask();
        browser.script("document.querySelector('#text').value = 'x'.repeat(100001)");
        browser.click("#ask");
        assertTrue(browser.text("#textProblem").startsWith("text: has 100001 characters"));
        assertFalse(browser.isShown("#answer"));
        browser.choose("#transcriptFile", file);
        browser.until(() -> !browser.isShown("#textProblem"), "it was of the words");
    }

    /// Formats that the service does not read are decoded by the browser.
    @ParameterizedTest
    @ValueSource(strings = {"tone.mp3", "tone.m4a", "tone.aac", "tone.webm", "tone.ogg"})
    void choose_formatOfOthers_isDecodedByTheBrowserAndAnswered(String name) throws Exception {
        Path file = resource(name);
        RunningService.problem(422, service.post("/v1/predict", FORM, form("audio", Files.readAllBytes(file))));
        open();
        browser.choose("#soundFile", file);
        browser.until(() -> browser.isShown("#player .wave"), "the waveform");
        assertTrue(browser.text("#soundNote").startsWith(name + ". The service does not read this format, so your"));
        assertTrue(browser.text("#player .time").matches("0:00\\.0 of 0:00\\.[89]"), browser.text("#player .time"));
        ask();
        assertEquals("", browser.at("#soundProblem").getText());
    }

    private static Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Audio.class.getResourceAsStream(name)) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
        return file;
    }

    @Test
    void choose_formatThatNobodyReads_saysHowToMendIt() throws Exception {
        Path file = Files.writeString(folder.resolve("call.amr"), "#!AMR\n" + "x".repeat(1000));
        open();
        browser.choose("#soundFile", file);
        browser.until(() -> browser.text("#soundNote").contains("convert it to WAV or FLAC"), "the note");
        browser.click("#ask");
        assertTrue(browser.text("#soundProblem").startsWith("audio: looks like AMR, which is not read; convert it"));
    }

    @Test
    void drop_recordingAndTranscript_areTaken() throws Exception {
        String talk = "start\tend\ttext\n100\t600\tso glad you came\n700\t1400\tleave me alone\n";
        Path transcript = Files.writeString(folder.resolve("dropped.tsv"), talk);
        open();
        browser.drop(
                "#voice", clip, () -> browser.until(() -> browser.isShown("#inputs.dropping"), "it may be let go"));
        browser.until(() -> browser.isShown("#player .wave"), "the recording");
        assertFalse(browser.isShown("#inputs.dropping"));
        assertTrue(browser.text("#soundNote").startsWith("clip.wav"));
        browser.drop("#words", transcript, () -> {});
        assertTrue(browser.text("#textNote").startsWith("dropped.tsv, 1 KB"), browser.text("#textNote"));
        assertTrue(browser.isShown("#player .wave"), "the recording is still there");
        ask();
        assertEquals(2, browser.all(".timeline .turn").size());
        assertEquals(service.uri("/").toString(), browser.script("return location.href"), "the page is still there");
    }

    /// What takes long leaves room for what is due in between, such as a click: the slices of 16 million samples.
    @Test
    void envelope_ofAQuarterOfAnHour_leavesThePageUsable() {
        open();
        Object counted = browser.script("""
                return (async () => {
                  const {envelope} = await import('./page/sound.js');
                  const samples = new Float32Array(1 << 24);
                  samples[5] = 0.5;
                  samples[samples.length - 1] = -0.25;
                  let turns = 0;
                  const next = () => { turns++; setTimeout(next); };
                  setTimeout(next);
                  const all = await envelope(samples, 600);
                  return [turns >= 3, all.length, all[0], all[1], all[599]].join(' ');
                })();""");
        assertEquals("true 600 0,0.5 0,0 -0.25,0", counted);
        browser.until(() -> "0,1 -1,0 0,0.5 0,0".equals(browser.script("""
                        return import('./page/sound.js').then(({envelope}) =>
                          envelope(new Float32Array([1, -1, 0.5, 0, 0, 0, 0, 0]), 8)).then(all => all.slice(0, 4).join(' '));""")), "one sample a part");
    }

    /// What makes an answer sure is said in words, and not where nothing is asked of it.
    @Test
    void remarks_certainty_isSaidInWords() {
        open();
        String script = """
                return import('./page/answer.js').then(({remarks}) => remarks({labels: ['joy', 'calm'], decidedBy: 'audio',
                  sure: arguments[0], audio: {label: 'joy', probabilities: [0.75, 0.25], threshold: arguments[1],
                  doubtful: arguments[2]}, text: null, fused: null})[0]);""";
        assertEquals(
                "Sure: the probability is 0.75. This model calls an answer sure whatever its probability.",
                browser.script(script, true, 0, false));
        assertEquals(
                "Sure: the probability is 0.75. This model calls an answer sure from 0.50 on.",
                browser.script(script, true, 0.5, false));
        assertEquals(
                "Not sure: the probability is 0.75. This model calls an answer sure from 0.80 on.",
                browser.script(script, false, 0.8, false));
        assertEquals(
                "Not sure: the probability is 0.75, but this model calls no answer of the voice sure.",
                browser.script(script, false, 1, false));
        assertEquals(
                "Not sure: this is unlike what the model was trained on, whatever the probability.",
                browser.script(script, false, 0, true));
    }

    @Test
    void drop_whatCannotBeRead_saysSo() {
        open();
        browser.script("""
                const gone = new File(['x'], 'gone.wav');
                gone.slice = () => ({arrayBuffer: () => Promise.reject(new Error('gone'))});
                const drop = new Event('drop', {cancelable: true});
                drop.dataTransfer = {files: [gone]};
                document.dispatchEvent(drop);""");
        assertTrue(browser.text("#soundProblem").startsWith("this cannot be read"));
        assertTrue(browser.at("#ask").isEnabled()
                && browser.at("#status").getText().isEmpty());
    }

    @Test
    void dark_answer_canBeRead() {
        open();
        browser.dark(true);
        browser.type("#text", TEXT);
        ask();
        String paper = browser.at("body").getCssValue("background-color");
        assertTrue(paper.contains("20, 23, 27"), paper);
        browser.check("dark");
    }

    @Test
    void width_ofPhone_nothingIsCut() {
        open();
        browser.width(360);
        browser.choose("#soundFile", clip);
        browser.type("#text", TEXT);
        ask();
        assertEquals(
                browser.at("#voice").getRect().getX(),
                browser.at("#words").getRect().getX(),
                "one above the other");
        browser.check("phone");
    }

    @Test
    void keyboard_alone_asksAndPlays() {
        open();
        browser.choose("#soundFile", clip);
        browser.until(() -> browser.isShown("#player .wave"), "the waveform");
        browser.tabTo("#player .wave");
        browser.press(Keys.ARROW_RIGHT);
        browser.until(
                () -> "1.0".equals(browser.at("#player .wave").getDomAttribute("aria-valuenow")), "a second further");
        assertEquals("solid", browser.at("#player .wave").getCssValue("outline-style"), "the focus is to be seen");
        browser.tabTo("#text");
        browser.press(TEXT);
        browser.tabTo("#ask");
        browser.press(Keys.ENTER);
        assertTrue(browser.text("#answer h2").length() > 3);
        assertTrue(browser.text("#status").startsWith("The answer is "), "the live region tells it");
    }

    @Test
    void choose_modelOfOnePerspective_hidesTheOther() {
        open();
        browser.type("#model", "reader");
        browser.until(() -> browser.isShown("#noVoice") && !browser.isShown("#record"), "it does not listen");
        browser.type("#text", TEXT);
        ask();
        browser.check("reader");
        browser.type("#model", "listener");
        browser.until(() -> browser.isShown("#noWords") && !browser.isShown("#text"), "it does not read");
        assertTrue(browser.isShown("#record"));
        assertEquals("", browser.at("#status").getText(), "the answer has gone, and so has what was said of it");
        browser.check("listener");
    }

    @Test
    void choose_starter_saysThatItHasNoAttention() {
        open();
        browser.type("#model", "starter");
        browser.until(() -> browser.text("#about").contains("starter"), "the model");
        browser.choose("#soundFile", clip);
        browser.type("#text", TEXT);
        ask();
        assertTrue(browser.text("#answer").contains("has no attention over time and over words"));
        assertEquals(0, browser.all("#player .attention path").size());
        browser.check("starter");
    }

    @Test
    void token_asked_isGivenOnceAndForgotten() {
        try (RunningService guarded = RunningService.guarded()) {
            browser.open(guarded.uri("/").toString());
            browser.type("#secret", "this is not the token");
            browser.check("token");
            browser.press(Keys.ENTER);
            assertTrue(browser.text("#tokenProblem").contains("does not know this token"));
            browser.at("#secret").clear();
            browser.type("#secret", RunningService.TOKEN);
            browser.press(Keys.ENTER);
            browser.until(() -> browser.isShown("#inputs") && !browser.isShown("#token"), "it is let in");
            browser.type("#text", TEXT);
            ask();
            assertEquals(0L, browser.script("return localStorage.length + sessionStorage.length"));
            assertEquals("", browser.script("return document.cookie"));
        }
    }
}
