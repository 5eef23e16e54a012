package dev.parallax.text;

import dev.parallax.BadInputException;
import dev.parallax.io.Count;
import dev.parallax.io.LineReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pretrained word vectors for the words of a vocabulary, read from a text file of GloVe or fastText. It has one
/// line per word: the word, then its numbers, separated by single spaces; fastText has a first line
/// `words dimension`. The file is read once, line by line, and only what the vocabulary needs is kept, so it may be
/// larger than memory. Files whose name ends in `.gz` are unpacked on the way.
///
/// A word of the vocabulary gets the vector of the same word in the file, else that of the first word that is the
/// same in lower case. Each bucket of n-grams ([Subwords]) gets the mean over those of the first [#COMMON] words of
/// the file that have an n-gram in it. So a word that the file lacks, and one that training never saw, starts near
/// words that look like it.
///
/// Source: Pennington, Socher, Manning, "GloVe", EMNLP 2014; Bojanowski et al., "Enriching Word Vectors with
/// Subword Information", TACL 5 (2017): their formats.
public final class WordVectors {

    /// How many words give vectors to their n-grams; the first words of these files are the most frequent ones.
    public static final int COMMON = 200_000;

    private static final int MOST = 4096; // features

    private final int dimension;
    private final Map<String, float[]> words;
    private final float[] @Nullable [] pieces;

    private WordVectors(int dimension, Map<String, float[]> words, float[] @Nullable [] pieces) {
        this.dimension = dimension;
        this.words = words;
        this.pieces = pieces;
    }

    /// Features of each vector of a file.
    public static int dimension(Path file) {
        try (LineReader lines = LineReader.open(file)) {
            String first = lines.next();
            if (first == null) {
                throw empty(file);
            }
            String line = isHeader(first) ? lines.next() : first;
            if (line == null) {
                throw empty(file);
            }
            int dimension = line.stripTrailing().split(" ").length - 1;
            if (dimension < 2 || dimension > MOST || line.indexOf('\0') >= 0) {
                throw new BadInputException(file + ": line " + lines.number() + " holds no word with 2 to " + MOST
                        + " numbers after it; give word vectors in the text format of GloVe or fastText (a .bin of"
                        + " fastText is not: use its .vec)");
            }
            return dimension;
        }
    }

    private static BadInputException empty(Path file) {
        return new BadInputException(
                file + ": holds no word vectors; give a file in the text format of GloVe or fastText");
    }

    private static boolean isHeader(String line) {
        return line.matches("\\d{1,9} \\d{1,4}\\s*");
    }

    /// Reads the vectors of a vocabulary's words.
    ///
    /// @param subwords whose buckets get vectors too, where there are any
    /// @param notes    receives how many lines were skipped, if any
    public static WordVectors read(Path file, Vocabulary vocabulary, Subwords subwords, Consumer<String> notes) {
        int dimension = dimension(file);
        Reading reading = new Reading(dimension, vocabulary, subwords);
        try (LineReader lines = LineReader.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (lines.number() > 1 || !isHeader(line)) {
                    reading.take(line);
                }
            }
        }
        if (reading.passedOver > 0) {
            notes.accept(file + ": passed over "
                    + Count.of(reading.passedOver, "line that is", "lines that are") + " no word with " + dimension
                    + " numbers");
        }
        return reading.result();
    }

    /// The state while a file is read.
    private static final class Reading {

        private final int dimension;
        private final Vocabulary vocabulary;
        private final Subwords subwords;
        private final Map<String, float[]> exact = new HashMap<>();
        private final Map<String, float[]> lowerCase = new HashMap<>();
        private final float[] vector;
        private final double[][] sums; // of each bucket
        private final int[] counts;
        private int taken;
        private int passedOver;

        Reading(int dimension, Vocabulary vocabulary, Subwords subwords) {
            this.dimension = dimension;
            this.vocabulary = vocabulary;
            this.subwords = subwords;
            this.vector = new float[dimension];
            this.sums = new double[subwords.buckets()][];
            this.counts = new int[subwords.buckets()];
        }

        void take(String whole) {
            String line = whole.stripTrailing();
            int end = wordEnd(line);
            if (end < 1) {
                passedOver++;
                return;
            }
            String word = line.substring(0, end);
            String lower = word.toLowerCase(Locale.ROOT);
            boolean known = vocabulary.id(word) > 0 && !exact.containsKey(word);
            boolean knownLower = vocabulary.id(lower) > 0 && !lowerCase.containsKey(lower);
            boolean common = subwords.buckets() > 0 && taken < COMMON;
            if (!known && !knownLower && !common) {
                return;
            }
            if (!parse(line, end)) {
                passedOver++;
                return;
            }
            taken++;
            if (known) {
                exact.put(word, vector.clone());
            }
            if (knownLower) {
                lowerCase.put(lower, vector.clone());
            }
            if (common) {
                addToPieces(lower);
            }
        }

        /// Where the word ends: before the last `dimension` spaces, since some words contain spaces themselves.
        private int wordEnd(String line) {
            int end = line.length();
            for (int i = 0; i < dimension && end > 0; i++) {
                end = line.lastIndexOf(' ', end - 1);
            }
            return end;
        }

        private boolean parse(String line, int end) {
            int from = end + 1;
            for (int i = 0; i < dimension; i++) {
                int to = i + 1 == dimension ? line.length() : line.indexOf(' ', from);
                OptionalDouble value = number(line.substring(from, to));
                if (value.isEmpty()) {
                    return false;
                }
                vector[i] = (float) value.getAsDouble();
                from = to + 1;
            }
            return true;
        }

        private static OptionalDouble number(String text) {
            try {
                float value = Float.parseFloat(text);
                return Float.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
            } catch (NumberFormatException e) {
                return OptionalDouble.empty();
            }
        }

        private void addToPieces(String word) {
            for (int bucket : Arrays.stream(subwords.of(word)).distinct().toArray()) {
                double[] sum = sums[bucket];
                if (sum == null) {
                    sum = new double[dimension];
                    sums[bucket] = sum;
                }
                for (int i = 0; i < dimension; i++) {
                    sum[i] += vector[i];
                }
                counts[bucket]++;
            }
        }

        WordVectors result() {
            lowerCase.forEach(exact::putIfAbsent);
            float[][] pieces = new float[sums.length][];
            for (int bucket = 0; bucket < sums.length; bucket++) {
                double[] sum = sums[bucket];
                if (sum != null) {
                    pieces[bucket] = new float[dimension];
                    for (int i = 0; i < dimension; i++) {
                        pieces[bucket][i] = (float) (sum[i] / counts[bucket]);
                    }
                }
            }
            return new WordVectors(dimension, exact, pieces);
        }
    }

    /// Features of each vector.
    public int dimension() {
        return dimension;
    }

    /// How many words of the vocabulary have a vector.
    public int found() {
        return words.size();
    }

    /// The vector of a word of the vocabulary, or null where the file has none.
    public float @Nullable [] word(String word) {
        float[] vector = words.get(word);
        return vector == null ? null : vector.clone();
    }

    /// The vector of a bucket of n-grams, or null where no common word has an n-gram in it.
    public float @Nullable [] piece(int bucket) {
        float[] vector = pieces[bucket];
        return vector == null ? null : vector.clone();
    }
}
