package dev.parallax.model.document;

import dev.parallax.io.Count;
import dev.parallax.model.Prediction;
import dev.parallax.model.turns.AnsweredTalk;
import dev.parallax.model.turns.AnsweredTurn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// The warnings of all turns of a talk in few lines.
public final class TalkWarnings {

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

    private TalkWarnings() {}

    /// All warnings of the turns, each once, with how many turns it is of. Those that differ only in a number are one.
    public static List<String> of(AnsweredTalk talk) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (int i = 0; i < talk.turns().size(); i++) {
            int number = i + 1;
            AnsweredTurn turn = talk.turns().get(i);
            Prediction prediction = turn.prediction();
            List<String> its =
                    prediction == null ? List.of(Objects.requireNonNullElse(turn.error(), "")) : prediction.warnings();
            its.forEach(warning -> kinds.merge(
                    NUMBER.matcher(warning).replaceAll("0"), new Kind(number, warning, 1), Kind::andAnother));
        }
        return kinds.values().stream()
                .map(kind -> kind.line(talk.turns().size()))
                .toList();
    }

    /// A warning of one turn or more.
    private record Kind(int first, String warning, int count) {

        Kind andAnother(Kind other) {
            return new Kind(first, warning, count + other.count);
        }

        String line(int turns) {
            String who = count == turns
                    ? "all turns"
                    : "turn " + first + (count == 1 ? "" : " and " + Count.of(count - 1, "other turn"));
            return who + ": " + warning;
        }
    }
}
