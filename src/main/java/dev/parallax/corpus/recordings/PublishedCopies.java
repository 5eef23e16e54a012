package dev.parallax.corpus.recordings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Recordings that a corpus publishes more than once, under different names. A copy that has them is as
/// published. Those with the same label stay in one part, as all copies do. Of those with different labels one
/// must be wrong, and nobody knows which, so they take no part. All this holds only where the two sound the same
/// in the copy at hand.
///
/// @param groups ids of the same sound
public record PublishedCopies(List<Set<String>> groups) {

    /// None is known.
    public static final PublishedCopies NONE = new PublishedCopies(List.of());

    public PublishedCopies {
        groups = groups.stream().map(Set::copyOf).toList();
    }

    /// Whether a copy was published.
    public boolean know(SoundCopies.Copy copy) {
        return groups.stream()
                .anyMatch(group -> group.contains(copy.copy().id())
                        && group.contains(copy.original().id()));
    }

    /// The same of a corpus whose ids have a prefix.
    public PublishedCopies prefixed(String prefix) {
        List<Set<String>> prefixed = new ArrayList<>();
        groups.forEach(group ->
                prefixed.add(Set.copyOf(group.stream().map(prefix::concat).toList())));
        return new PublishedCopies(prefixed);
    }

    /// These and those of another corpus.
    public PublishedCopies and(PublishedCopies others) {
        List<Set<String>> all = new ArrayList<>(groups);
        all.addAll(others.groups);
        return new PublishedCopies(all);
    }

    /// The published copies among some that have different labels, and their originals.
    public Set<String> contradicting(SoundCopies copies) {
        Set<String> ids = new TreeSet<>();
        copies.copies().stream()
                .filter(copy -> copy.contradicts() && know(copy))
                .forEach(copy -> {
                    ids.add(copy.copy().id());
                    ids.add(copy.original().id());
                });
        return ids;
    }
}
