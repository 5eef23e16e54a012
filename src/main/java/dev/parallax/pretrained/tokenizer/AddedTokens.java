package dev.parallax.pretrained.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tokens that are found in a text before it is cut, such as `[SEP]` or `<mask>`. From left to right, the
/// longest counts.
final class AddedTokens {

    /// A part of a text: a token, or text between tokens, which is never empty.
    ///
    /// @param id the token, or [#TEXT]
    record Segment(AlignedText text, int id) {

        static final int TEXT = -1;

        boolean isToken() {
            return id != TEXT;
        }
    }

    private final List<AddedToken> tokens;
    private final PrefixIndex contents;

    private AddedTokens(List<AddedToken> tokens, List<String> contents) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (!contents.get(i).isEmpty()) {
                positions.putIfAbsent(contents.get(i), i);
            }
        }
        this.tokens = tokens;
        this.contents = new PrefixIndex(positions);
    }

    /// Those that are found in the text as it is written.
    static AddedTokens verbatim(List<AddedToken> all) {
        List<AddedToken> tokens = specialFirst(all, false);
        return new AddedTokens(tokens, tokens.stream().map(AddedToken::content).toList());
    }

    /// Those that, normalized, are found in the normalized text; one of which nothing is left never is.
    static AddedTokens normalized(List<AddedToken> all, Normalizer normalizer) {
        List<AddedToken> tokens = specialFirst(all, true);
        return new AddedTokens(
                tokens,
                tokens.stream()
                        .map(token -> normalizer
                                .normalize(AlignedText.of(token.content()))
                                .text())
                        .toList());
    }

    /// Normalization can make two tokens alike; then the first counts.
    private static List<AddedToken> specialFirst(List<AddedToken> all, boolean normalized) {
        return all.stream()
                .filter(token -> token.normalized() == normalized)
                .sorted(Comparator.comparing(AddedToken::special).reversed())
                .toList();
    }

    /// The text in parts, in their order.
    List<Segment> split(AlignedText text) {
        String all = text.text();
        List<Segment> segments = new ArrayList<>();
        int done = 0;
        int at = 0;
        while (at < all.length()) {
            int token = -1;
            int end = at;
            PrefixIndex.Walk walk = contents.walk(all, at);
            while (walk.next()) {
                token = walk.value();
                end = walk.end();
            }
            if (token < 0) {
                at++;
                continue;
            }
            AddedToken added = tokens.get(token);
            if (!added.singleWord() || isAlone(all, at, end)) {
                int from = added.lstrip() ? blanksBefore(all, at, done) : at;
                end = added.rstrip() ? blanksAfter(all, end) : end;
                if (from > done) {
                    segments.add(new Segment(text.slice(done, from), Segment.TEXT));
                }
                segments.add(new Segment(text.slice(from, end), added.id()));
                done = end;
            }
            at = end;
        }
        if (done < all.length()) {
            segments.add(new Segment(text.slice(done, all.length()), Segment.TEXT));
        }
        return segments;
    }

    private static boolean isAlone(String text, int from, int to) {
        return (from == 0 || !UnicodeClass.isWord(text.codePointBefore(from)))
                && (to == text.length() || !UnicodeClass.isWord(text.codePointAt(to)));
    }

    private static int blanksBefore(String text, int end, int least) {
        int from = end;
        while (from > least && UnicodeClass.isWhiteSpace(text.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    private static int blanksAfter(String text, int start) {
        int to = start;
        while (to < text.length() && UnicodeClass.isWhiteSpace(text.charAt(to))) {
            to++;
        }
        return to;
    }
}
