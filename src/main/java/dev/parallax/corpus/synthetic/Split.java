package dev.parallax.corpus.synthetic;

import java.util.Locale;

/// The three parts of the corpus, with disjoint speakers and disjoint carrier sentences.
enum Split {
    TRAIN(0.60),
    VAL(0.15),
    TEST(0.25);

    /// Its proportion of the utterances and of the speakers.
    final double share;

    Split(double share) {
        this.share = share;
    }

    /// As [dev.parallax.data.Utterance] writes it: `train`, `val`, `test`.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
