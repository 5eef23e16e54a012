package dev.parallax.corpus.recordings;

import dev.parallax.audio.source.SoundFacts;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which utterances of a corpus are the same sound: the same samples in whatever file, or a copy at another rate or
/// level, or one that a lossy format has changed. Every copy belongs to the first utterance of that sound.
public final class SoundCopies {

    /// There are none.
    public static final SoundCopies NONE = new SoundCopies(List.of());

    /// One utterance that is the sound of an earlier one.
    ///
    /// @param exact whether the samples are the same
    public record Copy(Utterance copy, Utterance original, boolean exact) {

        /// Whether the two have different labels, of which one must be wrong.
        public boolean contradicts() {
            return !Objects.equals(copy.emotion(), original.emotion());
        }

        /// What it is, the start of a message.
        public String describe() {
            return copy.id() + (exact ? " is the same recording as " : " sounds the same as ") + original.id();
        }
    }

    private final List<Copy> copies;
    private final Map<String, Copy> byId = new HashMap<>();

    private SoundCopies(List<Copy> copies) {
        this.copies = List.copyOf(copies);
        this.copies.forEach(copy -> byId.put(copy.copy().id(), copy));
    }

    /// Those with the same samples, as far as that is known without comparing what they sound like.
    public static SoundCopies exact(List<Utterance> utterances) {
        Map<String, Utterance> first = new HashMap<>();
        List<Copy> copies = new ArrayList<>();
        for (Utterance utterance : utterances) {
            Utterance original = utterance.audio() == null
                    ? null
                    : first.putIfAbsent(utterance.audio().soundHash(), utterance);
            if (original != null) {
                copies.add(new Copy(utterance, original, true));
            }
        }
        return new SoundCopies(copies);
    }

    /// Those that sound the same; silent recordings are nobody's copies.
    ///
    /// @param facts   of each utterance's recording, null where there is none
    /// @param threads at least 1; the result does not depend on it
    public static SoundCopies of(List<Utterance> utterances, List<@Nullable SoundFacts> facts, int threads) {
        int[] original = new int[utterances.size()];
        boolean[] exact = new boolean[original.length];
        Map<String, Integer> first = new HashMap<>();
        List<Integer> different = new ArrayList<>();
        for (int i = 0; i < original.length; i++) {
            original[i] = i;
            SoundFacts its = facts.get(i);
            if (its != null && !SoundFault.SILENT.isIn(its)) {
                Integer former = first.putIfAbsent(its.hash(), i);
                exact[i] = former != null;
                original[i] = former == null ? i : former;
                if (former == null && its.fingerprint().tells()) {
                    different.add(i);
                }
            }
        }
        FingerprintIndex index = new FingerprintIndex(different.stream()
                .map(i -> Objects.requireNonNull(facts.get(i)).fingerprint())
                .toList());
        for (FingerprintIndex.Pair pair : index.pairs(threads)) {
            int former = first(original, different.get(pair.former()));
            int later = first(original, different.get(pair.later()));
            original[Math.max(former, later)] = Math.min(former, later);
        }
        List<Copy> copies = new ArrayList<>();
        for (int i = 0; i < original.length; i++) {
            int of = first(original, i);
            if (of != i) {
                copies.add(new Copy(utterances.get(i), utterances.get(of), exact[i] && of == original[i]));
            }
        }
        return new SoundCopies(copies);
    }

    private static int first(int[] original, int i) {
        int first = i;
        while (original[first] != first) {
            first = original[first];
        }
        return first;
    }

    /// The copies among some of the utterances, each of the first of these that has its sound.
    public SoundCopies within(List<Utterance> some) {
        Map<String, Utterance> first = new HashMap<>();
        List<Copy> kept = new ArrayList<>();
        for (Utterance utterance : some) {
            Utterance original = first.putIfAbsent(firstOf(utterance.id()), utterance);
            Copy copy = byId.get(utterance.id());
            if (original != null && copy != null) {
                kept.add(new Copy(
                        utterance,
                        original,
                        copy.exact() && original.id().equals(copy.original().id())));
            }
        }
        return new SoundCopies(kept);
    }

    /// All copies, in the order of the utterances.
    public List<Copy> copies() {
        return copies;
    }

    /// The id of the first utterance of the same sound: its own where it is no copy.
    public String firstOf(String id) {
        Copy copy = byId.get(id);
        return copy == null ? id : copy.original().id();
    }

    /// What an utterance is a copy of, or null.
    public @Nullable Copy of(String id) {
        return byId.get(id);
    }
}
