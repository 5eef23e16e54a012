package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the lines of one dialogue owe each other: the same part and session, and turns that are all there or all
/// missing, each once.
final class DialogueChecks {

    private record Line(Utterance utterance, String where) {}

    private final Map<String, Line> first = new HashMap<>();
    private final Map<String, Line> ofTurn = new HashMap<>();

    private DialogueChecks() {}

    /// @param rows the line of each utterance
    /// @throws BadInputException at the first line that is wrong
    static void check(List<Utterance> utterances, List<ManifestTable.Row> rows) {
        DialogueChecks checks = new DialogueChecks();
        for (int i = 0; i < utterances.size(); i++) {
            checks.check(new Line(utterances.get(i), rows.get(i).where()));
        }
    }

    private void check(Line line) {
        @Nullable String dialogue = line.utterance.dialogue();
        if (dialogue == null) {
            throw new BadInputException(
                    line.where + ": names no dialogue; name one, or give the utterance one of its" + " own");
        }
        Line former = first.putIfAbsent(dialogue, line);
        if (former == null) {
            former = line;
        }
        checkSame("split", line.utterance.split(), former.utterance.split(), line, former);
        checkSame("session", line.utterance.session(), former.utterance.session(), line, former);
        int turn = line.utterance.turn();
        if ((turn < 0) != (former.utterance.turn() < 0)) {
            throw new BadInputException(line.where + ": dialogue \"" + dialogue + "\" has " + turnName(turn)
                    + " here and " + turnName(former.utterance.turn()) + " at " + former.where
                    + "; give all its lines a turn or none");
        }
        Line same = turn < 0 ? null : ofTurn.putIfAbsent(turn + " " + dialogue, line);
        if (same != null) {
            throw new BadInputException(line.where + ": dialogue \"" + dialogue + "\" has turn " + turn + " already at "
                    + same.where + "; number its utterances from 0");
        }
    }

    private static void checkSame(
            String column, @Nullable String here, @Nullable String there, Line line, Line former) {
        if (!Objects.equals(here, there)) {
            throw new BadInputException(line.where + ": dialogue \"" + line.utterance.dialogue() + "\" is in " + column
                    + " " + name(here) + " here and in " + name(there) + " at " + former.where
                    + "; a dialogue is in one " + column);
        }
    }

    private static String name(@Nullable String value) {
        return value == null ? "none" : "\"" + value + "\"";
    }

    private static String turnName(int turn) {
        return turn < 0 ? "no turn" : "turn " + turn;
    }
}
