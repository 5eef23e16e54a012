package dev.parallax.corpus.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Voices;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.corpus.Clips;
import dev.parallax.corpus.recordings.PublishedCopies;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordingReviewTest {

    private static final int RATE = 16000;

    private final List<Utterance> utterances = new ArrayList<>();
    private final List<@Nullable SoundFacts> facts = new ArrayList<>();

    private void add(String id, float[] samples, String emotion) {
        utterances.add(Clips.utterance(id, new Clips.Counted(utterances.size(), 1), emotion, "anna"));
        facts.add(SoundFacts.of(new Audio(samples, RATE), 1, List.of()));
    }

    private static float[] voice(int seed, float gain, float offset) {
        float[] samples = Voices.of(seed, 1.5, RATE, 0).samples();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = gain * samples[i] + offset;
        }
        return samples;
    }

    private RecordingReview planted() {
        add("good", voice(1, 1, 0), "joy");
        add("silent", new float[RATE], "joy");
        add("integers", voice(2, 32768, 0), "joy");
        add("offset", voice(3, 1, 0.05f), "joy");
        add("copy", voice(1, 1, 0), "joy");
        add("again", voice(4, 1, 0), "joy");
        add("other", voice(4, 1, 0), "anger");
        return new RecordingReview(utterances, facts, SoundCopies.of(utterances, facts, 1), PublishedCopies.NONE);
    }

    @Test
    void lines_plantedFaults_nameEachKindWithItsFirstAndTheRemedy() {
        List<String> lines = planted().lines(List.of());
        assertEquals(5, lines.size(), lines::toString);
        assertEquals(
                "1 recording is silent (the first: silent: its loudest sample is 0.000000 of full scale);"
                        + " ‹leave-out faults› leaves it out",
                lines.getFirst());
        assertTrue(lines.get(1).contains("integers is not scaled: values up to "), lines::toString);
        assertTrue(lines.get(1).contains("divide by 32768"), lines::toString);
        assertTrue(lines.get(2).endsWith("‹leave-out offset› leaves it out"), lines::toString);
        assertEquals(
                "1 recording is a copy of another (the first: copy is the same recording as good); ‹leave-out faults›"
                        + " leaves it out",
                lines.get(3));
        assertTrue(lines.get(4).contains("2 recordings have two labels"), lines::toString);
    }

    @Test
    void chosen_faults_areTheErrorsAndTheFirstOfCopiesStays() {
        Map<String, Set<String>> chosen = planted().chosen(List.of(RecordingReview.FAULTS));
        assertEquals(
                Map.of(
                        "are silent", Set.of("silent"),
                        "are not scaled to ±1", Set.of("integers"),
                        "are copies of others", Set.of("copy"),
                        "have two labels", Set.of("again", "other")),
                chosen);
        List<String> left = planted().lines(List.of(RecordingReview.FAULTS));
        assertEquals(1, left.size());
        assertTrue(left.getFirst().endsWith("; ‹leave-out faults,offset› leaves it out"), left::toString);
    }

    @Test
    void chosen_unknownKind_isRefusedWithTheNearest() {
        assertTrue(Refusal.of(() -> planted().chosen(List.of("silence"))).endsWith("did you mean \"silent\"?"));
    }

    @Test
    void classReview_classThatIsNeverLearned_isNamed() {
        for (int i = 0; i < 12; i++) {
            String emotion = i % 3 == 0 ? "sadness" : "joy";
            String part = i % 3 == 0 ? "test" : i % 3 == 1 ? "train" : "val";
            Utterance utterance = Clips.utterance("u" + i, null, emotion, "s" + i % 3);
            utterances.add(utterance.withOrigin(utterance.origin().withSplit(part)));
        }
        Split split = new UtteranceSplitter(utterances, Map.of(), 1).given();
        ClassReview review = new ClassReview(split, utterances, Labels.of("joy", "sadness"));
        assertEquals(List.of("sadness"), review.neverLearned());
        assertEquals(
                List.of(
                        "class sadness: no utterance to learn from, 0 to validate and 4 to test on: the model can never"
                                + " answer it; give more of it, or choose another split",
                        "the val part has no sadness: the epoch is chosen without them",
                        "the test part has no joy: the scores say nothing about them"),
                review.lines(),
                "without sadness one class would be left");
        String third = new ClassReview(split, utterances, Labels.of("anger", "joy", "sadness"))
                .lines()
                .getFirst();
        assertTrue(third.endsWith("leave it out with ‹labels joy,sadness›, or choose another split"), third);
    }

    @Test
    void tableChecks_labelsAndSpeakersAlike_areWarned() {
        for (String emotion :
                Arrays.asList("anger", "Anger", "ang\u200ber", "nan", "fr\u00f6hlich", "fro\u0308hlich")) {
            utterances.add(Clips.utterance("u" + utterances.size(), null, emotion, emotion.equals("nan") ? "3" : "03"));
        }
        List<String> lines = TableChecks.of(utterances, null).stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .map(Verification.Finding::message)
                .toList();
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(
                lines.get(0).startsWith("emotions \"Anger\" and \"anger\" and \"ang\\u200ber\" look alike"),
                lines::toString);
        assertTrue(lines.get(2).startsWith("emotion \"nan\" reads like a value that is not there"), lines::toString);
        assertTrue(lines.get(3).startsWith("speakers \"03\" and \"3\" are taken for one, \"03\""), lines::toString);
    }

    @Test
    void tableChecks_nothingToTell_isAnError() {
        utterances.add(Clips.utterance("u", null, "joy", "anna"));
        assertTrue(TableChecks.of(utterances, null).getFirst().message().contains("nothing can be told apart"));
        utterances.set(0, utterances.getFirst().withEmotion(null));
        assertTrue(TableChecks.of(utterances, null).getFirst().message().contains("no utterance has an emotion"));
        assertEquals(Severity.ERROR, TableChecks.of(utterances, null).getFirst().severity());
    }
}
