package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Utf8;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The normalizer of a SentencePiece model: a table from character sequences to their replacements.
/// Layout, little endian: 4 bytes with the size n of the trie [bytes]; n bytes of [DoubleArrayTrie],
/// whose values are positions in what follows; replacements in UTF-8, each ended by a zero byte.
///
/// What is looked up is an extended grapheme cluster of fewer than 6 bytes in UTF-8, else each of its
/// code points by itself. If the table has a prefix of that, the replacement of the shortest one stands
/// for all of it. SentencePiece itself takes the longest prefix; the published ids of pretrained models
/// are those of this rule.
///
/// Source: `spm_precompiled` of https://github.com/huggingface/spm_precompiled; format of
/// https://github.com/google/sentencepiece, `normalizer.cc`.
final class PrecompiledCharsMap implements Normalizer {

    private static final Pattern GRAPHEME_CLUSTER = Pattern.compile("\\X");
    private static final int LONGEST_CLUSTER = 5; // bytes

    private final DoubleArrayTrie trie;
    private final byte[] replacements;

    private PrecompiledCharsMap(DoubleArrayTrie trie, byte[] replacements) {
        this.trie = trie;
        this.replacements = replacements;
    }

    static PrecompiledCharsMap read(JsonObject json) {
        json.allowOnly(List.of("type", "precompiled_charsmap"));
        String where = json.where("precompiled_charsmap");
        try {
            return parse(Base64.getDecoder().decode(json.text("precompiled_charsmap")), where);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(where + ": is not Base64 (" + e.getMessage() + ")", e);
        }
    }

    /// @throws BadInputException if the sizes do not fit the bytes, the trie leads outside of itself or
    ///     of the replacements, or these are not UTF-8
    static PrecompiledCharsMap parse(byte[] bytes, String where) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long size = bytes.length < Integer.BYTES ? -1 : Integer.toUnsignedLong(in.getInt());
        if (size < 0 || size > in.remaining() || size % Integer.BYTES != 0) {
            throw new BadInputException(
                    where + ": says that its trie has " + size + " bytes of its " + bytes.length + "; is it whole?");
        }
        int[] units = new int[(int) size / Integer.BYTES];
        in.asIntBuffer().get(units);
        int start = Integer.BYTES + (int) size;
        byte[] replacements = new byte[bytes.length - start];
        System.arraycopy(bytes, start, replacements, 0, replacements.length);
        Utf8.decode(replacements, where + " replacements");
        return new PrecompiledCharsMap(new DoubleArrayTrie(units, replacements.length, where), replacements);
    }

    @Override
    public AlignedText normalize(AlignedText text) {
        AlignedText.Builder out = new AlignedText.Builder(text);
        String all = text.text();
        Matcher cluster = GRAPHEME_CLUSTER.matcher(all);
        while (cluster.find()) {
            String whole = replacement(all, cluster.start(), cluster.end());
            if (whole != null) {
                out.append(whole, cluster.start(), cluster.end());
                continue;
            }
            for (int from = cluster.start(), to; from < cluster.end(); from = to) {
                to = all.offsetByCodePoints(from, 1);
                String part = replacement(all, from, to);
                if (part == null) {
                    out.keep(from, to);
                } else {
                    out.append(part, from, to);
                }
            }
        }
        return out.build();
    }

    /// What stands for the characters from one to another, or null where the table has nothing or they
    /// are too long.
    private @Nullable String replacement(String text, int from, int to) {
        if (to - from > LONGEST_CLUSTER) {
            return null;
        }
        byte[] key = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
        int start = key.length > LONGEST_CLUSTER ? DoubleArrayTrie.NONE : trie.shortestPrefix(key);
        if (start == DoubleArrayTrie.NONE) {
            return null;
        }
        int end = start;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return new String(replacements, start, end - start, StandardCharsets.UTF_8);
    }
}
