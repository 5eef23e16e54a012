package dev.parallax.corpus;

import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.CopyCheck;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Utterance;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares a copy of IEMOCAP with what was published: turns of each emotion, of the five usual ones in each session
/// and in improvised and scripted dialogues, and dialogues of each session.
final class IemocapVerification {

    private static final Expected AUDIO = new Expected(16000, Map.of());

    private static final Map<String, Integer> PER_EMOTION = new TreeMap<>(Map.of(
            "anger", 1103,
            "disgust", 2,
            "excitement", 1041,
            "fear", 40,
            "frustration", 1849,
            "happiness", 595,
            "neutral", 1708,
            "other", 3,
            "sadness", 1084,
            "surprise", 107));

    private static final int UNDECIDED = 2507;

    private static final List<String> USUAL = List.of("anger", "happiness", "excitement", "neutral", "sadness");

    /// Turns of the usual five in each session.
    private static final int[][] PER_SESSION = {
        {229, 135, 143, 384, 194},
        {137, 117, 210, 362, 197},
        {240, 135, 151, 320, 305},
        {327, 65, 238, 258, 143},
        {170, 143, 299, 384, 245}
    };

    /// Turns of the usual five in improvised dialogues.
    private static final int[] IMPROVISED = {289, 284, 663, 1099, 608};

    /// Turns of the usual five in scripted dialogues.
    private static final int[] SCRIPTED = {814, 311, 378, 609, 476};

    private static final Map<String, Integer> DIALOGUES =
            Map.of("Session1", 28, "Session2", 30, "Session3", 32, "Session4", 30, "Session5", 31);

    private IemocapVerification() {}

    /// @param corpus what is checked, as in `iemocap:/data/iemocap`
    /// @param found  what did not fit when it was read
    static Verification of(
            String corpus, List<Utterance> utterances, List<Finding> found, VerificationOptions listening) {
        Map<String, Integer> perEmotion = new LinkedHashMap<>(PER_EMOTION);
        perEmotion.put("undecided (xxx)", UNDECIDED);
        Map<String, Integer> perSession = new LinkedHashMap<>();
        for (int session = 0; session < PER_SESSION.length; session++) {
            add("Session" + (session + 1), PER_SESSION[session], perSession);
        }
        Map<String, Integer> perKind = new LinkedHashMap<>();
        add("improvised", IMPROVISED, perKind);
        add("scripted", SCRIPTED, perKind);
        return new CopyCheck(corpus, utterances, found)
                .recordingsOf(utterance -> utterance.id() + ".wav", Map.of())
                .counts("emotion", each -> each.emotion() == null ? "undecided (xxx)" : each.emotion(), perEmotion)
                .counts("session", each -> usual(each, each.session()), perSession)
                .counts("kind", each -> usual(each, kind(each)), perKind)
                .compare("session", "dialogues", dialogues(utterances), DIALOGUES)
                .recordings(AUDIO, listening)
                .verification();
    }

    private static String kind(Utterance utterance) {
        return utterance.script() == null ? "improvised" : "scripted";
    }

    /// The group of an utterance of one of the usual emotions; null for the others, which are not counted.
    private static @Nullable String usual(Utterance utterance, @Nullable String group) {
        String emotion = utterance.emotion();
        return emotion != null && USUAL.contains(emotion) ? group + ", " + emotion : null;
    }

    private static void add(String group, int[] numbers, Map<String, Integer> counts) {
        for (int i = 0; i < numbers.length; i++) {
            counts.put(group + ", " + USUAL.get(i), numbers[i]);
        }
    }

    private static Map<String, Integer> dialogues(List<Utterance> utterances) {
        Set<String> seen = new HashSet<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (Utterance utterance : utterances) {
            if (seen.add(String.valueOf(utterance.dialogue()))) {
                counts.merge(String.valueOf(utterance.session()), 1, Integer::sum);
            }
        }
        return counts;
    }
}
