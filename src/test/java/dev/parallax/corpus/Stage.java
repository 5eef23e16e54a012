package dev.parallax.corpus;

import dev.parallax.corpus.split.Sex;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A made-up corpus for tests of splits: in each of six sessions a woman and a man play four dialogues of six turns.
/// The first dialogue follows a script that the next session plays too (0 and 1, 2 and 3, 4 and 5); the others are
/// improvised, but everyone says "Yeah." in each, and the sessions 0 and 3 both say one long line there. The corpus
/// tests on session 0 and names no validation part.
public final class Stage {

    static final int SESSIONS = 6;
    static final int DIALOGUES = 4;
    static final int TURNS = 6;

    /// Utterances of all.
    static final int SIZE = SESSIONS * DIALOGUES * TURNS;

    private static final List<String> EMOTIONS = List.of("anger", "fear", "joy", "sadness");

    private Stage() {}

    /// All utterances; the columns `session` and `script` are filled.
    public static List<Utterance> utterances() {
        List<Utterance> utterances = new ArrayList<>();
        for (int session = 0; session < SESSIONS; session++) {
            for (int dialogue = 0; dialogue < DIALOGUES; dialogue++) {
                for (int turn = 0; turn < TURNS; turn++) {
                    utterances.add(utterance(session, dialogue, turn));
                }
            }
        }
        return utterances;
    }

    private static Utterance utterance(int session, int dialogue, int turn) {
        int number = (session * DIALOGUES + dialogue) * TURNS + turn;
        Origin origin = new Origin(
                "s" + session + (turn % 2 == 0 ? "f" : "m"),
                "Ses" + session,
                "Ses" + session + "_" + dialogue,
                turn,
                dialogue == 0 ? "play" + session / 2 : null,
                session == 0 ? "test" : "train");
        String text = String.format(Locale.ROOT, "line %d of dialogue %d in session %d", turn, dialogue, session);
        if (turn == 0) {
            text = "Yeah.";
        } else if (dialogue == 1 && turn == 1 && session % 3 == 0) {
            text = session == 0 ? "Why did you LEAVE, then?" : "why did you leave then";
        }
        String emotion = EMOTIONS.get((turn + dialogue) % EMOTIONS.size());
        return new Utterance("u" + number, null, text, emotion, origin, new Vectors(new float[] {number}, null));
    }

    /// The sex of every speaker.
    static Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new TreeMap<>();
        for (int session = 0; session < SESSIONS; session++) {
            sexes.put("s" + session + "f", Sex.FEMALE);
            sexes.put("s" + session + "m", Sex.MALE);
        }
        return sexes;
    }

    /// The same utterances, each from elsewhere.
    public static List<Utterance> from(UnaryOperator<Origin> elsewhere) {
        return utterances().stream()
                .map(utterance -> utterance.withOrigin(elsewhere.apply(utterance.origin())))
                .toList();
    }
}
