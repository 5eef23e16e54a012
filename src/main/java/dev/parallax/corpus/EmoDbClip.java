package dev.parallax.corpus;

import dev.parallax.corpus.split.Sex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of an EMO-DB recording says: `03a01Fa` is speaker 03, sentence a01, F = happiness, version a.
///
/// @param name     without `.wav`
/// @param speaker  two digits
/// @param sentence `a01` to `b10`
/// @param emotion  in English
/// Source: Burkhardt, Paeschke, Rolfes, Sendlmeier, Weiss, "A Database of German Emotional Speech", INTERSPEECH
/// 2005.
record EmoDbClip(String name, String speaker, String sentence, String emotion) {

    private static final Pattern NAME = Pattern.compile("(\\d\\d)([ab]\\d\\d)([A-Z])[a-z]");

    private static final Map<Character, String> EMOTIONS = Map.of(
            'W', "anger",
            'L', "boredom",
            'E', "disgust",
            'A', "fear",
            'F', "happiness",
            'N', "neutral",
            'T', "sadness");

    private static final Map<String, String> SENTENCES = Map.of(
            "a01", "Der Lappen liegt auf dem Eisschrank.",
            "a02", "Das will sie am Mittwoch abgeben.",
            "a04", "Heute abend könnte ich es ihm sagen.",
            "a05", "Das schwarze Stück Papier befindet sich da oben neben dem Holzstück.",
            "a07", "In sieben Stunden wird es soweit sein.",
            "b01", "Was sind denn das für Tüten, die da unter dem Tisch stehen?",
            "b02", "Sie haben es gerade hochgetragen und jetzt gehen sie wieder runter.",
            "b03", "An den Wochenenden bin ich jetzt immer nach Hause gefahren und habe Agnes besucht.",
            "b09", "Ich will das eben wegbringen und dann mit Karl was trinken gehen.",
            "b10", "Die wird auf dem Platz sein, wo wir sie immer hinlegen.");

    /// The emotions in the order of the classes.
    static final List<String> LABELS = EMOTIONS.values().stream().sorted().toList();

    private static final List<String> MALE = List.of("03", "10", "11", "12", "15");
    private static final List<String> FEMALE = List.of("08", "09", "13", "14", "16");

    /// The name's meaning, or null where it is no name of EMO-DB's.
    static @Nullable EmoDbClip parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        String speaker = matcher.group(1);
        String emotion = EMOTIONS.get(matcher.group(3).charAt(0));
        boolean known = (MALE.contains(speaker) || FEMALE.contains(speaker)) && SENTENCES.containsKey(matcher.group(2));
        return known && emotion != null ? new EmoDbClip(name, speaker, matcher.group(2), emotion) : null;
    }

    /// The sentence that is spoken.
    String words() {
        return SENTENCES.getOrDefault(sentence, "");
    }

    /// The ten speakers in their order, with their sex.
    static Map<String, Sex> speakers() {
        List<String> all = new ArrayList<>(MALE);
        all.addAll(FEMALE);
        all.sort(null);
        Map<String, Sex> sexes = new LinkedHashMap<>();
        all.forEach(speaker -> sexes.put(speaker, MALE.contains(speaker) ? Sex.MALE : Sex.FEMALE));
        return sexes;
    }
}
