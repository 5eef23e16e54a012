package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PerCorpusSplitterTest {

    private static final List<String> PARTS = List.of("train", "val", "test");

    /// Spoken by six people, and comments of nobody in the parts that their corpus gives.
    private static List<Utterance> utterances() {
        List<Utterance> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Origin spoken = new Origin("spoken1/s" + i % 6, null, null, 0, null, null).prefixed("spoken1/");
            all.add(utterance("spoken1/" + i, "words " + i, spoken));
        }
        for (int i = 0; i < 9; i++) {
            Origin written = new Origin(null, null, null, 0, null, PARTS.get(i % 3)).prefixed("written2/");
            all.add(utterance("written2/" + i, "comment " + i, written));
        }
        return all;
    }

    private static Utterance utterance(String id, String text, Origin origin) {
        return new Utterance(id, null, text, "joy", origin);
    }

    private static Set<String> ids(List<Split.Member> members, String corpus) {
        return members.stream()
                .map(Split.Member::id)
                .filter(id -> id.startsWith(corpus))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void standard_drawnAndGiven_eachCorpusHasAllParts() {
        List<Utterance> all = utterances();
        Split split = new PerCorpusSplitter(all, Map.of(), 1, SoundCopies.NONE).standard();
        assertEquals(Set.of("written2/0", "written2/3", "written2/6"), ids(split.train(), "written2/"));
        assertEquals(Set.of("written2/1", "written2/4", "written2/7"), ids(split.val(), "written2/"));
        assertEquals(Set.of("written2/2", "written2/5", "written2/8"), ids(split.test(), "written2/"));
        for (Part part : Part.values()) {
            assertFalse(ids(split.members(part), "spoken1/").isEmpty(), part.word());
        }
        assertFalse(split.speakerIndependent(), "nobody knows who wrote the comments");
        assertEquals(
                all.size(),
                split.train().size() + split.val().size() + split.test().size());
    }

    @Test
    void bySpeakers_namedOfOneCorpus_leavesTheOtherAsItIs() {
        List<Utterance> all = utterances();
        PerCorpusSplitter splits = new PerCorpusSplitter(all, Map.of(), 1, SoundCopies.NONE);
        String speaker = all.getFirst().speaker();
        String other = all.get(1).speaker();
        assertTrue(speaker != null && other != null);
        Split split = splits.bySpeakers(List.of(speaker), List.of(other));
        assertEquals(Set.of("spoken1/0", "spoken1/12", "spoken1/18", "spoken1/6"), ids(split.test(), "spoken1/"));
        assertEquals(ids(splits.standard().test(), "written2/"), ids(split.test(), "written2/"));
        assertTrue(Refusal.of(() -> splits.bySpeakers(List.of("nobody"), List.of()))
                .contains("nobody"));
    }
}
