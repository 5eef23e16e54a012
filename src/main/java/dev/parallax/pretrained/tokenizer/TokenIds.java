package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Printable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tokens of a model and their ids, which are the rows of the encoder's embedding. Not modifiable.
final class TokenIds {

    /// Ids are below this.
    static final int MOST = 1 << 24;

    private final Map<String, Integer> ids;
    private final BitSet used;

    private TokenIds(Map<String, Integer> ids, BitSet used) {
        this.ids = ids;
        this.used = used;
    }

    /// Reads `{"token": id, ...}`.
    ///
    /// @throws BadInputException if an id is no whole number from 0 to below [#MOST], or belongs to two
    ///     tokens
    static TokenIds read(JsonObject vocabulary) {
        Map<String, Integer> ids = new HashMap<>();
        BitSet used = new BitSet();
        for (String token : vocabulary.fields().keySet()) {
            int id = vocabulary.integer(token);
            requireInRange(id, token, vocabulary.where());
            if (used.get(id)) {
                throw new BadInputException(vocabulary.where() + ": two tokens have id " + id + ", one of them is \""
                        + Printable.shortened(token) + "\"");
            }
            ids.put(token, id);
            used.set(id);
        }
        return new TokenIds(ids, used);
    }

    /// The tokens of a list; the ids are the positions. Of equal tokens the last counts.
    static TokenIds of(List<String> tokens, String where) {
        if (tokens.size() > MOST) {
            throw new BadInputException(where + ": has " + tokens.size() + " tokens, at most " + MOST + " are read");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        BitSet used = new BitSet();
        used.set(0, tokens.size());
        return new TokenIds(ids, used);
    }

    /// A copy with more tokens, some of which it may have already.
    ///
    /// @throws BadInputException if a token has another id already, or another token has its id
    TokenIds with(List<AddedToken> tokens, String where) {
        TokenIds extended = new TokenIds(new HashMap<>(ids), (BitSet) used.clone());
        for (AddedToken token : tokens) {
            String content = token.content();
            int id = token.id();
            requireInRange(id, content, where);
            Integer known = extended.ids.get(content);
            if (known == null ? extended.used.get(id) : known != id) {
                throw new BadInputException(where + ": token \"" + Printable.shortened(content) + "\" has id " + id
                        + (known == null
                                ? ", which another token has"
                                : ", but in the vocabulary of the model " + known));
            }
            extended.ids.put(content, id);
            extended.used.set(id);
        }
        return extended;
    }

    private static void requireInRange(int id, String token, String where) {
        if (id < 0 || id >= MOST) {
            throw new BadInputException(where + ": token \"" + Printable.shortened(token) + "\" has id " + id
                    + ", expected 0 to " + (MOST - 1));
        }
    }

    /// The id of a token, or null where there is none.
    @Nullable
    Integer get(String token) {
        return ids.get(token);
    }

    /// The id of a token that must be there.
    ///
    /// @param where what names the token, the start of the message
    int require(String token, String where) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new BadInputException(
                    where + ": token \"" + Printable.shortened(token) + "\" is not in the vocabulary");
        }
        return id;
    }

    /// Whether a token has this id.
    boolean has(int id) {
        return id >= 0 && used.get(id);
    }

    /// The largest id plus 1, the least number of rows of an embedding.
    int size() {
        return used.length();
    }

    /// The number of characters of the longest token.
    int longest() {
        return ids.keySet().stream().mapToInt(String::length).max().orElse(0);
    }
}
