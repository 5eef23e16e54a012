package dev.parallax.data;

import dev.parallax.BadInputException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// When each word of a text is spoken, where somebody has measured it (a forced aligner, for instance). Blanks
/// separate words.
public final class WordTimes {

    private static final double SHORTEST = 0.001; // [s]

    private final double[] starts;
    private final double[] ends;

    private WordTimes(double[] starts, double[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /// Reads `0.12-0.40 0.40-0.81`, one span per word of the text, in seconds from the start of the recording;
    /// decimal commas are read too.
    ///
    /// @param where what a message starts with, such as `train.csv line 17`
    /// @throws BadInputException when it is no such list, or not as long as the text
    public static WordTimes parse(String times, String text, String where) {
        String[] spans = times.strip().split("\\s+");
        int words = words(text).length;
        if (spans.length != words) {
            throw new BadInputException(where + ": there are " + spans.length + " times for " + words
                    + " words; give each word one, such as 0.12-0.40");
        }
        double[] starts = new double[words];
        double[] ends = new double[words];
        for (int i = 0; i < words; i++) {
            if (!spans[i].matches("\\d{1,9}([.,]\\d{1,20})?-\\d{1,9}([.,]\\d{1,20})?")) {
                throw new BadInputException(
                        where + ": time \"" + spans[i] + "\" is not like 0.12-0.40, from and to in seconds");
            }
            String span = spans[i].replace(',', '.');
            int dash = span.indexOf('-');
            starts[i] = Double.parseDouble(span.substring(0, dash));
            ends[i] = Double.parseDouble(span.substring(dash + 1));
            if (ends[i] <= starts[i] || (i > 0 && starts[i] < starts[i - 1])) {
                throw new BadInputException(where + ": time \"" + spans[i]
                        + "\" ends before it starts, or starts before the word before it; sort them");
            }
        }
        return new WordTimes(starts, ends);
    }

    /// The times of a text's words, or null where one ends before it starts, or starts before the word before it.
    ///
    /// @param starts of each word `[s]`
    /// @param ends   of each word `[s]`
    public static @Nullable WordTimes of(double[] starts, double[] ends) {
        for (int i = 0; i < starts.length; i++) {
            if (ends[i] <= starts[i] || (i > 0 && starts[i] < starts[i - 1])) {
                return null;
            }
        }
        return new WordTimes(starts.clone(), ends.clone());
    }

    /// The words of a text, separated by blanks.
    public static String[] words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    /// Which word a character of a text belongs to; a blank belongs to the word behind it.
    ///
    /// @param place of the character in the text (UTF-16 unit)
    /// @return the number of the word, -1 where none is there or follows
    public static int wordAt(String text, int place) {
        int begun = words(text.substring(0, Math.min(place + 1, text.length()))).length;
        boolean isBlank = place >= text.length() || Character.isWhitespace(text.charAt(place));
        int word = isBlank ? begun : begun - 1;
        return word < words(text).length ? word : -1;
    }

    /// The times in a recording whose duration is multiplied by a factor.
    public WordTimes scaled(double factor) {
        return new WordTimes(
                Arrays.stream(starts).map(start -> factor * start).toArray(),
                Arrays.stream(ends).map(end -> factor * end).toArray());
    }

    /// The times in a recording with so many seconds added before it, or, where they are negative, cut off. A word that
    /// is cut off lies at the start.
    public WordTimes shifted(double seconds) {
        double[] from =
                Arrays.stream(starts).map(start -> Math.max(0, start + seconds)).toArray();
        double[] to = Arrays.stream(ends)
                .map(end -> Math.max(SHORTEST, end + seconds))
                .toArray();
        return new WordTimes(from, to);
    }

    /// How many words have times.
    public int count() {
        return starts.length;
    }

    /// When word `i` begins `[s]`.
    public double start(int i) {
        return starts[i];
    }

    /// When word `i` ends `[s]`, later than it begins.
    public double end(int i) {
        return ends[i];
    }
}
