package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DialogueSplitterTest {

    /// Ten sessions of three dialogues of four utterances; two speakers a session, or the same two in all.
    private static List<Utterance> corpus(boolean sessions, @Nullable String split) {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int session = i / 12;
            String speaker = (sessions ? "s" + session : "s") + (i % 2);
            Origin origin =
                    Origin.ofSpeaker(speaker).withTurn("d" + i / 4, i % 4).withSplit(split);
            Vectors vectors = new Vectors(new float[] {i}, null);
            utterances.add(new Utterance("u" + i, null, null, "joy", origin, vectors));
        }
        return utterances;
    }

    private static Map<String, Part> parts(Split split) {
        Map<String, Part> parts = new HashMap<>();
        for (Part part : Part.values()) {
            split.members(part).forEach(member -> parts.put(member.id(), part));
        }
        return parts;
    }

    @Test
    void drawn_sessions_stayWholeAndSharesAreMet() {
        Split split = new DialogueSplitter(corpus(true, null), Map.of(), 3).standard();
        Map<String, Part> parts = parts(split);
        for (int i = 0; i < 120; i++) {
            assertEquals(parts.get("u" + i / 12 * 12), parts.get("u" + i));
        }
        assertTrue(split.speakerIndependent());
        assertEquals(24, split.test().size());
        assertEquals(12, split.val().size());
        assertEquals(split, new DialogueSplitter(corpus(true, null), Map.of(), 3).standard());
    }

    @Test
    void drawn_speakersInAllDialogues_dialoguesStayWholeAndItIsSaid() {
        Split split = new DialogueSplitter(corpus(false, null), Map.of(), 3).standard();
        Map<String, Part> parts = parts(split);
        for (int i = 0; i < 120; i++) {
            assertEquals(parts.get("u" + i / 4 * 4), parts.get("u" + i));
        }
        assertFalse(split.speakerIndependent());
        assertEquals(24, split.test().size());
    }

    @Test
    void given_withoutValidation_movesWholeDialogues() {
        Split split = new DialogueSplitter(corpus(true, "train"), Map.of(), 3).standard();
        assertEquals(0, split.test().size());
        assertEquals(24, split.val().size());
        assertTrue(split.speakerIndependent());
    }

    @Test
    void checked_dialogueCutBySpeakers_isRefused() {
        List<Utterance> utterances = corpus(true, null);
        Split bySpeakers =
                new UtteranceSplitter(utterances, Map.of(), 1).bySpeakers(List.of("s00"), List.of("s10", "s11"));
        String message = Refusal.of(() -> new DialogueSplitter(utterances, Map.of(), 1).checked(bySpeakers));
        assertTrue(message.contains("dialogue \"d0\" would be in two parts"), message);
        Split whole =
                new UtteranceSplitter(utterances, Map.of(), 1).bySpeakers(List.of("s00", "s01"), List.of("s10", "s11"));
        assertEquals(whole, new DialogueSplitter(utterances, Map.of(), 1).checked(whole));
    }

    @Test
    void bySpeakers_withoutValidation_drawsWholeSessions() {
        List<Utterance> utterances = corpus(true, null);
        Split split = new DialogueSplitter(utterances, Map.of(), 1).bySpeakers(List.of("s00", "s01"), List.of());
        assertEquals(12, split.test().size());
        assertEquals(12, split.val().size());
        assertTrue(split.speakerIndependent());
        assertTrue(split.how().startsWith("speakers named, seed 1: test speakers [s00, s01], validation sessions [s"));
    }

    /// Where nobody talks to anybody, each group of dialogues is that of one speaker, and is called so.
    @Test
    void byName_speakersWhoTalkToNobody_areCalledSpeakers() {
        List<Utterance> monologues = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Origin origin = Origin.ofSpeaker("s" + i / 6).withTurn("d" + i / 3, i % 3);
            Vectors vectors = new Vectors(new float[] {i}, null);
            monologues.add(new Utterance("u" + i, null, null, "joy", origin, vectors));
        }
        Split split = new DialogueSplitter(monologues, Map.of(), 1)
                .byName("speakers", List.of())
                .getFirst();
        assertTrue(split.how().matches(".*test speakers \\[s.*validation speakers \\[s.*"), split.how());
    }
}
