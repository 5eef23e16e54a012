package dev.parallax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVectorsTest {

    private static final Vocabulary VOCABULARY = Vocabulary.build(
            List.of(List.of("happy", "sad", "the", "größe", "unheard")), new Vocabulary.Limits(1, 100));

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private WordVectors read(Path file) {
        return WordVectors.read(file, VOCABULARY, Subwords.NONE, notes::add);
    }

    @Test
    void read_gloveText_keepsTheWordsOfTheVocabulary() throws IOException {
        WordVectors vectors =
                read(file("v.txt", "the 0.1 -0.2 3e-1\nhappy 1 2 3\nother 4 5 6\ngröße 7 8 9\r\nhappy 9 9 9\n"));
        assertEquals(3, vectors.dimension());
        assertEquals(3, vectors.found());
        assertArrayEquals(new float[] {0.1f, -0.2f, 0.3f}, vectors.word("the"));
        assertArrayEquals(new float[] {1, 2, 3}, vectors.word("happy"));
        assertArrayEquals(new float[] {7, 8, 9}, vectors.word("größe"));
        assertNull(vectors.word("unheard"));
        assertEquals(List.of(), notes);
    }

    @Test
    void read_fastTextWithHeader_packedOrNot_isTheSame() throws IOException {
        String text = "2 3\nthe 0.1 0.2 0.3 \nsad 1 2 3 \n";
        for (String name : List.of("v.vec", "v.vec.gz")) {
            WordVectors vectors = read(file(name, text));
            assertEquals(2, vectors.found(), name);
            assertArrayEquals(new float[] {1, 2, 3}, vectors.word("sad"), name);
        }
    }

    /// GloVe of 840 billion words has "words" of several words.
    @Test
    void read_wordWithSpaces_isCutBeforeItsNumbers() throws IOException {
        WordVectors vectors = read(file("v.txt", "the 1 2 3\n. . . 4 5 6\nat name@domain.com 7 8 9\nsad 4 5 6\n"));
        assertArrayEquals(new float[] {4, 5, 6}, vectors.word("sad"));
        assertEquals(List.of(), notes);
    }

    @Test
    void read_capitals_giveWayToTheSameWord() throws IOException {
        WordVectors vectors = read(file("v.txt", "The 9 9 9\nSad 5 5 5\nthe 1 2 3\n"));
        assertArrayEquals(new float[] {1, 2, 3}, vectors.word("the"));
        assertArrayEquals(new float[] {5, 5, 5}, vectors.word("sad"));
    }

    @Test
    void read_brokenLines_arePassedOverAndCounted() throws IOException {
        Path file = file("v.txt", "the 1 2 3\nsad 1 2\nhappy 1 x 3\n\nunheard 1 NaN 2\ngröße 1 2 3\n");
        WordVectors vectors = read(file);
        assertEquals(2, vectors.found());
        assertEquals(List.of(file + ": passed over 4 lines that are no word with 3 numbers"), notes);
    }

    /// The mean over the words of the file that have the n-gram.
    @Test
    void read_subwords_bucketsSpeakForTheirWords() throws IOException {
        Subwords subwords = new Subwords(1_000_003, 3, 3, false);
        WordVectors vectors = WordVectors.read(
                file("v.txt", "happier 1 0 0\nhappiest 0 1 0\nsad 5 5 5\n"), VOCABULARY, subwords, notes::add);
        int[] pieces = subwords.of("happy"); // <ha hap app ppy py>
        assertArrayEquals(new float[] {0.5f, 0.5f, 0}, vectors.piece(pieces[1]));
        assertNull(vectors.piece(pieces[3]));
        float[] sad = vectors.piece(subwords.of("sad")[0]);
        assertNotNull(sad);
        assertArrayEquals(new float[] {5, 5, 5}, sad);
    }

    @Test
    void dimension_whatIsNoTextOfVectors_isRefusedInOneLine() throws IOException {
        for (Path file : List.of(
                file("empty.txt", ""),
                file("header.txt", "1000 300\n"),
                file("prose.txt", "word\n"),
                file("binary.bin", "\0\1\2 \0 \0 \0"))) {
            String said = Refusal.of(() -> WordVectors.dimension(file));
            assertTrue(said.startsWith(file + ": ") && said.contains("GloVe or fastText"), said);
        }
        Path missing = folder.resolve("missing.txt");
        assertTrue(Refusal.of(() -> WordVectors.dimension(missing)).startsWith(missing.toString()));
    }

    @Test
    void dimension_lineWithoutEnd_isRefused() throws IOException {
        Path file = file("long.txt", "x".repeat(3_000_000));
        assertEquals(
                file + ": line 1 has more than 1048576 bytes; this is no text file of lines",
                Refusal.of(() -> WordVectors.dimension(file)));
    }

    @Test
    void read_truncatedGzip_isRefused() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("word").append(i * 7919 % 10_007).append(" 1 2 3\n");
        }
        Path whole = file("v.txt.gz", text.toString());
        byte[] bytes = Files.readAllBytes(whole);
        Path half = folder.resolve("half.gz");
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
        String said = Refusal.of(() -> read(half));
        assertTrue(said.startsWith(half + ": cannot be read after line ") && said.endsWith("is it whole?"), said);
    }
}
