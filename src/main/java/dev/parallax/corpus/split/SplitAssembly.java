package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Split.Member;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts utterances into the parts that were chosen for them, and finds out whether the parts are independent.
final class SplitAssembly {

    private SplitAssembly() {}

    /// A sound in two parts is said, and no such split is speaker-independent: whoever is heard is in both.
    ///
    /// @param parts  the part of each id; what has none is excluded
    /// @param copies of the same sound
    static Split of(String how, List<Utterance> utterances, Map<String, Part> parts, SoundCopies copies) {
        Map<Part, List<Member>> members = new EnumMap<>(Part.class);
        List<Member> excluded = new ArrayList<>();
        Map<String, Part> partOfSpeaker = new HashMap<>();
        Map<String, Utterance> firstOfSound = new HashMap<>();
        List<String> inTwoParts = new ArrayList<>();
        boolean apart = true;
        for (Utterance utterance : utterances) {
            Part part = parts.get(utterance.id());
            Member member = Member.of(utterance);
            if (part == null) {
                excluded.add(member);
                continue;
            }
            members.computeIfAbsent(part, _ -> new ArrayList<>()).add(member);
            String speaker = utterance.speaker();
            apart &= speaker != null && partOfSpeaker.computeIfAbsent(speaker, _ -> part) == part;
            Utterance twin = firstOfSound.putIfAbsent(copies.firstOf(utterance.id()), utterance);
            Part partOfTwin = twin == null ? part : parts.getOrDefault(twin.id(), part);
            if (twin != null && partOfTwin != part) {
                inTwoParts.add(twin(utterance, part, twin, parts));
            }
        }
        return new Split(
                how + inTwoParts(inTwoParts),
                apart && inTwoParts.isEmpty(),
                members.getOrDefault(Part.TRAIN, List.of()),
                members.getOrDefault(Part.VAL, List.of()),
                members.getOrDefault(Part.TEST, List.of()),
                excluded);
    }

    private static String inTwoParts(List<String> twins) {
        return twins.isEmpty()
                ? ""
                : "; " + Split.SAME_SOUND + " " + (twins.size() == 1 ? "once" : twins.size() + " times")
                        + " (the first: " + twins.getFirst() + ")";
    }

    /// The split of several corpora, which is not speaker-independent where one has a sound in another part than
    /// another.
    static Split withCopies(Split split, List<Utterance> utterances, SoundCopies copies) {
        Map<String, Part> parts = new HashMap<>();
        for (Part part : Part.values()) {
            split.members(part).forEach(member -> parts.put(member.id(), part));
        }
        Map<String, Utterance> firstOfSound = new HashMap<>();
        List<String> inTwoParts = new ArrayList<>();
        for (Utterance utterance : utterances) {
            Part part = parts.get(utterance.id());
            Utterance twin = part == null ? null : firstOfSound.putIfAbsent(copies.firstOf(utterance.id()), utterance);
            if (part != null && twin != null && parts.get(twin.id()) != part && !sameCorpus(twin, utterance)) {
                inTwoParts.add(twin(utterance, part, twin, parts));
            }
        }
        return inTwoParts.isEmpty() ? split : split.dependent(inTwoParts(inTwoParts));
    }

    private static boolean sameCorpus(Utterance one, Utterance other) {
        return one.origin().corpusOrNothing().equals(other.origin().corpusOrNothing());
    }

    private static String twin(Utterance utterance, Part part, Utterance twin, Map<String, Part> parts) {
        return utterance.id() + " in " + part.word() + " is " + twin.id() + " in "
                + parts.getOrDefault(twin.id(), part).word();
    }

    /// The part of each id, as the corpus gives it.
    ///
    /// @throws BadInputException when some utterances are in no part
    static Map<String, Part> given(List<Utterance> utterances) {
        long unsaid = SplitGroups.unknown(utterances, Utterance::split);
        if (unsaid > 0) {
            throw new BadInputException("split: " + unsaid + " of " + utterances.size()
                    + " utterances name no part; fill the column split with " + Part.WORDS + " or leave it out");
        }
        Map<String, Part> parts = new HashMap<>();
        for (Utterance utterance : utterances) {
            parts.put(utterance.id(), Part.parse(String.valueOf(utterance.split()), utterance.id()));
        }
        return parts;
    }

    /// The same splits, if each keeps its speakers apart.
    ///
    /// @throws BadInputException when one does not
    static List<Split> requireApart(String name, List<Split> splits) {
        for (Split split : splits) {
            if (!split.speakerIndependent()) {
                throw new BadInputException(
                        "split: " + name + ": speakers cannot be kept apart, some are in several"
                                + " sessions or only one session is left to train and validate on; ask for ‹protocol sessions›");
            }
        }
        return splits;
    }

    /// How much of the utterances is in the training and in the validation part; the test part has the rest.
    record Shares(double train, double val) {

        /// The part of an utterance at a place in the shuffled row, from 0 to 1.
        private Part part(double place) {
            return place < train ? Part.TRAIN : place < train + val ? Part.VAL : Part.TEST;
        }
    }

    /// Deals utterances at random, each emotion in the same proportions; copies of a sound go where the first of
    /// them goes.
    ///
    /// @param shares of the parts
    /// @param parts  receives the part of each id
    static void dealAtRandom(
            List<Utterance> utterances,
            Shares shares,
            RandomStream random,
            SoundCopies copies,
            Map<String, Part> parts) {
        Map<String, String> firstOfSound = new HashMap<>();
        Map<String, List<Utterance>> byEmotion = new TreeMap<>();
        for (Utterance utterance : utterances) {
            if (firstOfSound.putIfAbsent(copies.firstOf(utterance.id()), utterance.id()) == null) {
                byEmotion
                        .computeIfAbsent(String.valueOf(utterance.emotion()), _ -> new ArrayList<>())
                        .add(utterance);
            }
        }
        for (List<Utterance> same : byEmotion.values()) {
            int[] order = new int[same.size()];
            Arrays.setAll(order, i -> i);
            random.shuffle(order);
            for (int i = 0; i < order.length; i++) {
                double place = (i + 0.5) / order.length;
                parts.put(same.get(order[i]).id(), shares.part(place));
            }
        }
        for (Utterance utterance : utterances) {
            String first = firstOfSound.get(copies.firstOf(utterance.id()));
            Part part = first == null ? null : parts.get(first);
            if (part != null) {
                parts.put(utterance.id(), part);
            }
        }
    }
}
