package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The model of GPT-2 and RoBERTa: a word begins as single characters; then neighbours are merged that
/// training merged, in the order of training, of equal ones the leftmost first, until no merge applies.
/// With a queue of possible merges a word of n characters takes O(n log n).
///
/// Source: Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL
/// 2016.
final class BytePairEncoding implements TokenModel {

    /// Settings of a model that are not its vocabulary.
    ///
    /// @param unknown      the id for a character without token, or null: then it is left out
    /// @param fuseUnknown  whether neighbouring unknown characters are one token
    /// @param prefix       what tokens inside a word begin with
    /// @param suffix       what the last token of a word ends with
    /// @param ignoreMerges whether a word that is a token is not cut, whatever merges lead to
    record Settings(
            @Nullable Integer unknown, boolean fuseUnknown, String prefix, String suffix, boolean ignoreMerges) {

        /// Those of byte-level models, where no character is unknown.
        static final Settings BYTE_LEVEL = new Settings(null, false, "", "", false);
    }

    /// What two neighbours become.
    ///
    /// @param rank its number in the order of training
    private record Merge(int rank, int id) {}

    /// A merge that was possible when it was queued, of the symbol at a position with the one after it.
    private record Candidate(int rank, int position) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return rank != other.rank ? Integer.compare(rank, other.rank) : Integer.compare(position, other.position);
        }
    }

    private final TokenIds ids;
    private final Map<Long, Merge> merges;
    private final Settings settings;

    /// @param pairs the two tokens of each merge, in the order of training
    /// @throws BadInputException if a token of a merge, or what it makes, is not in the vocabulary
    BytePairEncoding(TokenIds ids, List<List<String>> pairs, Settings settings, String where) {
        this.ids = ids;
        this.settings = settings;
        this.merges = HashMap.newHashMap(pairs.size());
        for (int rank = 0; rank < pairs.size(); rank++) {
            String left = pairs.get(rank).getFirst();
            String right = pairs.get(rank).getLast();
            String place = where + "[" + rank + "]";
            if (!right.startsWith(settings.prefix)) {
                throw new BadInputException(place + ": \"" + Printable.shortened(right)
                        + "\" does not begin with the prefix \"" + settings.prefix + "\" of tokens inside words");
            }
            String merged = left + right.substring(settings.prefix.length());
            merges.put(
                    pair(ids.require(left, place), ids.require(right, place)),
                    new Merge(rank, ids.require(merged, place)));
        }
    }

    static BytePairEncoding read(JsonObject json) {
        json.allowOnly(List.of(
                "type",
                "dropout",
                "unk_token",
                "continuing_subword_prefix",
                "end_of_word_suffix",
                "fuse_unk",
                "byte_fallback",
                "ignore_merges",
                "vocab",
                "merges"));
        JsonFields.requireOff(json, "byte_fallback", "bytes for unknown characters");
        if (json.has("dropout") && json.number("dropout") != 0) {
            throw new BadInputException(json.where("dropout") + ": leaving out merges at random is not supported");
        }
        TokenIds ids = TokenIds.read(json.object("vocab"));
        Settings settings = new Settings(
                json.has("unk_token") ? ids.require(json.text("unk_token"), json.where("unk_token")) : null,
                JsonFields.flag(json, "fuse_unk", false),
                JsonFields.text(json, "continuing_subword_prefix", ""),
                JsonFields.text(json, "end_of_word_suffix", ""),
                JsonFields.flag(json, "ignore_merges", false));
        return new BytePairEncoding(ids, readMerges(json.array("merges")), settings, json.where("merges"));
    }

    /// Reads `["a", "b"]`, or `"a b"` of older files.
    private static List<List<String>> readMerges(JsonArray merges) {
        boolean areStrings = !merges.items().isEmpty() && merges.items().getFirst() instanceof Json.Text;
        List<List<String>> pairs = new ArrayList<>(merges.size());
        if (areStrings) {
            for (String line : merges.texts()) {
                pairs.add(pairOf(line, merges.where() + "[" + pairs.size() + "]"));
            }
        } else {
            for (JsonArray pair : merges.arrays()) {
                pairs.add(pair.texts());
                if (pair.size() != 2) {
                    throw new BadInputException(pair.where() + ": expected two tokens, found " + pair.size());
                }
            }
        }
        return pairs;
    }

    /// The two tokens of a merge that is written as one string.
    static List<String> pairOf(String line, String where) {
        List<String> pair = List.of(line.split(" ", -1));
        if (pair.size() != 2) {
            throw new BadInputException(where + ": expected two tokens with a blank between them, found \""
                    + Printable.shortened(line) + "\"");
        }
        return pair;
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    @Override
    public TokenIds ids() {
        return ids;
    }

    @Override
    public @Nullable Integer unknown() {
        return settings.unknown;
    }

    @Override
    public List<Piece> tokenize(String word) {
        Integer whole = settings.ignoreMerges ? ids.get(word) : null;
        return whole == null ? merged(characters(word)) : List.of(new Piece(whole, 0, word.length()));
    }

    /// A token for each code point that has one.
    private List<Piece> characters(String word) {
        List<Piece> pieces = new ArrayList<>();
        boolean afterUnknown = false;
        for (int from = 0, to; from < word.length(); from = to) {
            to = word.offsetByCodePoints(from, 1);
            Integer id = ids.get((from > 0 ? settings.prefix : "")
                    + word.substring(from, to)
                    + (to == word.length() ? settings.suffix : ""));
            if (id != null) {
                pieces.add(new Piece(id, from, to));
            } else if (settings.unknown != null) {
                boolean joins = settings.fuseUnknown && afterUnknown;
                int start = joins ? pieces.removeLast().from() : from;
                pieces.add(new Piece(settings.unknown, start, to));
            }
            afterUnknown = id == null;
        }
        return pieces;
    }

    private List<Piece> merged(List<Piece> characters) {
        int n = characters.size();
        Piece[] pieces = characters.toArray(Piece[]::new);
        int[] before = new int[n];
        int[] after = new int[n]; // n is the end
        PriorityQueue<Candidate> queue = new PriorityQueue<>();
        for (int i = 0; i < n; i++) {
            before[i] = i - 1;
            after[i] = i + 1;
            offer(queue, pieces, i, after[i]);
        }
        boolean[] isGone = new boolean[n];
        for (Candidate next = queue.poll(); next != null; next = queue.poll()) {
            int left = next.position;
            if (isGone[left] || after[left] == n) {
                continue;
            }
            int right = after[left];
            Merge merge = merges.get(pair(pieces[left].id(), pieces[right].id()));
            if (merge == null || merge.rank != next.rank) {
                continue; // one of the two was merged since
            }
            pieces[left] = new Piece(merge.id, pieces[left].from(), pieces[right].to());
            isGone[right] = true;
            after[left] = after[right];
            if (after[left] < n) {
                before[after[left]] = left;
            }
            offer(queue, pieces, before[left], left);
            offer(queue, pieces, left, after[left]);
        }
        List<Piece> result = new ArrayList<>();
        for (int i = 0; i < n; i = after[i]) {
            result.add(pieces[i]);
        }
        return result;
    }

    private void offer(PriorityQueue<Candidate> queue, Piece[] pieces, int left, int right) {
        if (left >= 0 && right < pieces.length) {
            Merge merge = merges.get(pair(pieces[left].id(), pieces[right].id()));
            if (merge != null) {
                queue.add(new Candidate(merge.rank, left));
            }
        }
    }
}
