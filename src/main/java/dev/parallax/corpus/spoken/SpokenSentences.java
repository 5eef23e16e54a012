package dev.parallax.corpus.spoken;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The sentences: those of a corpus of written text that can be read aloud, by emotion. No sentence is taken
/// twice.
final class SpokenSentences {

    private static final int FEWEST_WORDS = 3;
    private static final int MOST_WORDS = 16;

    /// Letters, blanks and the usual marks: no links, no numbers, no placeholders such as `[NAME]`.
    private static final Pattern READABLE = Pattern.compile("[A-Za-z'’,.!?;: -]+");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Map<String, List<String>> byEmotion = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();

    /// @param corpus utterances with text and emotion
    SpokenSentences(List<Utterance> corpus, long seed) {
        RandomStream random = new RandomStream(seed, 0, Streams.SENTENCES, 0);
        Set<String> known = new HashSet<>();
        Emotions.ALL.forEach(emotion -> byEmotion.put(emotion, new ArrayList<>()));
        for (Utterance utterance : corpus) {
            String text = utterance.text();
            List<String> same = byEmotion.get(String.valueOf(utterance.emotion()));
            if (text != null && same != null && isReadable(text) && known.add(plain(text))) {
                same.add(text.strip());
                words.addAll(List.of(BLANKS.split(text.strip())));
            }
        }
        byEmotion.replaceAll((_, sentences) -> shuffled(sentences, random));
    }

    /// Takes the sentence of each utterance.
    ///
    /// @throws BadInputException when there are too few of an emotion
    List<String> deal(List<Planned> planned, String source) {
        Map<String, Integer> taken = new LinkedHashMap<>();
        List<String> sentences = new ArrayList<>();
        for (Planned one : planned) {
            List<String> same = byEmotion.getOrDefault(one.words(), List.of());
            int next = taken.merge(one.words(), 1, Integer::sum) - 1;
            if (next >= same.size()) {
                long needed = planned.stream()
                        .filter(each -> each.words().equals(one.words()))
                        .count();
                throw new BadInputException(source + " has " + same.size() + " sentences of " + FEWEST_WORDS + " to "
                        + MOST_WORDS + " words with the emotion " + one.words() + " that can be read aloud, and "
                        + needed + " are needed; give another corpus"
                        + (same.isEmpty() ? "" : ", or a smaller ‹size›"));
            }
            sentences.add(same.get(next));
        }
        return sentences;
    }

    /// Replaces each word with a probability by any word of the corpus, or drops it, one as likely as the other.
    /// At least one word stays.
    String garbled(String sentence, double probability, RandomStream random) {
        List<String> heard = new ArrayList<>();
        for (String word : BLANKS.split(sentence)) {
            if (random.nextDouble() >= probability) {
                heard.add(word);
            } else if (random.nextDouble() < 0.5) {
                heard.add(words.get(random.nextInt(words.size())));
            }
        }
        return heard.isEmpty() ? words.get(random.nextInt(words.size())) : String.join(" ", heard);
    }

    private static boolean isReadable(String text) {
        int count = BLANKS.split(text.strip()).length;
        return count >= FEWEST_WORDS
                && count <= MOST_WORDS
                && READABLE.matcher(text.strip()).matches();
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private static List<String> shuffled(List<String> sentences, RandomStream random) {
        int[] order = IntStream.range(0, sentences.size()).toArray();
        random.shuffle(order);
        return IntStream.of(order).mapToObj(sentences::get).toList();
    }
}
