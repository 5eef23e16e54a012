package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.io.Csv;
import dev.parallax.io.Nearest;
import dev.parallax.setup.request.GroupsRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads which group each utterance is in.
final class UtteranceGroups {

    private static final String ID = "id";
    private static final int MOST = 20;

    private UtteranceGroups() {}

    /// By the name of each column, the group of each utterance, by id. Rows of other utterances are passed over.
    ///
    /// @throws BadInputException when a column or an utterance is missing, or a column has more than 20 groups
    static Map<String, Map<String, String>> read(GroupsRequest request, List<Utterance> utterances) {
        Csv table = Csv.read(request.file());
        requireColumn(table, ID, request);
        Map<String, Csv.Row> rows = new HashMap<>();
        table.rows().forEach(row -> rows.put(row.get(ID), row));
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        for (String column : request.columns()) {
            requireColumn(table, column, request);
            Map<String, String> groupOf = new HashMap<>();
            Set<String> different = new LinkedHashSet<>();
            for (Utterance utterance : utterances) {
                Csv.Row row = rows.get(utterance.id());
                if (row == null) {
                    throw new BadInputException(
                            request.file() + ": there is no row of utterance " + utterance.id() + "; add it");
                }
                String group = row.get(column).isEmpty() ? "(none)" : row.get(column);
                groupOf.put(utterance.id(), group);
                different.add(group);
            }
            if (different.size() > MOST) {
                throw new BadInputException(request.file() + ": column \"" + column + "\" has " + different.size()
                        + " groups, at most " + MOST + " can be scored one by one; name another column");
            }
            groups.put(column, groupOf);
        }
        return groups;
    }

    private static void requireColumn(Csv table, String column, GroupsRequest request) {
        if (!table.has(column)) {
            throw new BadInputException(request.file() + ": there is no column \"" + column + "\", it has "
                    + table.header() + Nearest.hint(column, table.header()));
        }
    }
}
