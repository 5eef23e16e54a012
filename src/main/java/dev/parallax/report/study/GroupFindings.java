package dev.parallax.report.study;

import dev.parallax.report.study.StudyRow.Versus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well each group of test utterances was recognised: groups that a column of a table names, such as men and
/// women, or clean and noisy recordings. No model has seen the column.
///
/// @param column name of the column
/// @param groups its values, in the order of their first utterances
/// @param rows   every group by every way to decide
public record GroupFindings(String column, List<String> groups, List<Row> rows) {

    /// Keeps its own copies.
    public GroupFindings {
        groups = List.copyOf(groups);
        rows = List.copyOf(rows);
    }

    /// One group, decided in one way.
    ///
    /// @param utterances         of the group
    /// @param unweightedAccuracy of one model, mean over the seeds, over the classes that occur in the group
    /// @param reference          against the reference under the same loss; null where there is nothing to compare
    /// @param single             against the same strategy under the single loss; null where there is none
    public record Row(
            String strategy,
            LossChoice loss,
            String group,
            int utterances,
            double unweightedAccuracy,
            @Nullable Versus reference,
            @Nullable Versus single) {

        /// The strategy with its loss, where it has one.
        public String title() {
            return loss.title(strategy);
        }
    }

    /// The ways to decide, in their order.
    public List<String> titles() {
        return rows.stream().map(Row::title).distinct().toList();
    }

    /// Each group with the number of its utterances, as the head of a column.
    public List<String> heads() {
        String first = titles().getFirst();
        return groups.stream()
                .map(group -> group + " (" + row(first, group).utterances() + ")")
                .toList();
    }

    /// One group, decided in one way.
    public Row row(String title, String group) {
        return rows.stream()
                .filter(row -> row.title().equals(title) && row.group().equals(group))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row of " + title + " in " + group));
    }
}
