package dev.parallax.text;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import java.util.ArrayList;
import java.util.List;

/// Cuts a sentence into words and marks, in any script, the same in training and in prediction. It takes every string
/// and never throws.
///
/// 1. The text is normalised (see `Normalization`): Unicode form NFKC, one kind of apostrophe, quote and dash, lower
///    case by the setting.
/// 2. A word is a run of letters, combining marks and digits. An apostrophe between letters and one of `.` `,` `:`
///    between digits belong to it: `o'clock`, `3.14`, `10:30`.
/// 3. English contractions are cut as in the Penn Treebank, so that a negation is the same token after every verb:
///    `don't` -> `do n't`, `can't` -> `ca n't`, `she's` -> `she 's`. Other words keep their apostrophes: `l'homme`.
/// 4. Scripts written without spaces are cut by character: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
/// 5. An emoji is one token, whatever it is made of (skin tone, family, flag).
/// 6. Any other mark is a token; a run of the same mark is one token of at most three: `!!!!!` -> `!!!`.
///
/// How much of a text is read is limited, see [TokenizedText].
///
/// @param lowercase   whether `Oh` and `oh` are the same word
/// @param punctuation whether marks (6) are kept; emoji always are
public record Tokenizer(boolean lowercase, boolean punctuation) {

    private static final RecordJson<Tokenizer> JSON = RecordJson.of(Tokenizer.class);

    private static final int RULES =
            1; // counts changes of the six rules, so that old models are not read with new ones
    private static final String VERSION = "rules";
    private static final int LONGEST_RUN = 3;

    /// A text is first cut at blanks into pieces of at most so many characters; no token crosses a blank. The time
    /// for a letter with a million accents would grow with the square of their number.
    private static final int LONGEST_PIECE = 1 << 16;

    private static final String BLANKS = " \n\t\u3000";
    private static final List<String> CONTRACTIONS = List.of("n't", "'s", "'m", "'re", "'ve", "'ll", "'d");

    /// The default: lower case, with punctuation.
    public static Tokenizer standard() {
        return new Tokenizer(true, true);
    }

    /// The tokens of a text in their order, as many as are read; none for a text of spaces.
    public List<String> tokenize(String text) {
        return read(text).tokens();
    }

    /// The same, and how much of the text that is.
    public TokenizedText read(String text) {
        TokenizedText.Builder tokens = new TokenizedText.Builder();
        int from = 0;
        while (from < text.length()) {
            int end = endOfPiece(text, from);
            addTokens(text.substring(from, end), tokens);
            from = end;
            if (end < text.length() && !isBlank(text.charAt(end))) { // a run without blanks: its rest is skipped
                tokens.countNoMore();
                while (from < text.length() && !isBlank(text.charAt(from))) {
                    from++;
                }
            }
        }
        return tokens.build();
    }

    /// Before the last blank that leaves a piece short enough, or at the greatest length of a piece.
    private static int endOfPiece(String text, int from) {
        int limit = from + LONGEST_PIECE;
        if (limit >= text.length()) {
            return text.length();
        }
        int end = limit;
        while (end > from && !isBlank(text.charAt(end))) {
            end--;
        }
        return end > from ? end : limit;
    }

    private static boolean isBlank(char c) {
        return BLANKS.indexOf(c) >= 0;
    }

    private void addTokens(String piece, TokenizedText.Builder tokens) {
        List<GraphemeCluster> clusters = GraphemeCluster.of(Normalization.of(piece, lowercase));
        int i = 0;
        while (i < clusters.size()) {
            int end = i + 1;
            switch (clusters.get(i).kind()) {
                case SPACE -> {}
                case SINGLE -> tokens.add(join(clusters, i, end, tokens));
                case LETTER, DIGIT -> {
                    end = endOfWord(clusters, i);
                    addWord(join(clusters, i, end, tokens), tokens);
                }
                case MARK -> {
                    end = endOfRun(clusters, i);
                    if (punctuation) {
                        tokens.add(join(clusters, i, Math.min(end, i + LONGEST_RUN), tokens));
                    }
                }
            }
            i = end;
        }
    }

    private static int endOfWord(List<GraphemeCluster> clusters, int start) {
        int end = start + 1;
        while (end < clusters.size()) {
            if (clusters.get(end).isWord()) {
                end++;
            } else if (end + 1 < clusters.size() && joins(clusters, end)) {
                end += 2;
            } else {
                break;
            }
        }
        return end;
    }

    /// Whether the mark at `i` joins its neighbours to one word.
    private static boolean joins(List<GraphemeCluster> clusters, int i) {
        GraphemeCluster.Kind before = clusters.get(i - 1).kind();
        if (before != clusters.get(i + 1).kind()) {
            return false;
        }
        return switch (clusters.get(i).text()) {
            case "'" -> before == GraphemeCluster.Kind.LETTER;
            case ".", ",", ":" -> before == GraphemeCluster.Kind.DIGIT;
            default -> false;
        };
    }

    private static int endOfRun(List<GraphemeCluster> clusters, int start) {
        int end = start + 1;
        while (end < clusters.size() && clusters.get(end).equals(clusters.get(start))) {
            end++;
        }
        return end;
    }

    /// The clusters as one token, as far as it is read.
    private static String join(List<GraphemeCluster> clusters, int start, int end, TokenizedText.Builder tokens) {
        StringBuilder joined = new StringBuilder();
        for (int i = start; i < end && joined.length() <= TokenizedText.LONGEST_TOKEN; i++) {
            joined.append(clusters.get(i).text());
        }
        if (joined.length() > TokenizedText.LONGEST_TOKEN) {
            boolean splitsPair = Character.isLowSurrogate(joined.charAt(TokenizedText.LONGEST_TOKEN));
            joined.setLength(TokenizedText.LONGEST_TOKEN - (splitsPair ? 1 : 0));
            tokens.countLong();
        }
        return joined.toString();
    }

    /// Adds the word, with its contractions cut off from the end: `couldn't've` -> `could n't 've`.
    private static void addWord(String word, TokenizedText.Builder tokens) {
        List<String> endings = new ArrayList<>();
        String rest = word;
        boolean cut = word.indexOf('\'') >= 0;
        while (cut) {
            cut = false;
            for (String ending : CONTRACTIONS) {
                int stem = rest.length() - ending.length();
                if (stem > 0 && rest.regionMatches(true, stem, ending, 0, ending.length())) {
                    endings.add(rest.substring(stem));
                    rest = rest.substring(0, stem);
                    cut = true;
                    break;
                }
            }
        }
        tokens.add(rest);
        endings.reversed().forEach(tokens::add);
    }

    /// The settings, for the model file.
    public JsonObject toJson() {
        return Json.object().with(VERSION, RULES).with(JSON.write(this));
    }

    /// The tokenizer with these settings.
    ///
    /// @throws BadInputException if they are of another version of the rules, incomplete or unknown
    public static Tokenizer fromJson(JsonObject json) {
        json.allowOnly(List.of(VERSION, "lowercase", "punctuation"));
        if (json.integer(VERSION) != RULES) {
            throw new BadInputException(json.where() + ": the tokenizer's rules have version " + json.integer(VERSION)
                    + ", this program has " + RULES + "; use the program that wrote it or train again");
        }
        return JSON.read(json.without(VERSION));
    }
}
