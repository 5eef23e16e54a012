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

/// Draws the groups of a part. Among a fixed number of random choices it takes the best: first by how many emotions
/// the others would lack, then by whether both sexes are among the drawn, then by how many emotions the drawn ones
/// lack, then by how near the number of utterances comes to that of as many average groups. A plain draw of two out
/// of ten speakers often has one sex only.
final class GroupDraw {

    private static final int CHOICES = 200;

    /// Sizes nearer to the average than this part of all utterances are equally good, so that seeds differ.
    private static final double TOLERANCE = 0.05;

    /// What a draw must know of a group.
    private record Group(String name, int size, Set<String> emotions, Set<Sex> sexes) {}

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

    private final List<Group> groups;
    private final int emotions;
    private final int sexes;
    private final int size;

    /// @param pool  at least two groups
    /// @param sexOf the sex of each speaker where it is known
    GroupDraw(SplitGroups pool, Map<String, Sex> sexOf) {
        List<Group> described = new ArrayList<>();
        pool.members().forEach((name, members) -> described.add(group(name, members, sexOf)));
        this.groups = List.copyOf(described);
        this.emotions = count(groups, Group::emotions);
        this.sexes = count(groups, Group::sexes);
        this.size = groups.stream().mapToInt(Group::size).sum();
    }

    private static Group group(String name, List<Utterance> members, Map<String, Sex> sexOf) {
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
        return new Group(name, members.size(), emotions, sexes);
    }

    /// The best of the random choices, in alphabetical order; at least one group and never all.
    ///
    /// @param share part of the groups that is wished for, in (0, 1)
    List<String> draw(double share, RandomStream random) {
        int wished = Math.clamp(Math.round(share * groups.size()), 1, Math.max(1, groups.size() - 1));
        int count = Math.max(wished, least());
        int[] order = order();
        List<Group> best = List.of();
        Faults fewest = Faults.MOST;
        for (int choice = 0; choice < CHOICES; choice++) {
            random.shuffle(order);
            List<Group> drawn = in(order).subList(0, count);
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
        boolean together = groups.stream().anyMatch(group -> group.sexes.size() == 2);
        return sexes == 2 && !together && groups.size() >= 4 ? 2 : 1;
    }

    /// Deals all groups into folds: shuffled, females first, one after the other into the next fold, so that each
    /// fold has its share of both sexes.
    List<List<String>> deal(int folds, RandomStream random) {
        List<Group> shuffled = shuffled(random);
        shuffled.sort(Comparator.comparing(group -> group.sexes.toString())); // each sex stays shuffled
        List<List<Group>> dealt = empty(folds);
        for (int i = 0; i < shuffled.size(); i++) {
            dealt.get(i % folds).add(shuffled.get(i));
        }
        return dealt.stream().map(GroupDraw::sortedNames).toList();
    }

    /// Deals all groups into folds of about equal size: shuffled, the largest first, each into the smallest fold.
    List<List<String>> dealBySize(int folds, RandomStream random) {
        List<Group> shuffled = shuffled(random);
        shuffled.sort(Comparator.comparingInt(Group::size).reversed());
        List<List<Group>> dealt = empty(folds);
        int[] sizes = new int[folds];
        for (Group group : shuffled) {
            int smallest = 0;
            for (int fold = 1; fold < folds; fold++) {
                smallest = sizes[fold] < sizes[smallest] ? fold : smallest;
            }
            dealt.get(smallest).add(group);
            sizes[smallest] += group.size;
        }
        return dealt.stream().map(GroupDraw::sortedNames).toList();
    }

    private int[] order() {
        int[] order = new int[groups.size()];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private List<Group> in(int[] order) {
        return Arrays.stream(order).mapToObj(groups::get).toList();
    }

    private List<Group> shuffled(RandomStream random) {
        int[] order = order();
        random.shuffle(order);
        return new ArrayList<>(in(order));
    }

    private static List<List<Group>> empty(int folds) {
        List<List<Group>> lists = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    private static List<String> sortedNames(List<Group> groups) {
        return groups.stream().map(Group::name).sorted().toList();
    }

    private Faults faults(List<Group> drawn, List<Group> left) {
        int drawnSize = drawn.stream().mapToInt(Group::size).sum();
        double average = size * (double) drawn.size() / groups.size();
        return new Faults(
                emotions - count(left, Group::emotions),
                sexes - count(drawn, Group::sexes),
                emotions - count(drawn, Group::emotions),
                Math.max(0, Math.abs(drawnSize - average) - TOLERANCE * size));
    }

    private static int count(List<Group> groups, Function<Group, Set<?>> of) {
        return (int) groups.stream()
                .flatMap(group -> of.apply(group).stream())
                .distinct()
                .count();
    }
}
