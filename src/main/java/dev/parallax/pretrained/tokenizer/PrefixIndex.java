package dev.parallax.pretrained.tokenizer;

import java.util.Map;
import java.util.TreeMap;

/// Finds all keys that a text begins with at a position, shortest first. The keys are sorted: those that
/// begin with the same characters are neighbours, and each further character of the text narrows them by
/// binary search.
final class PrefixIndex {

    private final String[] keys;
    private final int[] values;

    /// @param values a value for each key; keys are not empty
    PrefixIndex(Map<String, Integer> values) {
        TreeMap<String, Integer> sorted = new TreeMap<>(values);
        this.keys = sorted.keySet().toArray(String[]::new);
        this.values = sorted.values().stream().mapToInt(Integer::intValue).toArray();
    }

    Walk walk(String text, int from) {
        return new Walk(text, from);
    }

    /// The keys that a text begins with at one position.
    final class Walk {

        private final String text;
        private final int from;
        private int end;
        // the keys that begin with the text's characters between `from` and `end`
        private int low;
        private int high = keys.length;

        private Walk(String text, int from) {
            this.text = text;
            this.from = from;
            this.end = from;
        }

        /// Goes to the next longer key; false where there is none.
        boolean next() {
            while (end < text.length() && low < high) {
                int depth = end - from;
                int c = text.charAt(end++);
                low = firstNotBelow(depth, c);
                high = firstNotBelow(depth, c + 1);
                if (low < high && keys[low].length() == depth + 1) {
                    return true;
                }
            }
            return false;
        }

        /// The first key between `low` and `high` whose character at a depth is not below c.
        private int firstNotBelow(int depth, int c) {
            int below = low;
            int above = high;
            while (below < above) {
                int middle = (below + above) >>> 1;
                String key = keys[middle];
                boolean isBelow = key.length() == depth || key.charAt(depth) < c;
                if (isBelow) {
                    below = middle + 1;
                } else {
                    above = middle;
                }
            }
            return below;
        }

        /// The position in the text behind the key.
        int end() {
            return end;
        }

        /// The key's value.
        int value() {
            return values[low];
        }
    }
}
