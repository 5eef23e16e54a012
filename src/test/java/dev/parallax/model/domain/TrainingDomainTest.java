package dev.parallax.model.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.audio.speech.RecordingMeasures;
import dev.parallax.data.FeatureScaling;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.text.TextMeasures;
import dev.parallax.text.Vocabulary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// What lies outside of what a model has heard and read.
class TrainingDomainTest {

    /// Two columns of which the first varies; a third that never did.
    private static final FeatureDistance DISTANCE = new FeatureDistance(
            new FeatureScaling(new float[] {1, 2, 5}, new float[] {2, 1, 0}),
            new float[][] {{1, 0, 0}},
            List.of(4.0),
            1,
            0.5);

    private static final SoundDomain SOUND = new SoundDomain(
            new Range(1, 8),
            new Range(-40, -20),
            new Range(0, 0.01),
            new Range(6000, 8000),
            new Range(20, 60),
            DISTANCE);

    private static final RecordingMeasures USUAL = new RecordingMeasures(3, 2, -26, 0.5, 0, 0.001, 7900, 40);
    private static final float[] NEAR = {1, 2, 9};

    private static List<String> doubts(RecordingMeasures sound) {
        return SOUND.doubts(sound, NEAR);
    }

    private static void assertOne(String expected, List<String> doubts) {
        assertEquals(1, doubts.size(), doubts.toString());
        assertTrue(doubts.getFirst().contains(expected), doubts.toString());
    }

    /// z = (2, 0.5): t = 2, so T² = 4 / 4; what the component leaves is 0.25 over two columns.
    @Test
    void distance_row_isHotellingsTSquaredAndTheSquaredError() {
        FeatureDistance.Parts parts = DISTANCE.parts(new float[] {5, 2.5f, 100});
        assertEquals(1, parts.within(), 1e-9);
        assertEquals(0.125, parts.beyond(), 1e-9);
        assertEquals(1, DISTANCE.of(new float[] {5, 2.5f, 100}), 1e-9);
        assertEquals(0.25, DISTANCE.of(new float[] {1, 2.5f, 100}), 1e-9);
        Assertions.assertThrows(ShapeException.class, () -> DISTANCE.of(new float[2]));
    }

    @Test
    void beyondOne_barelyAbove_neverReadsAsOne() {
        assertEquals("1.0e+30", FeatureDistance.beyondOne(1e30));
        assertEquals("2.4", FeatureDistance.beyondOne(2.41));
        assertEquals("1.04", FeatureDistance.beyondOne(1.04));
        assertEquals("1.002", FeatureDistance.beyondOne(1.002));
        assertEquals("1.001", FeatureDistance.beyondOne(1.0000001));
    }

    @Test
    void doubts_recordingLikeThoseLearnedFrom_areNone() {
        assertEquals(List.of(), doubts(USUAL));
        assertEquals(
                List.of(), doubts(new RecordingMeasures(9, 2, -70, 0.004, 0, 0.1, 7900, 40)), "level is normalised");
    }

    @Test
    void doubts_recordingUnlikeThem_sayWhat() {
        assertOne("no speech stands out", doubts(new RecordingMeasures(3, 0.1, -26, 0.5, 0, 0, 7900, 2)));
        assertOne("0.40 s of speech", doubts(new RecordingMeasures(3, 0.4, -26, 0.5, 0, 0, 7900, 40)));
        assertOne("above 4000 Hz", doubts(new RecordingMeasures(3, 2, -26, 0.5, 0, 0, 4000, 40)));
        assertOne("12 dB above the noise", doubts(new RecordingMeasures(3, 2, -26, 0.5, 0, 0, 7900, 12)));
        assertOne("samples reach 32767", doubts(new RecordingMeasures(3, 2, 60, 32767, 0, 0, 7900, 40)));
        assertOne("samples reach 1.0e+38, full", doubts(new RecordingMeasures(3, 2, 760, 1e38, 1, 1e37, 7900, 40)));
        assertOne("hardly any sound", doubts(new RecordingMeasures(3, 2, -77, 1e-4, 0, 0, 7900, 40)));
        assertOne("offset of 50 %", doubts(new RecordingMeasures(3, 2, -26, 0.9, 0, 0.5, 7900, 40)));
        assertOne("offset of 30 %", doubts(new RecordingMeasures(3, 2, -26, 0.9, 0, 9830 / 32768.0, 7900, 40)));
        assertOne(
                "3.1 % of the samples stand at full scale",
                doubts(new RecordingMeasures(3, 2, -10, 1, 0.031, 0, 7900, 40)));
        assertOne("unlike all that the model has heard", SOUND.doubts(USUAL, new float[] {1, 9, 5}));
    }

    @Test
    void textMeasures_words_areKnownOrNotAndRanked() {
        Vocabulary vocabulary =
                Vocabulary.build(List.of(List.of("a", "a", "a", "b", "b", "c")), new Vocabulary.Limits(1, 10));
        TextMeasures text = TextMeasures.of(List.of("a", "c", "zzz", "!", "12", "да"), vocabulary);
        assertEquals(4, text.words());
        assertEquals(2, text.known());
        assertEquals((Math.log(1) + 3 * Math.log(3)) / 4, text.meanLogRank(), 1e-12);
        assertEquals(Map.of("Latin", 5, "Cyrillic", 2), text.letters());
        assertEquals(new TextMeasures(0, 0, 0, Map.of()), TextMeasures.of(List.of("!"), vocabulary));
    }

    private static TextMeasures text(int words, int known, double meanLogRank) {
        return new TextMeasures(words, known, meanLogRank, Map.of("Latin", 4 * words));
    }

    private static TextMeasures written(String letters) {
        return TextMeasures.of(List.of(letters), Vocabulary.build(List.of(), new Vocabulary.Limits(1, 10)));
    }

    @Test
    void doubts_textInAScriptThatWasNeverRead_nameIt() {
        Map<String, Double> scripts = TextDomain.scriptsOf(List.of(written("abcabc"), written("γδ")));
        assertEquals(Map.of("Latin", 0.75, "Greek", 0.25), scripts);
        TextDomain domain = new TextDomain(new Range(1, 20), 6, scripts);
        assertOne("the text is in Cyrillic; the model has read Latin, Greek;", domain.doubts(written("приветabc")));
        assertOne("no word of the text is known", domain.doubts(written("приabc")));
        assertOne("the text is in Hangul", domain.doubts(written("안녕하세요прab")));
        TextDomain stray = new TextDomain(new Range(1, 20), 6, Map.of("Latin", 0.9995, "Greek", 0.0005));
        assertOne("the text is in Greek; the model has read Latin;", stray.doubts(written("γδ")));
        TextDomain unknown = new TextDomain(new Range(1, 20), 6, Map.of());
        assertOne("no word of the text is known", unknown.doubts(written("γδ")));
    }

    @Test
    void doubts_textUnlikeThose_sayWhat() {
        TextDomain domain = new TextDomain(new Range(1, 20), 6, Map.of());
        assertEquals(List.of(), domain.doubts(text(5, 5, 4.6)));
        assertOne("no word of the text is known", domain.doubts(text(5, 0, 9)));
        assertOne("are rare or unknown to the model (2 of 5 are known)", domain.doubts(text(5, 2, 7)));
        assertOne("are rare in what the model has read:", domain.doubts(text(5, 5, 7)));
        assertOne("holds no word", domain.doubts(text(0, 0, 0)));
        assertOne("a text of 50 words", domain.doubts(text(50, 50, 4.6)));
    }

    @Test
    void file_domain_isReadAsItWasWritten() {
        TrainingDomain domain =
                new TrainingDomain(SOUND, new TextDomain(new Range(1, 20), 6, Map.of("Latin", 0.75, "Greek", 0.25)));
        SafeTensors.Builder file = new SafeTensors.Builder();
        domain.addTensors(file, "first.");
        SafeTensors read = SafeTensors.parse(file.toBytes(), "x");
        assertEquals(
                domain, TrainingDomain.read(Json.parseObject(domain.toJson().toText(), "x"), read, "first."));
        JsonObject before = domain.text().toJson().without("scripts");
        assertEquals(new TextDomain(new Range(1, 20), 6, Map.of()), TextDomain.fromJson(before));
        TrainingDomain plain = TrainingDomain.UNKNOWN;
        assertEquals(plain, TrainingDomain.read(Json.parseObject(plain.toJson().toText(), "x"), read, ""));
    }

    @Test
    void constructor_numbersThatDoNotFit_areRefused() {
        assertTrue(Refusal.of(() -> new Range(2, 1)).contains("2.0 to 1.0"));
        assertTrue(Refusal.of(() -> DISTANCE.withLimits(0, 1)).contains("limits 0.0"));
        Assertions.assertThrows(
                ShapeException.class,
                () -> new FeatureDistance(
                        new FeatureScaling(new float[2], new float[2]), new float[][] {{1, 0, 0}}, List.of(1.0), 1, 1));
    }
}
