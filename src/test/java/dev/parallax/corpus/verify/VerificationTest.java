package dev.parallax.corpus.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.Clips;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {

    @TempDir
    private Path folder;

    @Test
    void lines_manyOfAKind_showTheFirstAndJsonAll() {
        List<Finding> findings = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> findings.add(new Finding(Severity.ERROR, "missing", "u" + i)));
        findings.add(new Finding(Severity.WARNING, "short", "u50"));
        Verification verification = new Verification("kind:place", 60, findings);
        List<String> lines = verification.lines();
        assertEquals(Verification.SHOWN + 3, lines.size());
        assertEquals("error missing: … and 28 more; ‹json› lists all", lines.get(Verification.SHOWN));
        assertEquals("warning short: u50", lines.get(Verification.SHOWN + 1));
        assertEquals(41, verification.toJson().array("findings").size());
    }

    @Test
    void lines_warnings_areNotGood() {
        Finding alike = new Finding(Severity.WARNING, "label", "emotions look alike");
        assertTrue(new Verification("kind:place", 9, List.of(alike))
                .lines()
                .getLast()
                .endsWith("0 errors, 1 warning: look at the warnings"));
        assertTrue(
                new Verification("kind:place", 9, List.of()).lines().getLast().endsWith("0 errors, 0 warnings: good"));
    }

    @Test
    void lines_manyIds_showTheFirstAndJsonAll() {
        List<String> ids = IntStream.range(0, 9).mapToObj(i -> "u" + i).toList();
        Finding finding = new Finding(Severity.NOTE, "text", "9 are alike", ids);
        Verification verification = new Verification("kind:place", 9, List.of(finding));
        assertTrue(verification.ok());
        assertEquals(
                "note text: 9 are alike: u0, u1, u2, u3, u4, … (9, ‹json› lists all)",
                verification.lines().getFirst());
        assertTrue(verification.toJson().toText().contains("\"u8\""));
    }

    @Test
    void clips_allAtAnotherRate_areOneWarning() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            utterances.add(utterance("u" + i, Clips.noise(i, 0.5).samples(), 8000));
        }
        List<Finding> findings = ClipChecks.of(utterances, new Expected(16000, Map.of()), VerificationOptions.ALONE);
        assertEquals(1, findings.size());
        assertEquals(Severity.WARNING, findings.getFirst().severity());
        assertTrue(findings.getFirst().message().startsWith("4 of 4 recordings are not at 16000 Hz"));
    }

    @Test
    void clips_faultThatWasPublished_isANote() {
        List<Utterance> utterances = List.of(utterance("u", new float[8000], 16000));
        Map<String, String> faults = Map.of("u", "silent in the original");
        Finding finding = ClipChecks.of(utterances, new Expected(16000, faults), VerificationOptions.ALONE)
                .getFirst();
        assertEquals(Severity.NOTE, finding.severity());
        assertTrue(finding.message().endsWith(" (published so: silent in the original)"), finding.message());
    }

    @Test
    void clips_severalChannels_areANote() throws IOException {
        Path file = Clips.write(folder.resolve("stereo.wav"), Clips.noise(1, 0.5));
        byte[] bytes = Files.readAllBytes(file);
        bytes[22] = 2; // channels
        bytes[32] = 4; // bytes of a frame
        Files.write(file, bytes);
        Utterance utterance = new Utterance("u", new FileAudio(file), null, "joy", Origin.UNKNOWN);
        Finding finding = ClipChecks.of(List.of(utterance), new Expected(16000, Map.of()), VerificationOptions.ALONE)
                .getFirst();
        assertEquals("channels", finding.kind());
        assertEquals(List.of("u"), finding.ids());
        assertEquals(Severity.NOTE, finding.severity());
    }

    @Test
    void copyCheck_groupThatWasNotPublished_isCounted() {
        Utterance utterance = new Utterance("u", null, "w", "joy", Origin.UNKNOWN);
        Verification verification = new CopyCheck("kind:place", List.of(utterance), List.of())
                .counts("emotion", Utterance::emotion, Map.of("fear", 0))
                .verification();
        assertFalse(verification.ok());
        assertEquals(
                "emotion joy has 1 utterance, published are 0",
                verification.findings().getFirst().message());
    }

    @Test
    void copyCheck_namesButAFew_isGoodUpToTheFew() {
        Utterance utterance = new Utterance("a", null, "w", "joy", Origin.UNKNOWN);
        for (int never = 1; never <= 2; never++) {
            Verification verification = new CopyCheck("kind:place", List.of(utterance), List.of())
                    .namesBut(List.of("a", "b", "c"), never)
                    .verification();
            assertEquals(never == 2, verification.ok(), verification.lines().toString());
        }
    }

    private Utterance utterance(String id, float[] samples, int sampleRate) {
        Path file = Clips.write(folder.resolve(id + ".wav"), new Audio(samples, sampleRate));
        return new Utterance(id, new FileAudio(file), null, "joy", Origin.UNKNOWN);
    }
}
