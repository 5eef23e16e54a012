package dev.parallax.study;

import dev.parallax.fusion.Loss;
import dev.parallax.report.study.GroupFindings;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyRow;
import dev.parallax.report.study.StudyRow.Versus;
import dev.parallax.study.Tables.Candidate;
import dev.parallax.study.Tables.Pair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The scores of groups of test utterances. All comparisons of a column with the reference are one family, and so are
/// all those with the single loss: p is corrected for each.
final class GroupTables {

    private final StudyDesign plan;
    private final PooledCells pools;
    private final Tables tables;

    GroupTables(StudyDesign plan, PooledCells pools, Tables tables) {
        this.plan = plan;
        this.pools = pools;
        this.tables = tables;
    }

    /// One way to decide, on one group.
    ///
    /// @param reference what it is compared with, or null   @param single likewise, the single loss
    private record One(
            StudyRow row,
            String group,
            PooledAnswers decided,
            @Nullable Pair reference,
            @Nullable Pair single) {}

    /// @param groupOf the group of each utterance, by its id
    GroupFindings of(String column, Map<String, String> groupOf) {
        Set<String> groups = new LinkedHashSet<>();
        List<Candidate> candidates = tables.candidates();
        candidates.getFirst().decided().ids().forEach(id -> groups.add(group(groupOf, id)));
        List<One> all = new ArrayList<>();
        for (Candidate candidate : candidates) {
            StudyRow row = candidate.row();
            Pair reference =
                    candidate.compared() == null ? null : pair(candidate, StudyDesign.REFERENCE, candidate.compared());
            Pair single = hasSingle(row) ? pair(candidate, row.strategy(), Loss.FUSED) : null;
            for (String group : groups) {
                UnaryOperator<PooledAnswers> only =
                        answers -> answers.only(id -> group(groupOf, id).equals(group));
                all.add(new One(
                        row, group, only.apply(candidate.decided()), only(reference, only), only(single, only)));
            }
        }
        Iterator<Versus> references = tables.family(all.stream()
                        .map(One::reference)
                        .filter(Objects::nonNull)
                        .toList())
                .iterator();
        Iterator<Versus> singles = tables.family(
                        all.stream().map(One::single).filter(Objects::nonNull).toList())
                .iterator();
        List<GroupFindings.Row> rows = new ArrayList<>();
        for (One one : all) {
            rows.add(new GroupFindings.Row(
                    one.row.strategy(),
                    one.row.loss(),
                    one.group,
                    one.decided.ids().size(),
                    one.decided.unweightedAccuracy().mean(),
                    one.reference == null ? null : references.next(),
                    one.single == null ? null : singles.next()));
        }
        return new GroupFindings(column, List.copyOf(groups), rows);
    }

    /// Whether there is a model of the same strategy under the single loss to compare with.
    private boolean hasSingle(StudyRow row) {
        return row.loss() != LossChoice.NONE
                && row.loss() != LossChoice.FUSED
                && plan.losses().contains(Loss.FUSED);
    }

    private Pair pair(Candidate candidate, String strategy, Loss loss) {
        return new Pair(LossChoice.of(loss).title(strategy), candidate.decided(), pools.decisions(strategy, loss));
    }

    private static @Nullable Pair only(@Nullable Pair pair, UnaryOperator<PooledAnswers> only) {
        return pair == null ? null : new Pair(pair.with(), only.apply(pair.first()), only.apply(pair.second()));
    }

    private static String group(Map<String, String> groupOf, String id) {
        return Objects.requireNonNull(groupOf.get(id), id);
    }
}
