package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.io.Csv;
import dev.parallax.io.Nearest;
import dev.parallax.setup.request.GroupsRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which group each utterance is in, by columns of a table. The table is read before anything is computed, so that a
/// wrong one costs nothing.
final class UtteranceGroups {

    /// No groups.
    static final UtteranceGroups NONE = new UtteranceGroups(Path.of(""), List.of(), Map.of());

    private static final String ID = "id";
    private static final int MOST = 20;

    private final Path file;
    private final List<String> columns;
    private final Map<String, Csv.Row> rows;

    private UtteranceGroups(Path file, List<String> columns, Map<String, Csv.Row> rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /// Reads the table.
    ///
    /// @throws BadInputException when it lacks a column, has an utterance twice, or has a column of more than 20
    ///     groups
    static UtteranceGroups read(GroupsRequest request) {
        Csv table = Csv.read(request.file());
        requireColumn(table, ID, request);
        request.columns().forEach(column -> requireColumn(table, column, request));
        Map<String, Csv.Row> rows = new HashMap<>();
        for (Csv.Row row : table.rows()) {
            if (rows.put(row.get(ID), row) != null) {
                throw new BadInputException(row.where() + ": utterance " + row.get(ID)
                        + " has a row already; leave one of them in ‹groups " + request.file() + "›");
            }
        }
        request.columns().forEach(column -> requireFew(column, rows, request));
        return new UtteranceGroups(request.file(), request.columns(), rows);
    }

    private static void requireFew(String column, Map<String, Csv.Row> rows, GroupsRequest request) {
        long different =
                rows.values().stream().map(row -> row.get(column)).distinct().count();
        if (different > MOST) {
            throw new BadInputException("‹groups " + request.file() + "›: column \"" + column + "\" has " + different
                    + " groups, at most " + MOST + " can be scored one by one; name another column");
        }
    }

    private static void requireColumn(Csv table, String column, GroupsRequest request) {
        if (!table.has(column)) {
            throw new BadInputException("‹groups " + request.file() + "›: there is no column \"" + column
                    + "\", it has " + table.header() + Nearest.hint(column, table.header()));
        }
    }

    /// By the name of each column, the group of each utterance, by id. Rows of other utterances are passed over.
    ///
    /// @throws BadInputException when an utterance has no row
    Map<String, Map<String, String>> of(List<Utterance> utterances) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        columns.forEach(column -> groups.put(column, of(column, utterances)));
        return groups;
    }

    private Map<String, String> of(String column, List<Utterance> utterances) {
        Map<String, String> groupOf = new HashMap<>();
        for (Utterance utterance : utterances) {
            Csv.Row row = rows.get(utterance.id());
            if (row == null) {
                String id = utterance.id();
                boolean ofOneCorpus = rows.containsKey(id.substring(id.indexOf('/') + 1));
                throw new BadInputException("‹groups " + file + "›: there is no row of utterance " + id
                        + (ofOneCorpus
                                ? ", since of several corpora ids have the corpus before them; give one table of all,"
                                        + " with such ids"
                                : "; add it"));
            }
            groupOf.put(utterance.id(), row.get(column).isEmpty() ? "(none)" : row.get(column));
        }
        return groupOf;
    }
}
