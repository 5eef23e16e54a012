package dev.parallax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.io.Json;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Vocabulary.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final List<List<String>> SENTENCES = List.of(
            List.of("b", "a", "\uD83D\uDE00", "\uFF5E", "rare"),
            List.of(),
            List.of("a", "b", "c", "c", "c", "\uFF5E", "\uD83D\uDE00", Vocabulary.UNKNOWN, Vocabulary.UNKNOWN));

    private static List<String> words(Vocabulary vocabulary) {
        return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::word).toList();
    }

    /// U+FF5E is below U+1F600, though above the first half of its surrogate pair.
    @Test
    void build_counts_ordersByCountThenCodePoint() {
        Vocabulary vocabulary = Vocabulary.build(SENTENCES, new Limits(2, 100));
        assertEquals(List.of("<unk>", "c", "a", "b", "\uFF5E", "\uD83D\uDE00"), words(vocabulary));
        assertArrayEquals(new int[] {1, 0, 3, 0}, vocabulary.encode(List.of("c", "rare", "b", "<unk>")));
        assertArrayEquals(new int[0], vocabulary.encode(List.of()));
    }

    @Test
    void build_limits_areKept() {
        assertEquals(List.of("<unk>", "c", "a"), words(Vocabulary.build(SENTENCES, new Limits(1, 3))));
        assertEquals(List.of("<unk>", "c"), words(Vocabulary.build(SENTENCES, new Limits(3, 100))));
        assertEquals(List.of("<unk>"), words(Vocabulary.build(SENTENCES, new Limits(1, 1))));
        assertEquals(List.of("<unk>"), words(Vocabulary.build(List.of(), Limits.standard())));
        assertEquals(
                "vocabulary: minimumCount is 0 and maximumSize is 5, both must be at least 1",
                Refusal.of(() -> new Limits(0, 5)));
    }

    @Test
    void build_sentencesInAnyOrder_givesTheSame() {
        RandomStream random = new RandomStream(2, 0, 0, 0);
        List<List<String>> sentences = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sentences.add(List.of("w" + random.nextInt(50), "v" + random.nextInt(5), "ü" + random.nextInt(90)));
        }
        Vocabulary vocabulary = Vocabulary.build(sentences, new Limits(2, 60));
        int[] order = IntStream.range(0, sentences.size()).toArray();
        random.shuffle(order);
        List<List<String>> shuffled =
                IntStream.of(order).mapToObj(sentences::get).toList();
        assertEquals(words(vocabulary), words(Vocabulary.build(shuffled, new Limits(2, 60))));
        assertEquals(60, vocabulary.size());
        for (int id = 1; id < vocabulary.size(); id++) {
            assertEquals(id, vocabulary.id(vocabulary.word(id)));
        }
    }

    @Test
    void parse_whatWasWritten_givesTheSameIds() {
        Vocabulary vocabulary = Vocabulary.build(SENTENCES, new Limits(1, 100));
        assertEquals(words(vocabulary), words(Vocabulary.parse(vocabulary.utf8(), vocabulary.offsets(), "m")));
        assertEquals(vocabulary.size() + 1, vocabulary.offsets().length);
        Vocabulary empty = Vocabulary.build(List.of(), Limits.standard());
        assertEquals(words(empty), words(Vocabulary.parse(empty.utf8(), empty.offsets(), "m")));
    }

    @Test
    void parse_damagedTensors_areOneLine() {
        byte[] utf8 = "<unk>abab".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "m: vocabulary: 0 offsets do not span the 9 bytes of the words",
                Refusal.of(() -> Vocabulary.parse(utf8, new int[0], "m")));
        assertEquals(
                "m: vocabulary: 3 offsets do not span the 9 bytes of the words",
                Refusal.of(() -> Vocabulary.parse(utf8, new int[] {0, 5, 8}, "m")));
        assertEquals(
                "m: vocabulary: word 1 would span the bytes 5 to 5; the file is damaged",
                Refusal.of(() -> Vocabulary.parse(utf8, new int[] {0, 5, 5, 9}, "m")));
        assertEquals(
                "m: vocabulary: word 1 would span the bytes 2000000000 to 9; the file is damaged",
                Refusal.of(() -> Vocabulary.parse(utf8, new int[] {0, 2_000_000_000, 9}, "m")));
        assertEquals(
                "m: vocabulary: word 0 must be <unk> and no word may stand twice",
                Refusal.of(() -> Vocabulary.parse(utf8, new int[] {0, 5, 7, 9}, "m")));
        assertEquals(
                "m: vocabulary: word 0 must be <unk> and no word may stand twice",
                Refusal.of(() -> Vocabulary.parse(utf8, new int[] {0, 4, 9}, "m")));
        byte[] latin = "<unk>\u00FC".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "m: vocabulary word 1: byte 0 is not UTF-8; save the text as UTF-8",
                Refusal.of(() -> Vocabulary.parse(latin, new int[] {0, 5, 6}, "m")));
    }

    @Test
    void settings_throughJson_areTheSame() {
        Limits settings = new Limits(3, 77);
        assertEquals(
                settings, Limits.fromJson(Json.parseObject(settings.toJson().toText(), "m")));
    }
}
