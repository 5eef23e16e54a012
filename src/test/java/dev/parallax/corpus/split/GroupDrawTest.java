package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupDrawTest {

    /// A block a size, named `b00`, `b01`, ...
    private static SplitGroups blocks(int... sizes) {
        List<Utterance> utterances = new ArrayList<>();
        for (int block = 0; block < sizes.length; block++) {
            for (int i = 0; i < sizes[block]; i++) {
                Origin origin = Origin.ofSpeaker(String.format(Locale.ROOT, "b%02d", block));
                utterances.add(new Utterance(block + "/" + i, null, "words", "joy", origin));
            }
        }
        return SplitGroups.bySpeaker(utterances);
    }

    private static RandomStream random(int seed) {
        return new RandomStream(seed, 0, 0, 0);
    }

    @Test
    void dealBySize_unevenBlocks_groupsDifferByLessThanTheSmallest() {
        SplitGroups blocks = blocks(40, 3, 5, 7, 11, 2, 30, 8, 9, 5, 20, 4, 6, 10);
        for (int seed = 0; seed < 10; seed++) {
            List<List<String>> groups = new GroupDraw(blocks, Map.of()).dealBySize(4, random(seed));
            List<Integer> sizes = groups.stream()
                    .map(group -> blocks.utterances(group).size())
                    .toList();
            assertTrue(sizes.stream().allMatch(size -> Math.abs(size - 40) <= 2), sizes.toString());
            assertEquals(14, groups.stream().mapToInt(List::size).sum());
        }
    }

    @Test
    void draw_moreBlocksThanTheShare_areNotAlwaysTheSmallest() {
        SplitGroups blocks = blocks(20, 21, 22, 23, 24);
        Map<String, Sex> sexes =
                Map.of("b00", Sex.FEMALE, "b01", Sex.MALE, "b02", Sex.FEMALE, "b03", Sex.MALE, "b04", Sex.FEMALE);
        Set<List<String>> different = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            List<String> drawn = new GroupDraw(blocks, sexes).draw(0.15, random(seed));
            assertEquals(2, drawn.size());
            assertEquals(
                    2, Set.of(sexes.get(drawn.get(0)), sexes.get(drawn.get(1))).size());
            different.add(drawn);
        }
        assertTrue(different.size() > 3, different.toString());
    }

    @Test
    void draw_blockOfBothSexes_isEnough() {
        SplitGroups speakers = blocks(5, 5, 5, 5, 5, 5, 5, 5);
        Map<String, Sex> sexes = Map.of("b00", Sex.FEMALE, "b04", Sex.MALE);
        SplitGroups pairs = SplitGroups.by(
                "session",
                speakers.utterances(speakers.names()),
                each -> each.id().charAt(0) % 4 + " of 4");
        assertEquals(4, pairs.size());
        assertEquals(List.of("0 of 4"), new GroupDraw(pairs, sexes).draw(0.15, random(1)));
    }
}
