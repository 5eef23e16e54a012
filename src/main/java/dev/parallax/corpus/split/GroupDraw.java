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
import java.util.stream.Collectors;

/// Draws the groups of a part. Among a fixed number of random choices it takes the best: first by how many emotions
/// the others would lack, then by whether both sexes are among the drawn, then by how many emotions the drawn ones
/// lack, then by how near the number of utterances comes to that of as many average groups. A plain draw of two out
/// of ten speakers often has one sex only.
///
/// The number of groups is that of the share. Where groups are so uneven that the part could not do its work (see
/// [PartCheck]), other numbers of groups are tried too.
final class GroupDraw {

    private static final int CHOICES = 200;

    /// Sizes nearer to the average than this part of all utterances are equally good, so that seeds differ.
    private static final double TOLERANCE = 0.05;

    /// What a draw must know of a group.
    private record Group(String name, int size, int labelled, Set<String> emotions, Set<Sex> sexes) {}

    /// What a choice lacks; of two, the one with less of the first component is better, then of the second, and so on.
    ///
    /// @param othersLack how many emotions those that are left lack
    /// @param sexesLack  how many sexes the drawn ones lack
    /// @param drawnLack  how many emotions they lack
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

    /// What a choice of any number of groups lacks; compared as [Faults] are.
    ///
    /// @param othersLack how many emotions those that are left lack
    /// @param unfit      whether the drawn or the others are too small
    /// @param sexesLack  how many sexes the drawn lack
    /// @param far        whether the drawn are more than twice their share
    /// @param drawnLack  how many emotions they lack of which they should have one
    /// @param sizeOff    how far their size is from their share [utterances]
    private record Misfit(int othersLack, boolean unfit, int sexesLack, boolean far, int drawnLack, double sizeOff) {

        private static final Comparator<Misfit> ORDER = Comparator.comparingInt(Misfit::othersLack)
                .thenComparing(Misfit::unfit)
                .thenComparingInt(Misfit::sexesLack)
                .thenComparing(Misfit::far)
                .thenComparingInt(Misfit::drawnLack)
                .thenComparingDouble(Misfit::sizeOff);

        /// Whether it is worth another number of groups: it mends what is wrong with a choice.
        boolean mends(Misfit other) {
            return ORDER.compare(this, other) < 0 && (other.unfit ? !unfit : drawnLack < other.drawnLack);
        }
    }

    private final SplitGroups pool;
    private final List<Group> groups;
    private final int emotions;
    private final int sexes;
    private final int size;

    /// @param pool  at least two groups
    /// @param sexOf the sex of each speaker where it is known
    GroupDraw(SplitGroups pool, Map<String, Sex> sexOf) {
        this.pool = pool;
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
        return new Group(name, members.size(), PartCheck.labelled(members), emotions, sexes);
    }

    /// The best of the random choices, in alphabetical order; at least one group and never all.
    ///
    /// @param share part of the groups that is wished for, in (0, 1)
    List<String> draw(double share, RandomStream random) {
        int wished = Math.clamp(Math.round(share * groups.size()), 1, Math.max(1, groups.size() - 1));
        int[] order = order();
        List<Group> best = ofNumber(Math.max(wished, least()), order, random);
        PartCheck check = new PartCheck(pool.utterances(pool.names()), share);
        Misfit misfit = misfit(best, check);
        if (misfit.unfit || misfit.drawnLack > 0) {
            List<Group> other = ofAnyNumber(best, misfit, check, order, random);
            best = misfit(other, check).mends(misfit) ? other : best;
        }
        return sortedNames(best);
    }

    /// The best choice of a number of groups.
    private List<Group> ofNumber(int count, int[] order, RandomStream random) {
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
        return best;
    }

    /// The best choice of up to half of the groups, or another choice if none is better.
    ///
    /// @param misfit of the other choice
    private List<Group> ofAnyNumber(
            List<Group> other, Misfit misfit, PartCheck check, int[] order, RandomStream random) {
        List<Group> best = other;
        Misfit least = misfit;
        for (int count = 1; count <= groups.size() / 2; count++) {
            for (int choice = 0; choice < CHOICES; choice++) {
                random.shuffle(order);
                List<Group> drawn = in(order).subList(0, count);
                Misfit its = misfit(drawn, check);
                if (Misfit.ORDER.compare(its, least) < 0) {
                    best = drawn;
                    least = its;
                }
            }
        }
        return best;
    }

    private Misfit misfit(List<Group> drawn, PartCheck check) {
        Set<String> names = drawn.stream().map(Group::name).collect(Collectors.toSet());
        List<Group> left =
                groups.stream().filter(group -> !names.contains(group.name)).toList();
        Set<String> has =
                drawn.stream().flatMap(group -> group.emotions.stream()).collect(Collectors.toSet());
        int labelled = drawn.stream().mapToInt(Group::labelled).sum();
        return new Misfit(
                emotions - count(left, Group::emotions),
                !check.fits(labelled),
                sexes - count(drawn, Group::sexes),
                check.isFar(labelled),
                check.lacking(has),
                check.off(labelled));
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
