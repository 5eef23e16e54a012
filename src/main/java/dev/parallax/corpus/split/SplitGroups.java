package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Utterances in groups that a split does not cut: those of one speaker, of one session, or of one dialogue.
///
/// @param unit    what one group is, for messages: `speaker`, `session` or `dialogue`
/// @param members the utterances of each group, by its name; names in alphabetical order
record SplitGroups(String unit, SortedMap<String, List<Utterance>> members) {

    static final String DIALOGUE = "dialogue";

    /// A group a speaker.
    ///
    /// @throws BadInputException where a speaker is not known
    static SplitGroups bySpeaker(List<Utterance> utterances) {
        requireKnown("speaker", utterances, Utterance::speaker, "speakers cannot be kept apart", "random");
        return by("speaker", utterances, Utterance::speaker);
    }

    /// A group a dialogue.
    ///
    /// @throws BadInputException where an utterance is in no dialogue
    static SplitGroups byDialogue(List<Utterance> utterances) {
        requireKnown(DIALOGUE, utterances, Utterance::dialogue, "dialogues cannot be kept whole", "speakers-5");
        return by(DIALOGUE, utterances, Utterance::dialogue);
    }

    private static void requireKnown(
            String unit,
            List<Utterance> utterances,
            Function<Utterance, @Nullable String> nameOf,
            String why,
            String instead) {
        long unknown = unknown(utterances, nameOf);
        if (unknown > 0) {
            throw new BadInputException("split: " + unknown + " of " + utterances.size() + " utterances have no " + unit
                    + ", so " + why + "; fill the column " + unit + ", or ask for ‹protocol " + instead + "›");
        }
    }

    /// How many have no such name.
    static long unknown(List<Utterance> utterances, Function<Utterance, @Nullable String> nameOf) {
        return utterances.stream()
                .filter(utterance -> nameOf.apply(utterance) == null)
                .count();
    }

    /// A group a name.
    ///
    /// @param nameOf never null here
    static SplitGroups by(String unit, List<Utterance> utterances, Function<Utterance, @Nullable String> nameOf) {
        SortedMap<String, List<Utterance>> members = new TreeMap<>();
        for (Utterance utterance : utterances) {
            members.computeIfAbsent(Objects.requireNonNull(nameOf.apply(utterance)), _ -> new ArrayList<>())
                    .add(utterance);
        }
        return new SplitGroups(unit, members);
    }

    /// The same, where groups that have a sound in common are one: `anna+bert`.
    SplitGroups joined(SoundCopies copies) {
        if (copies.copies().isEmpty()) {
            return this;
        }
        Map<String, String> first = new HashMap<>(); // a group to one that it is joined with
        Map<String, String> groupOfSound = new HashMap<>();
        members.forEach((name, utterances) -> {
            for (Utterance utterance : utterances) {
                String other = groupOfSound.putIfAbsent(copies.firstOf(utterance.id()), name);
                if (other != null && !first(other, first).equals(first(name, first))) {
                    first.put(first(name, first), first(other, first));
                }
            }
        });
        Map<String, List<String>> groups = new TreeMap<>();
        members.keySet()
                .forEach(name -> groups.computeIfAbsent(first(name, first), _ -> new ArrayList<>())
                        .add(name));
        SortedMap<String, List<Utterance>> joined = new TreeMap<>();
        groups.values().forEach(names -> joined.put(String.join("+", names), utterances(names)));
        return new SplitGroups(unit, joined);
    }

    private static String first(String name, Map<String, String> first) {
        String last = name;
        for (String next = first.get(last); next != null; next = first.get(last)) {
            last = next;
        }
        return last;
    }

    int size() {
        return members.size();
    }

    List<String> names() {
        return List.copyOf(members.keySet());
    }

    /// The utterances of some groups; a group that is not there has none.
    List<Utterance> utterances(Collection<String> names) {
        return names.stream()
                .flatMap(name -> members.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /// The largest group, for messages: `anna has 855`.
    String largest() {
        Map.Entry<String, List<Utterance>> largest = members.entrySet().stream()
                .max(Comparator.comparingInt(group -> group.getValue().size()))
                .orElseThrow();
        return largest.getKey() + " has " + largest.getValue().size();
    }

    /// Some of these groups, such as those that are tested.
    Choice choose(List<String> names) {
        return new Choice(this, names, "");
    }

    /// Some groups.
    ///
    /// @param remark what is to be said of how they were chosen, or nothing
    record Choice(SplitGroups from, List<String> names, String remark) {

        private static final int SHOWN = 20;

        List<Utterance> utterances() {
            return from.utterances(names);
        }

        /// The same, with more to say.
        Choice with(String more) {
            return new Choice(from, names, remark + more);
        }

        /// `speakers [anna, bert]`, or `57 dialogues` where they are too many to read.
        @Override
        public String toString() {
            return names.size() > SHOWN ? names.size() + " " + from.unit + "s" : from.unit + "s " + names;
        }
    }
}
