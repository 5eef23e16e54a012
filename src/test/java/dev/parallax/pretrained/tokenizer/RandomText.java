package dev.parallax.pretrained.tokenizer;

import dev.parallax.random.RandomStream;
import java.util.List;

/// Strings of what is hard for a tokenizer.
final class RandomText {

    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "happy",
            "Ich",
            "'s",
            "n't",
            " ",
            "  ",
            "\t",
            "\r\n",
            ".",
            "!?",
            "##",
            "1",
            "\u00E9",
            "e\u0301",
            "\u0327\u0301",
            "\u0130",
            "\u00DF",
            "\u03A3",
            "\u4E2D",
            "\uD55C",
            "\u1112\u1161\u11AB",
            "\u1161",
            "\uFF76\uFF9E",
            "\u0915\u094D\u0937\u093F",
            "\u200D",
            "\u00AD",
            "\uFEFF",
            "\uFFFD",
            "\u0000",
            "\u0085",
            "\u00A0",
            "\u3000",
            "\u2028",
            "\u2581",
            "\u0120",
            "\uFB01",
            "\u2460",
            "\uD83D\uDE02",
            "\uD83D\uDC4D\uD83C\uDFFD",
            "\uD83C\uDDE9\uD83C\uDDEA",
            "\uD835\uDCB2",
            "\uD83D",
            "\uDE02",
            "[SEP]",
            "<mask>",
            "</s>",
            "[MASK]");

    private RandomText() {}

    static String draw(RandomStream random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
