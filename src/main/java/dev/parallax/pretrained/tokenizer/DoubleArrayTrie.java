package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;

/// A trie over bytes in one array of 32-bit units, as the library darts-clone writes it. Read-only.
///
/// Unit 0 is the root. The children of a unit at index i with offset o are in the block of 256 units that
/// holds i ^ o: that for byte b is at i ^ o ^ b, and exists if the label there is b. If a key ends at the
/// unit, i ^ o is a leaf with the key's value. A leaf has bit 31 set and the value below. Other
/// units:
///
/// | bits | content |
/// |---|---|
/// | 0 to 7 | the label |
/// | 8 | whether a key ends here |
/// | 9 | whether the offset is to be shifted left by 8 |
/// | 10 to 30 | the offset |
///
/// Source: https://github.com/s-yata/darts-clone, `darts.h`; Aoe, "An Efficient Digital Search Algorithm
/// by Using a Double-Array Structure", IEEE Transactions on Software Engineering 15(9), 1989.
final class DoubleArrayTrie {

    /// No key.
    static final int NONE = -1;

    private static final int BLOCK = 256;
    private static final int LEAF = 1 << 31;

    private final int[] units;

    /// @param units the array, not copied
    /// @param values values are below this
    /// @param where the start of a message
    /// @throws BadInputException if a unit leads outside of the array, or a value is not below `values`
    DoubleArrayTrie(int[] units, int values, String where) {
        this.units = units;
        if (units.length == 0 || units.length % BLOCK != 0) {
            throw new BadInputException(
                    where + ": a trie of " + units.length + " units is not whole blocks of " + BLOCK);
        }
        for (int i = 0; i < units.length; i++) {
            int unit = units[i];
            boolean isLeaf = (unit & LEAF) != 0;
            if (isLeaf ? (unit & ~LEAF) >= values : (i ^ offset(unit)) >= units.length) {
                throw new BadInputException(where + ": unit " + i + " of the trie leads nowhere; is the file damaged?");
            }
        }
    }

    /// The value of the shortest key that the bytes begin with, or [#NONE].
    int shortestPrefix(byte[] bytes) {
        int at = offset(units[0]);
        for (byte next : bytes) {
            at ^= next & 0xFF;
            int unit = units[at];
            if (next == 0 || (unit & (LEAF | 0xFF)) != (next & 0xFF)) {
                return NONE;
            }
            at ^= offset(unit);
            if ((unit >> 8 & 1) != 0) {
                return units[at] & ~LEAF;
            }
        }
        return NONE;
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & 1 << 9) >>> 6);
    }
}
