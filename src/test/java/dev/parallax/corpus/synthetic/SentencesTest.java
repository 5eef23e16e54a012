package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.data.Utterance;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void carriers_splits_areDisjointAndTogetherAll() {
        Set<String> all = new HashSet<>();
        int[] expected = {70, 20, 30};
        int i = 0;
        for (Split split : Split.values()) {
            List<String> carriers = Sentences.carriers(split);
            assertEquals(expected[i++], carriers.size(), 5, split.label());
            assertTrue(carriers.stream().allMatch(all::add), split + " shares a carrier");
        }
        assertEquals(120, all.size());
    }

    @Test
    void carriers_unseenSentences_holdNoUnseenWord() {
        Set<String> known = new HashSet<>();
        Sentences.carriers(Split.TRAIN).forEach(carrier -> known.addAll(tokens(carrier)));
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            for (String carrier : Sentences.carriers(split)) {
                assertTrue(known.containsAll(tokens(carrier)), carrier);
            }
        }
    }

    @Test
    void words_symbols_areSixSingleTokensEachAndShareNone() {
        Set<String> all = new HashSet<>();
        for (Symbol symbol : Symbol.values()) {
            List<String> words = Sentences.words(symbol);
            assertEquals(6, words.size());
            assertTrue(words.stream().allMatch(word -> word.matches("[a-z]+")), symbol.name());
            assertTrue(words.stream().allMatch(all::add), symbol + " shares a word");
        }
        for (Split split : Split.values()) {
            for (String carrier : Sentences.carriers(split)) {
                assertTrue(tokens(carrier).stream().noneMatch(all::contains), carrier);
            }
        }
    }

    /// The symbol is read back from the words of every sentence of a corpus that has them all.
    @Test
    void fill_wholeCorpus_wordsTellTheSymbol() {
        SyntheticCorpus corpus =
                new SyntheticCorpus(SyntheticSettings.defaults(5).withSynergy(0.4));
        for (Planned planned : corpus.plan()) {
            String text = textOf(corpus.utterances().get(planned.number()));
            List<Symbol> found = Arrays.stream(Symbol.values())
                    .filter(symbol -> tokens(text).stream().anyMatch(Sentences.words(symbol)::contains))
                    .toList();
            assertEquals(List.of(planned.text()), found, text);
            assertFalse(text.contains("%"), text);
            assertTrue(Character.isUpperCase(text.charAt(0)), text);
        }
    }

    private static String textOf(Utterance utterance) {
        String text = utterance.text();
        assertTrue(text != null && !text.isBlank(), utterance.id());
        return String.valueOf(text);
    }

    private static List<String> tokens(String sentence) {
        return List.of(sentence.toLowerCase(Locale.ROOT).replace(".", "").split(" "));
    }
}
