package dev.parallax.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of a RAVDESS recording says: `03-01-06-01-02-01-12` is audio alone (03), speech (01), fear (06), of
/// normal intensity (01), sentence 02, first repetition (01), actor 12.
///
/// @param name     without `.wav`
/// @param sung     whether it is a song
/// @param emotion  in English
/// @param sentence `01` or `02`
/// @param actor    1 to 24; odd ones are men
record RavdessClip(String name, boolean sung, String emotion, String sentence, int actor) {

    static final int ACTORS = 24;

    private static final Pattern NAME = Pattern.compile("03-(0[12])-(0[1-8])-0([12])-(0[12])-0[12]-(\\d\\d)");

    /// The emotions in the order of their codes, 01 first.
    private static final List<String> EMOTIONS =
            List.of("neutral", "calm", "happiness", "sadness", "anger", "fear", "disgust", "surprise");

    private static final List<String> SENTENCES =
            List.of("Kids are talking by the door.", "Dogs are sitting by the door.");

    /// The emotions in the order of the classes.
    static final List<String> LABELS = EMOTIONS.stream().sorted().toList();

    /// The name's meaning, or null where it is no name of a recording of sound.
    static @Nullable RavdessClip parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        int actor = Integer.parseInt(matcher.group(5));
        String emotion = EMOTIONS.get(Integer.parseInt(matcher.group(2)) - 1);
        boolean strongNeutral = emotion.equals("neutral") && matcher.group(3).equals("2");
        return actor < 1 || actor > ACTORS || strongNeutral
                ? null
                : new RavdessClip(name, matcher.group(1).equals("02"), emotion, matcher.group(4), actor);
    }

    /// The names of all 1440 recordings of speech: two sentences, each said twice, in every emotion and, but for
    /// neutral, in two intensities.
    static List<String> published() {
        List<String> names = new ArrayList<>();
        for (int actor = 1; actor <= ACTORS; actor++) {
            for (int code = 1; code <= EMOTIONS.size(); code++) {
                for (int intensity = 1; intensity <= (code == 1 ? 1 : 2); intensity++) {
                    for (String take : List.of("01-01", "01-02", "02-01", "02-02")) {
                        names.add(String.format(Locale.ROOT, "03-01-%02d-%02d-%s-%02d", code, intensity, take, actor));
                    }
                }
            }
        }
        return names;
    }

    /// The sentence that is spoken.
    String words() {
        return SENTENCES.get(Integer.parseInt(sentence) - 1);
    }

    /// Two digits.
    String speaker() {
        return speaker(actor);
    }

    /// The name of an actor.
    static String speaker(int actor) {
        return String.format(Locale.ROOT, "%02d", actor);
    }
}
