package dev.parallax.corpus.split;

import dev.parallax.data.Utterance;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whether a part that is taken out of some utterances can do its work, and leaves enough for the others.
///
/// A part is **too small** if it has fewer than half of its share of the labelled utterances and also fewer than
/// [#ENOUGH] a class. Only the second number counts where a corpus is so large that a small share of it is
/// plenty. A part **lacks** a class of which its share would be one utterance or more, and of which it has none.
public final class PartCheck {

    /// So many utterances a class are enough to choose by, however small a share they are.
    static final int ENOUGH = 20;

    private static final double LEAST = 0.5; // of the share

    private final double share;
    private final int labelled;
    private final int classes;
    private final Set<String> expected = new TreeSet<>();

    /// @param pool  what the part is taken from
    /// @param share of the pool that it should have, in (0, 1)
    public PartCheck(Collection<Utterance> pool, double share) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Utterance utterance : pool) {
            if (utterance.emotion() != null) {
                counts.merge(utterance.emotion(), 1, Integer::sum);
            }
        }
        this.share = share;
        this.labelled = counts.values().stream().mapToInt(Integer::intValue).sum();
        this.classes = counts.size();
        counts.forEach((emotion, count) -> {
            if (count * share >= 1) {
                expected.add(emotion);
            }
        });
    }

    /// Whether a part is too small.
    public boolean isTooSmall(Collection<Utterance> part) {
        return isTooSmall(labelled(part), share);
    }

    /// Whether a part has fewer labelled utterances than there are classes, and so lacks some in any case.
    public boolean hasFewerThanClasses(Collection<Utterance> part) {
        return labelled(part) < classes;
    }

    /// Whether a part is large enough, and what it leaves is so too.
    ///
    /// @param size its labelled utterances
    boolean fits(int size) {
        return !isTooSmall(size, share) && !isTooSmall(labelled - size, 1 - share);
    }

    private boolean isTooSmall(int size, double of) {
        return size < LEAST * of * labelled && size < ENOUGH * classes;
    }

    /// Whether a part has more than twice its share.
    ///
    /// @param size its labelled utterances
    boolean isFar(int size) {
        return size > 2 * share * labelled;
    }

    /// How far the size of a part is from its share [utterances].
    double off(int size) {
        return Math.abs(size - share * labelled);
    }

    /// How many classes a part lacks.
    ///
    /// @param emotions that it has
    int lacking(Set<String> emotions) {
        return (int)
                expected.stream().filter(emotion -> !emotions.contains(emotion)).count();
    }

    /// Whether a part is large enough, leaves enough, and has at least half of the classes.
    boolean serves(List<Utterance> part) {
        return fits(labelled(part)) && 2 * lacking(emotions(part)) <= expected.size();
    }

    private static Set<String> emotions(List<Utterance> part) {
        Set<String> emotions = new TreeSet<>();
        part.stream().map(Utterance::emotion).filter(Objects::nonNull).forEach(emotions::add);
        return emotions;
    }

    /// What a part has and should have: `1 of 855 utterances and 1 of 3 classes, and should have about 128`.
    public String describe(List<Utterance> part) {
        return labelled(part) + " of " + labelled + " utterances and "
                + emotions(part).size() + " of " + classes + " classes, and should have about "
                + Math.round(share * labelled);
    }

    /// How many utterances have an emotion.
    static int labelled(Collection<Utterance> utterances) {
        return (int) utterances.stream()
                .filter(utterance -> utterance.emotion() != null)
                .count();
    }
}
