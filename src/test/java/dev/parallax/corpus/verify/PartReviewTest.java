package dev.parallax.corpus.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.corpus.Clips;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartReviewTest {

    private final List<Utterance> utterances = new ArrayList<>();

    private void add(String speaker, int count, @Nullable String part) {
        for (int i = 0; i < count; i++) {
            Utterance utterance = Clips.utterance(speaker + i, null, i % 2 == 0 ? "anger" : "joy", speaker);
            utterances.add(utterance.withOrigin(utterance.origin().withSplit(part)));
        }
    }

    private List<String> lines() {
        return PartReview.findings(utterances).stream()
                .map(Verification.Finding::message)
                .toList();
    }

    /// Training refuses the same table, whichever row names a part.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findings_partsOfSomeUtterances_areAnError(boolean first) {
        add("anna", 4, first ? "train" : null);
        add("bert", 4, first ? null : "train");
        String refused = Refusal.of(() -> new UtteranceSplitter(utterances, Map.of(), 1, SoundCopies.NONE).standard());
        assertEquals(
                List.of(new Verification.Finding(Severity.ERROR, "split", refused)), PartReview.findings(utterances));
    }

    @Test
    void findings_smallParts_areWarnings() {
        add("anna", 400, "train");
        add("bert", 1, "test");
        assertEquals(
                Severity.WARNING, PartReview.findings(utterances).getFirst().severity());
    }

    @Test
    void lines_evenParts_areNone() {
        add("anna", 40, "train");
        add("bert", 20, "val");
        add("carl", 20, "test");
        assertEquals(List.of(), lines());
    }

    @Test
    void lines_givenPartsOfOneUtterance_areNamed() {
        add("anna", 400, "train");
        add("bert", 1, "val");
        add("carl", 1, "test");
        List<String> lines = lines();
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("the val part has 1 of 401 utterances and 1 of 2 classes"), lines::toString);
        assertTrue(lines.get(1).startsWith("the test part has 1 of 402 utterances"), lines::toString);
        assertEquals("the val part has no joy: the epoch is chosen without them", lines.get(2));
    }

    @Test
    void lines_trainingPartWhoseSpeakersCannotValidate_isNamed() {
        add("anna", 400, "train");
        add("bert", 1, "train");
        add("carl", 40, "test");
        List<String> lines = lines();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.getFirst().startsWith("no draw of other speakers could validate: given by"), lines::toString);
    }

    @Test
    void lines_speakersTooUnevenToDraw_areNamed() {
        add("anna", 400, null);
        add("bert", 1, null);
        assertEquals(List.of(), lines(), "two speakers are never kept apart");
        add("carl", 1, null);
        List<String> lines = lines();
        assertTrue(lines.getFirst().startsWith("split: speakers drawn: speakers are too uneven"), lines::toString);
    }
}
