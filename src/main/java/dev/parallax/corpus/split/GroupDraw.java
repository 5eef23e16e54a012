package dev.parallax.corpus.split;

import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Draws the blocks of a part. Among a fixed number of random choices it takes the best: first by how many emotions
/// the others would lack, then by whether both sexes are among the drawn, then by how many emotions the drawn ones
/// lack, then by how near the number of utterances comes to that of as many average blocks. A plain draw of two out
/// of ten speakers often has one sex only.
final class GroupDraw {

    private static final int CHOICES = 200;

    /// Sizes nearer to the average than this part of all utterances are equally good, so that seeds differ.
    private static final double TOLERANCE = 0.05;

    /// What a draw must know of a block.
    private record Block(String name, int size, Set<String> emotions, Set<Sex> sexes) {}

    /// What a choice lacks; of two, the one with less of the first component is better, then of the second, and so on.
    ///
    /// @param othersLack how many emotions those that are left lack
    /// @param sexesLack  how many sexes the drawn ones lack   @param drawnLack how many emotions they lack
    /// @param sizeOff    how far their size is from the average, beyond the tolerance [utterances]
    private record Faults(int othersLack, int sexesLack, int drawnLack, double sizeOff) implements Comparable<Faults> {

        private static final Faults MOST =
                new Faults(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
        private static final Comparator<Faults> ORDER = Comparator.comparingInt(Faults::othersLack)
                .thenComparingInt(Faults::sexesLack)
                .thenComparingInt(Faults::drawnLack)
                .thenComparingDouble(Faults::sizeOff);

        @Override
        public int compareTo(Faults other) {
            return ORDER.compare(this, other);
        }
    }

    private final List<Block> blocks;
    private final int emotions;
    private final int sexes;
    private final int size;

    /// @param pool  at least two blocks
    /// @param sexOf the sex of each speaker where it is known
    GroupDraw(SplitGroups pool, Map<String, Sex> sexOf) {
        List<Block> described = new ArrayList<>();
        pool.members().forEach((name, members) -> described.add(block(name, members, sexOf)));
        this.blocks = List.copyOf(described);
        this.emotions = count(blocks, Block::emotions);
        this.sexes = count(blocks, Block::sexes);
        this.size = blocks.stream().mapToInt(Block::size).sum();
    }

    private static Block block(String name, List<Utterance> members, Map<String, Sex> sexOf) {
        Set<String> emotions = new TreeSet<>();
        Set<Sex> sexes = new TreeSet<>();
        for (Utterance utterance : members) {
            if (utterance.emotion() != null) {
                emotions.add(utterance.emotion());
            }
            Sex sex = utterance.speaker() == null ? null : sexOf.get(utterance.speaker());
            if (sex != null) {
                sexes.add(sex);
            }
        }
        return new Block(name, members.size(), emotions, sexes);
    }

    /// The best of the random choices, in alphabetical order; at least one block and never all.
    ///
    /// @param share part of the blocks that is wished for, in (0, 1)
    List<String> draw(double share, RandomStream random) {
        int wished = Math.clamp(Math.round(share * blocks.size()), 1, Math.max(1, blocks.size() - 1));
        int count = Math.max(wished, least());
        int[] order = order();
        List<Block> best = List.of();
        Faults fewest = Faults.MOST;
        for (int choice = 0; choice < CHOICES; choice++) {
            random.shuffle(order);
            List<Block> drawn = in(order).subList(0, count);
            Faults faults = faults(drawn, in(order).subList(count, order.length));
            if (faults.compareTo(fewest) < 0) {
                best = drawn;
                fewest = faults;
            }
        }
        return sortedNames(best);
    }

    /// Two where it takes two to have both sexes and others remain.
    private int least() {
        boolean together = blocks.stream().anyMatch(block -> block.sexes.size() == 2);
        return sexes == 2 && !together && blocks.size() >= 4 ? 2 : 1;
    }

    /// Deals all blocks into groups: shuffled, females first, one after the other into the next group, so that each
    /// group has its share of both sexes.
    List<List<String>> deal(int groups, RandomStream random) {
        List<Block> shuffled = shuffled(random);
        shuffled.sort(Comparator.comparing(block -> block.sexes.toString())); // each sex stays shuffled
        List<List<Block>> dealt = empty(groups);
        for (int i = 0; i < shuffled.size(); i++) {
            dealt.get(i % groups).add(shuffled.get(i));
        }
        return dealt.stream().map(GroupDraw::sortedNames).toList();
    }

    /// Deals all blocks into groups of about equal size: shuffled, the largest first, each into the smallest group.
    List<List<String>> dealBySize(int groups, RandomStream random) {
        List<Block> shuffled = shuffled(random);
        shuffled.sort(Comparator.comparingInt(Block::size).reversed());
        List<List<Block>> dealt = empty(groups);
        int[] sizes = new int[groups];
        for (Block block : shuffled) {
            int smallest = 0;
            for (int group = 1; group < groups; group++) {
                smallest = sizes[group] < sizes[smallest] ? group : smallest;
            }
            dealt.get(smallest).add(block);
            sizes[smallest] += block.size;
        }
        return dealt.stream().map(GroupDraw::sortedNames).toList();
    }

    private int[] order() {
        int[] order = new int[blocks.size()];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private List<Block> in(int[] order) {
        return Arrays.stream(order).mapToObj(blocks::get).toList();
    }

    private List<Block> shuffled(RandomStream random) {
        int[] order = order();
        random.shuffle(order);
        return new ArrayList<>(in(order));
    }

    private static List<List<Block>> empty(int groups) {
        List<List<Block>> lists = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    private static List<String> sortedNames(List<Block> blocks) {
        return blocks.stream().map(Block::name).sorted().toList();
    }

    private Faults faults(List<Block> drawn, List<Block> left) {
        int drawnSize = drawn.stream().mapToInt(Block::size).sum();
        double average = size * (double) drawn.size() / blocks.size();
        return new Faults(
                emotions - count(left, Block::emotions),
                sexes - count(drawn, Block::sexes),
                emotions - count(drawn, Block::emotions),
                Math.max(0, Math.abs(drawnSize - average) - TOLERANCE * size));
    }

    private static int count(List<Block> blocks, Function<Block, Set<?>> of) {
        return (int) blocks.stream()
                .flatMap(block -> of.apply(block).stream())
                .distinct()
                .count();
    }
}
