package dev.parallax.corpus;

import dev.parallax.corpus.split.Sex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of a CREMA-D recording says: `1001_DFA_ANG_XX` is actor 1001, sentence DFA, anger, level not
/// specified. One recording is published as `1040_ITH_SAD_X`.
///
/// @param name     without `.wav`
/// @param actor    1001 to 1091
/// @param sentence three letters
/// @param emotion  in English
record CremaDClip(String name, String actor, String sentence, String emotion) {

    private static final Pattern NAME = Pattern.compile("(\\d{4})_([A-Z]{3})_([A-Z]{3})_(?:LO|MD|HI|XX?)");

    private static final int FIRST = 1001;
    private static final int LAST = 1091;

    private static final Map<String, String> EMOTIONS = Map.of(
            "ANG", "anger",
            "DIS", "disgust",
            "FEA", "fear",
            "HAP", "happiness",
            "NEU", "neutral",
            "SAD", "sadness");

    private static final Map<String, String> SENTENCES = sentences();

    /// The emotions in the order of the classes.
    static final List<String> LABELS = EMOTIONS.values().stream().sorted().toList();

    // from the table of actors that is published beside the recordings
    private static final Set<Integer> WOMEN = Set.of(
            1002, 1003, 1004, 1006, 1007, 1008, 1009, 1010, 1012, 1013, 1018, 1020, 1021, 1024, 1025, 1028, 1029, 1030,
            1037, 1043, 1046, 1047, 1049, 1052, 1053, 1054, 1055, 1056, 1058, 1060, 1061, 1063, 1072, 1073, 1074, 1075,
            1076, 1078, 1079, 1082, 1084, 1089, 1091);

    private static Map<String, String> sentences() {
        Map<String, String> sentences = new LinkedHashMap<>();
        sentences.put("IEO", "It's eleven o'clock.");
        sentences.put("TIE", "That is exactly what happened.");
        sentences.put("IOM", "I'm on my way to the meeting.");
        sentences.put("IWW", "I wonder what this is about.");
        sentences.put("TAI", "The airplane is almost full.");
        sentences.put("MTI", "Maybe tomorrow it will be cold.");
        sentences.put("IWL", "I would like a new alarm clock.");
        sentences.put("ITH", "I think I have a doctor's appointment.");
        sentences.put("DFA", "Don't forget a jacket.");
        sentences.put("ITS", "I think I've seen this before.");
        sentences.put("TSI", "The surface is slick.");
        sentences.put("WSI", "We'll stop in a couple of minutes.");
        return sentences;
    }

    /// The name's meaning, or null where it is no name of CREMA-D's.
    static @Nullable CremaDClip parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        int actor = Integer.parseInt(matcher.group(1));
        String emotion = EMOTIONS.get(matcher.group(3));
        boolean known = actor >= FIRST && actor <= LAST && SENTENCES.containsKey(matcher.group(2));
        return known && emotion != null ? new CremaDClip(name, matcher.group(1), matcher.group(2), emotion) : null;
    }

    /// The 7462 names of the scheme: each actor says IEO in three levels of each emotion and once neutrally, and the
    /// other eleven sentences once in each. 20 of them were never published.
    static List<String> possible() {
        List<String> names = new ArrayList<>();
        for (int actor = FIRST; actor <= LAST; actor++) {
            for (String sentence : SENTENCES.keySet()) {
                for (String emotion : EMOTIONS.keySet().stream().sorted().toList()) {
                    boolean levels = sentence.equals("IEO") && !emotion.equals("NEU");
                    for (String level : levels ? List.of("LO", "MD", "HI") : List.of("XX")) {
                        String name = actor + "_" + sentence + "_" + emotion + "_" + level;
                        names.add(name.equals("1040_ITH_SAD_XX") ? "1040_ITH_SAD_X" : name);
                    }
                }
            }
        }
        return names;
    }

    /// The sentence that is spoken.
    String words() {
        return SENTENCES.getOrDefault(sentence, "");
    }

    /// The 91 actors in their order, with their sex.
    static Map<String, Sex> actors() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        for (int actor = FIRST; actor <= LAST; actor++) {
            sexes.put(Integer.toString(actor), WOMEN.contains(actor) ? Sex.FEMALE : Sex.MALE);
        }
        return sexes;
    }
}
