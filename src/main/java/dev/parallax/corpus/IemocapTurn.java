package dev.parallax.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of IEMOCAP's annotation: `[6.2901 - 8.2357]<TAB>Ses01F_impro01_F000<TAB>neu<TAB>[2.5000, 2.5000, 2.5000]`.
///
/// The first `F` of a name says who wears the markers that were filmed in the whole dialogue; who speaks is told by
/// the letter of the last part: `Ses01F_impro01_M000` is said by the man of session 1.
///
/// @param id      of the utterance
/// @param start   in the dialogue [s]
/// @param end     in the dialogue [s]
/// @param emotion in English, or null where the annotators did not agree (`xxx`)
record IemocapTurn(
        String id, double start, double end, @Nullable String emotion) {

    /// The letters of the annotation, each with its emotion; `xxx` has none.
    static final Map<String, String> EMOTIONS = emotions();

    private static final String UNDECIDED = "xxx";

    private static final Pattern LINE = Pattern.compile(
            "\\[(\\d+\\.\\d+) - (\\d+\\.\\d+)]\\s+" // start and end
                    + "(Ses0[1-5][FM]_\\w+_[FM]\\w*\\d)\\s+([a-z]{3})\\s+\\[.*]\\s*"); // id, emotion, dimensions

    private static final Pattern SCRIPTED = Pattern.compile("Ses0[1-5][FM]_(script\\d+_\\d+)[a-z]?");

    private static Map<String, String> emotions() {
        Map<String, String> emotions = new LinkedHashMap<>();
        emotions.put("ang", "anger");
        emotions.put("dis", "disgust");
        emotions.put("exc", "excitement");
        emotions.put("fea", "fear");
        emotions.put("fru", "frustration");
        emotions.put("hap", "happiness");
        emotions.put("neu", "neutral");
        emotions.put("oth", "other");
        emotions.put("sad", "sadness");
        emotions.put("sur", "surprise");
        return emotions;
    }

    /// The turn that a line of `<dialogue>.txt` tells of, or null where it tells of none or of another dialogue's.
    static @Nullable IemocapTurn parse(String line, String dialogue) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || !matcher.group(3).startsWith(dialogue + "_")) {
            return null;
        }
        String letters = matcher.group(4);
        double start = Double.parseDouble(matcher.group(1));
        double end = Double.parseDouble(matcher.group(2));
        boolean known = letters.equals(UNDECIDED) || EMOTIONS.containsKey(letters);
        return known && end > start ? new IemocapTurn(matcher.group(3), start, end, EMOTIONS.get(letters)) : null;
    }

    /// The session, as its folder is called: `Session1`.
    String session() {
        return session(id);
    }

    /// The session of a dialogue or an utterance.
    static String session(String name) {
        return "Session" + name.charAt(4);
    }

    /// Session and sex: `Ses01F`.
    String speaker() {
        return id.substring(0, 5) + id.charAt(id.lastIndexOf('_') + 1);
    }

    /// The script that a dialogue follows, the same name in every session (`script01_1`, also for its halves
    /// `script01_1a` and `script01_1b`), or null for one that is improvised.
    static @Nullable String script(String dialogue) {
        Matcher matcher = SCRIPTED.matcher(dialogue);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
