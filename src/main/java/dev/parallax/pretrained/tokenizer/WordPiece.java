package dev.parallax.pretrained.tokenizer;

import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The model of BERT: from left to right, the longest token of the vocabulary that the rest of the word
/// begins with. A token that does not begin a word is written with a prefix, `##`. A word that cannot be
/// cut so to its end, or that is too long, is one unknown token.
///
/// Source: Wu et al., "Google's Neural Machine Translation System", arXiv 1609.08144; `tokenization.py` of
/// https://github.com/google-research/bert, class WordpieceTokenizer.
final class WordPiece implements TokenModel {

    static final String PREFIX = "##";
    static final int LONGEST_WORD = 100; // code points

    private final TokenIds ids;
    private final int unknown;
    private final String prefix;
    private final int longestWord;
    private final int longestToken;

    /// @param prefix      what tokens inside a word begin with
    /// @param longestWord longer words are unknown [code points]
    WordPiece(TokenIds ids, int unknown, String prefix, int longestWord) {
        this.ids = ids;
        this.unknown = unknown;
        this.prefix = prefix;
        this.longestWord = longestWord;
        this.longestToken = ids.longest();
    }

    static WordPiece read(JsonObject json) {
        json.allowOnly(List.of("type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab"));
        TokenIds ids = TokenIds.read(json.object("vocab"));
        return new WordPiece(
                ids,
                ids.require(JsonFields.text(json, "unk_token", "[UNK]"), json.where("unk_token")),
                JsonFields.text(json, "continuing_subword_prefix", PREFIX),
                JsonFields.integer(json, "max_input_chars_per_word", LONGEST_WORD));
    }

    @Override
    public TokenIds ids() {
        return ids;
    }

    @Override
    public Integer unknown() {
        return unknown;
    }

    @Override
    public List<Piece> tokenize(String word) {
        List<Piece> whole = List.of(new Piece(unknown, 0, word.length()));
        if (word.codePointCount(0, word.length()) > longestWord) {
            return whole;
        }
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < word.length(); from = pieces.getLast().to()) {
            Piece longest = longestAt(word, from);
            if (longest == null) {
                return whole;
            }
            pieces.add(longest);
        }
        return pieces;
    }

    private @Nullable Piece longestAt(String word, int from) {
        String before = from == 0 ? "" : prefix;
        for (int to = Math.min(word.length(), from + longestToken); to > from; to = word.offsetByCodePoints(to, -1)) {
            Integer id = ids.get(before + word.substring(from, to));
            if (id != null) {
                return new Piece(id, from, to);
            }
        }
        return null;
    }
}
