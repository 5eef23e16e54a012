package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The model of SentencePiece, as of XLM-RoBERTa: each token has a score, the logarithm of its
/// probability. Of all ways to cut a word, the one with the largest sum of scores is taken (Viterbi's
/// algorithm, in double precision). A character that is no token by itself is unknown, at the smallest
/// score minus 10; neighbouring unknown characters are one token. Of equal sums, the one with the longer
/// last token counts.
///
/// Source: Kudo, "Subword Regularization", ACL 2018, arXiv 1804.10959; `unigram_model.cc` of
/// https://github.com/google/sentencepiece.
final class Unigram implements TokenModel {

    private static final double UNKNOWN_PENALTY = 10;
    private static final int NONE = -1;

    private final TokenIds ids;
    private final PrefixIndex tokens;
    private final double[] scores;
    private final double unknownScore;
    private final int unknown;

    /// @param names  the tokens, at the positions of their ids
    /// @param scores their scores
    Unigram(List<String> names, double[] scores, int unknown, String where) {
        this.ids = TokenIds.of(names, where);
        Map<String, Integer> values = new HashMap<>();
        for (int id = 0; id < scores.length; id++) {
            if (!names.get(id).isEmpty()) {
                values.put(names.get(id), id);
            }
        }
        this.tokens = new PrefixIndex(values);
        this.scores = scores.clone();
        this.unknownScore = Arrays.stream(scores).min().orElse(0) - UNKNOWN_PENALTY;
        this.unknown = unknown;
    }

    static Unigram read(JsonObject json) {
        json.allowOnly(List.of("type", "unk_id", "byte_fallback", "vocab"));
        JsonFields.requireOff(json, "byte_fallback", "bytes for unknown characters");
        List<JsonArray> vocabulary = json.array("vocab").arrays();
        int unknown = json.integer("unk_id");
        if (unknown < 0 || unknown >= vocabulary.size()) {
            throw new BadInputException(json.where("unk_id") + ": " + unknown
                    + " is no id of the vocabulary, expected 0 to " + (vocabulary.size() - 1));
        }
        return new Unigram(
                vocabulary.stream().map(token -> token.text(0)).toList(),
                vocabulary.stream().mapToDouble(token -> token.number(1)).toArray(),
                unknown,
                json.where("vocab"));
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
        int n = word.length();
        // the best way to the characters before a position: its last token and where that begins
        double[] best = new double[n + 1];
        int[] start = new int[n + 1];
        int[] last = new int[n + 1];
        Arrays.fill(start, NONE);
        for (int from = 0, next; from < n; from = next) {
            next = word.offsetByCodePoints(from, 1);
            boolean isKnown = false;
            PrefixIndex.Walk walk = tokens.walk(word, from);
            while (walk.next()) {
                int to = walk.end();
                isKnown |= to == next;
                double score = best[from] + scores[walk.value()];
                if (start[to] == NONE || score > best[to]) {
                    best[to] = score;
                    start[to] = from;
                    last[to] = walk.value();
                }
            }
            double score = best[from] + unknownScore;
            if (!isKnown && (start[next] == NONE || score > best[next])) {
                best[next] = score;
                start[next] = from;
                last[next] = unknown;
            }
        }
        return backtrack(word, start, last);
    }

    private List<Piece> backtrack(String word, int[] start, int[] last) {
        List<Piece> pieces = new ArrayList<>();
        for (int to = word.length(), from; to > 0; to = from) {
            from = start[to];
            boolean isUnknown = last[to] == unknown;
            while (isUnknown && from > 0 && last[from] == unknown) {
                from = start[from];
            }
            Integer fused = isUnknown ? ids.get(word.substring(from, to)) : null;
            pieces.add(new Piece(fused == null ? last[to] : fused, from, to));
        }
        Collections.reverse(pieces);
        return pieces;
    }
}
