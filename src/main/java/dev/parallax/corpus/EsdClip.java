package dev.parallax.corpus;

import dev.parallax.corpus.split.Sex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of an ESD recording says: `0011_000351` is speaker 0011, number 351. Each speaker says the same 350
/// sentences of a language in each of five emotions, one emotion after the other, so that the number tells both:
/// 351 is the first sentence, spoken in anger.
///
/// @param name    without `.wav`
/// @param speaker four digits; 0001 to 0010 speak Mandarin, 0011 to 0020 English
/// @param number  1 to 1750
record EsdClip(String name, String speaker, int number) {

    static final int SENTENCES = 350;
    static final int SPEAKERS = 20;
    private static final int MANDARIN = 10;

    private static final Pattern NAME = Pattern.compile("(00\\d\\d)_00(\\d{4})");

    /// The emotions in the order of the numbers, by the names of their folders.
    static final Map<String, String> EMOTIONS = emotions();

    private static final List<String> IN_ORDER = List.copyOf(EMOTIONS.values());

    private static final Set<Integer> WOMEN = Set.of(1, 2, 3, 7, 9, 15, 16, 17, 18, 19);

    private static Map<String, String> emotions() {
        Map<String, String> emotions = new LinkedHashMap<>();
        emotions.put("neutral", "neutral");
        emotions.put("angry", "anger");
        emotions.put("happy", "happiness");
        emotions.put("sad", "sadness");
        emotions.put("surprise", "surprise");
        return emotions;
    }

    /// The name's meaning, or null where it is no name of ESD's.
    static @Nullable EsdClip parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        int number = Integer.parseInt(matcher.group(2));
        boolean known =
                speakers().containsKey(matcher.group(1)) && number >= 1 && number <= SENTENCES * IN_ORDER.size();
        return known ? new EsdClip(name, matcher.group(1), number) : null;
    }

    /// The emotion that the number stands for.
    String emotion() {
        return IN_ORDER.get((number - 1) / SENTENCES);
    }

    /// The sentence, the same name whoever says it and in whichever emotion: `english-001`.
    String sentence() {
        String language = speaksEnglish(speaker) ? "english" : "mandarin";
        return String.format(Locale.ROOT, "%s-%03d", language, (number - 1) % SENTENCES + 1);
    }

    /// Whether a speaker speaks English; the others speak Mandarin.
    static boolean speaksEnglish(@Nullable String speaker) {
        return speaker != null && Integer.parseInt(speaker) > MANDARIN;
    }

    /// The name of a recording.
    static String name(String speaker, int number) {
        return String.format(Locale.ROOT, "%s_%06d", speaker, number);
    }

    /// The 20 speakers in their order, with their sex.
    static Map<String, Sex> speakers() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        for (int speaker = 1; speaker <= SPEAKERS; speaker++) {
            String name = String.format(Locale.ROOT, "%04d", speaker);
            sexes.put(name, WOMEN.contains(speaker) ? Sex.FEMALE : Sex.MALE);
        }
        return sexes;
    }
}
