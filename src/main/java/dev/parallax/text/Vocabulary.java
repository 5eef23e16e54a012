package dev.parallax.text;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.io.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of a model, numbered. Id 0 stands for every unknown word ([#UNKNOWN]). The words follow by falling
/// count, those of equal count in code point order, so the same sentences give the same ids in any order.
///
/// In a model file it is two tensors: the words one after the other in UTF-8 ([#utf8]), and where each begins, with
/// the end of the last ([#offsets]).
public final class Vocabulary {

    /// The word of id 0. No tokenizer makes it: it would be cut at its marks.
    public static final String UNKNOWN = "<unk>";

    private static final Comparator<String> CODE_POINT_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final List<String> words;
    private final Map<String, Integer> ids;

    private Vocabulary(List<String> words) {
        this.words = List.copyOf(words);
        this.ids = new HashMap<>();
        for (int id = 0; id < words.size(); id++) {
            ids.put(words.get(id), id);
        }
    }

    /// Which words of the training part are kept.
    ///
    /// @param minimumCount how often a word must occur, at least 1
    /// @param maximumSize  the most ids, that of unknown words included, at least 1
    public record Limits(int minimumCount, int maximumSize) {

        private static final RecordJson<Limits> JSON = RecordJson.of(Limits.class);

        /// Checks the ranges.
        public Limits {
            if (minimumCount < 1 || maximumSize < 1) {
                throw new BadInputException("vocabulary: minimumCount is " + minimumCount + " and maximumSize is "
                        + maximumSize + ", both must be at least 1");
            }
        }

        /// The default: words that occur at least twice, at most 20000.
        public static Limits standard() {
            return new Limits(2, 20_000);
        }

        /// The limits, for the model file.
        public JsonObject toJson() {
            return JSON.write(this);
        }

        /// The limits from a model file or a configuration.
        public static Limits fromJson(JsonObject json) {
            return JSON.read(json);
        }
    }

    /// Counts the tokens of all sentences and keeps the words within the limits.
    public static Vocabulary build(Iterable<List<String>> sentences, Limits limits) {
        Map<String, Integer> counts = new HashMap<>();
        for (List<String> sentence : sentences) {
            for (String token : sentence) {
                counts.merge(token, 1, Math::addExact);
            }
        }
        counts.remove(UNKNOWN);
        List<String> words = new ArrayList<>();
        words.add(UNKNOWN);
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= limits.minimumCount)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(CODE_POINT_ORDER)))
                .limit(limits.maximumSize - 1L)
                .map(Map.Entry::getKey)
                .forEach(words::add);
        return new Vocabulary(words);
    }

    /// The number of ids, that of unknown words included.
    public int size() {
        return words.size();
    }

    /// The word of an id in 0..size-1.
    public String word(int id) {
        return words.get(id);
    }

    /// The id of a word; 0 if it is unknown.
    public int id(String word) {
        return ids.getOrDefault(word, 0);
    }

    /// The ids of tokens, in their order; 0 for each unknown one.
    public int[] encode(List<String> tokens) {
        return tokens.stream().mapToInt(this::id).toArray();
    }

    /// All words one after the other, from id 0 on, in UTF-8.
    public byte[] utf8() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        words.forEach(word -> out.writeBytes(word.getBytes(StandardCharsets.UTF_8)));
        return out.toByteArray();
    }

    /// Where each word begins in [#utf8], and where the last one ends: size + 1 numbers [bytes].
    public int[] offsets() {
        int[] offsets = new int[words.size() + 1];
        for (int id = 0; id < words.size(); id++) {
            offsets[id + 1] = offsets[id] + words.get(id).getBytes(StandardCharsets.UTF_8).length;
        }
        return offsets;
    }

    /// The vocabulary that [#utf8] and [#offsets] describe.
    ///
    /// @param where the model file, the start of every message
    /// @throws BadInputException if the two do not fit together, or words are empty, repeated or not UTF-8
    public static Vocabulary parse(byte[] utf8, int[] offsets, String where) {
        int size = offsets.length - 1;
        if (size < 1 || offsets[0] != 0 || offsets[size] != utf8.length) {
            throw new BadInputException(where + ": vocabulary: " + offsets.length + " offsets do not span the "
                    + utf8.length + " bytes of the words");
        }
        for (int id = 0; id < size; id++) {
            if (offsets[id + 1] <= offsets[id]) {
                throw new BadInputException(where + ": vocabulary: word " + id + " would span the bytes " + offsets[id]
                        + " to " + offsets[id + 1] + "; the file is damaged");
            }
        }
        List<String> words = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            words.add(Utf8.decode(utf8, offsets[id], offsets[id + 1] - offsets[id], where + ": vocabulary word " + id));
        }
        Vocabulary vocabulary = new Vocabulary(words);
        if (!words.getFirst().equals(UNKNOWN) || vocabulary.ids.size() != size) {
            throw new BadInputException(
                    where + ": vocabulary: word 0 must be " + UNKNOWN + " and no word may stand twice");
        }
        return vocabulary;
    }
}
