package dev.parallax.corpus.synthetic;

import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words: a carrier sentence with one place, and in that place one word of the symbol. Every symbol has six words
/// of one token each, so the number of tokens says nothing; all splits share them. A carrier is an opening and an
/// ending; no carrier is in two splits, but every opening and every ending is met in training.
final class Sentences {

    private static final List<String> OPENINGS = List.of(
            "I was %s",
            "she was %s",
            "we were all %s",
            "he seemed %s to me",
            "they looked %s",
            "my brother was clearly %s",
            "you seemed so %s",
            "the driver was %s",
            "everyone in the room looked %s",
            "my aunt seemed rather %s");

    private static final List<String> ENDINGS = List.of(
            "when the train arrived at last.",
            "while the kettle was boiling.",
            "after the letter came.",
            "before the meeting in the library.",
            "as we crossed the bridge.",
            "because of the news from home.",
            "during the long drive to the coast.",
            "when the phone rang.",
            "after lunch on Sunday.",
            "in the queue outside the bank.",
            "when the lights went out.",
            "on the way back from the market.");

    private Sentences() {}

    /// The words that show a symbol.
    static List<String> words(Symbol symbol) {
        return switch (symbol) {
            case NEUTRAL -> List.of("ready", "busy", "prepared", "awake", "occupied", "organised");
            case ANGER -> List.of("angry", "furious", "enraged", "outraged", "irritated", "mad");
            case FEAR -> List.of("afraid", "scared", "terrified", "frightened", "anxious", "alarmed");
            case JOY -> List.of("happy", "delighted", "joyful", "cheerful", "thrilled", "glad");
            case SADNESS -> List.of("sad", "gloomy", "miserable", "heartbroken", "tearful", "sorrowful");
            case SIGN_0 -> List.of("hungry", "thirsty", "starving", "peckish", "parched", "famished");
            case SIGN_1 -> List.of("tired", "sleepy", "drowsy", "weary", "yawning", "exhausted");
            case SIGN_2 -> List.of("wet", "soaked", "drenched", "damp", "dripping", "soggy");
            case SIGN_3 -> List.of("cold", "chilly", "freezing", "frozen", "shivering", "numb");
        };
    }

    /// The carriers of a split, with `%s` in the place of the word. Endings are dealt out in a shifted pattern, so
    /// that of every opening's twelve carriers seven are for training, two for validation and three for the test.
    static List<String> carriers(Split split) {
        List<String> carriers = new ArrayList<>();
        for (int opening = 0; opening < OPENINGS.size(); opening++) {
            for (int ending = 0; ending < ENDINGS.size(); ending++) {
                int place = (5 * opening + ending) % ENDINGS.size();
                Split owner = place < 7 ? Split.TRAIN : place < 9 ? Split.VAL : Split.TEST;
                if (owner == split) {
                    carriers.add(OPENINGS.get(opening) + " " + ENDINGS.get(ending));
                }
            }
        }
        return carriers;
    }

    /// The carrier with one of the symbol's words in its place, beginning with a capital.
    static String fill(String carrier, Symbol symbol, RandomStream random) {
        List<String> words = words(symbol);
        String sentence = String.format(Locale.ROOT, carrier, words.get(random.nextInt(words.size())));
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
