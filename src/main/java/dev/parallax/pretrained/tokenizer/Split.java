package dev.parallax.pretrained.tokenizer;

import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text where a pattern matches. The text alternates between matches and what is between them; the
/// behavior says which of these parts become words, and which are joined.
///
/// @param inverted whether what lies between the matches counts as the matches
record Split(Pattern pattern, boolean inverted, Behavior behavior) implements PreTokenizer {

    static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~\\p{P}]");
    static final Pattern NUMBERS = Pattern.compile("\\p{N}");
    static final Pattern WORDS_OR_SYMBOLS = Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);
    static final Split WHITE_SPACE =
            new Split(Pattern.compile("\\s", Pattern.UNICODE_CHARACTER_CLASS), false, Behavior.REMOVED);

    /// What becomes of the matches.
    enum Behavior {
        /// They are dropped.
        REMOVED("Removed"),
        /// Each is a word.
        ISOLATED("Isolated"),
        /// Neighbouring ones are one word.
        CONTIGUOUS("Contiguous"),
        /// Each ends a word; one right after another is a word by itself.
        MERGED_WITH_PREVIOUS("MergedWithPrevious"),
        /// Each begins a word; one right before another is a word by itself.
        MERGED_WITH_NEXT("MergedWithNext");

        private final String word;

        Behavior(String word) {
            this.word = word;
        }

        /// Reads the field `behavior`.
        static Behavior read(JsonObject json) {
            String wanted = json.text("behavior");
            return Arrays.stream(values())
                    .filter(behavior -> behavior.word.equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> JsonFields.unsupported(
                            json,
                            "behavior",
                            wanted,
                            Arrays.stream(values())
                                    .map(behavior -> behavior.word)
                                    .toList()));
        }
    }

    /// A part of the text, from one character to another, exclusive.
    private record Part(int from, int to, boolean isMatch) {}

    static Split read(JsonObject json) {
        json.allowOnly(List.of("type", "pattern", "behavior", "invert"));
        return new Split(
                TokenizerRegex.read(json.object("pattern")),
                JsonFields.flag(json, "invert", false),
                Behavior.read(json));
    }

    @Override
    public List<AlignedText> words(AlignedText text) {
        List<Part> parts = parts(text.text());
        List<AlignedText> words = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.isMatch && behavior == Behavior.REMOVED) {
                continue;
            }
            int last = i;
            while (last + 1 < parts.size() && isJoined(parts.get(last), parts.get(last + 1))) {
                last++;
            }
            words.add(text.slice(part.from, parts.get(last).to));
            i = last;
        }
        return words;
    }

    private boolean isJoined(Part part, Part next) {
        return switch (behavior) {
            case REMOVED, ISOLATED -> false;
            case CONTIGUOUS -> part.isMatch == next.isMatch;
            case MERGED_WITH_PREVIOUS -> !part.isMatch && next.isMatch;
            case MERGED_WITH_NEXT -> part.isMatch && !next.isMatch;
        };
    }

    /// The matches and what is between them, none of them empty.
    private List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int done = 0;
        Matcher match = pattern.matcher(text);
        while (match.find()) {
            if (match.start() > done) {
                parts.add(new Part(done, match.start(), inverted));
            }
            if (match.end() > match.start()) {
                parts.add(new Part(match.start(), match.end(), !inverted));
            }
            done = match.end();
        }
        if (done < text.length()) {
            parts.add(new Part(done, text.length(), inverted));
        }
        return parts;
    }
}
