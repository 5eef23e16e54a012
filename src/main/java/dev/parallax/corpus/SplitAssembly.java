package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Split.Member;
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

    /// @param parts the part of each id; what has none is excluded
    /// @throws BadInputException when the same recording would be in two parts
    static Split of(String how, List<Utterance> utterances, Map<String, Part> parts) {
        Map<Part, List<Member>> members = new EnumMap<>(Part.class);
        List<Member> excluded = new ArrayList<>();
        Map<String, Part> partOfSpeaker = new HashMap<>();
        Map<String, Utterance> firstOfContent = new HashMap<>();
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
            Utterance twin = firstOfContent.putIfAbsent(member.hash(), utterance);
            if (twin != null && utterance.audio() != null) {
                requireSamePart(utterance, part, twin, parts.getOrDefault(twin.id(), part));
            }
        }
        return new Split(
                how,
                apart,
                members.getOrDefault(Part.TRAIN, List.of()),
                members.getOrDefault(Part.VAL, List.of()),
                members.getOrDefault(Part.TEST, List.of()),
                excluded);
    }

    private static void requireSamePart(Utterance utterance, Part part, Utterance twin, Part partOfTwin) {
        if (part != partOfTwin) {
            throw new BadInputException("split: " + utterance.id() + " is the same recording as " + twin.id()
                    + " and would be in " + part.word() + " while that is in " + partOfTwin.word()
                    + "; keep one of them");
        }
    }

    /// The part of each id, as the corpus gives it.
    ///
    /// @throws BadInputException when some utterances are in no part
    static Map<String, Part> given(List<Utterance> utterances) {
        long unsaid = Blocks.unknown(utterances, Utterance::split);
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
                                + " sessions or only one session is left to train and validate on; ask for --protocol sessions");
            }
        }
        return splits;
    }

    /// Deals utterances at random, each emotion in the same proportions.
    ///
    /// @param shares of training, validation and test part, summing to one
    /// @param parts  receives the part of each id
    static void dealAtRandom(
            List<Utterance> utterances, double[] shares, RandomStream random, Map<String, Part> parts) {
        Map<String, List<Utterance>> byEmotion = new TreeMap<>();
        for (Utterance utterance : utterances) {
            byEmotion
                    .computeIfAbsent(String.valueOf(utterance.emotion()), _ -> new ArrayList<>())
                    .add(utterance);
        }
        for (List<Utterance> same : byEmotion.values()) {
            int[] order = new int[same.size()];
            Arrays.setAll(order, i -> i);
            random.shuffle(order);
            for (int i = 0; i < order.length; i++) {
                double place = (i + 0.5) / order.length;
                Part part = place < shares[0] ? Part.TRAIN : place < shares[0] + shares[1] ? Part.VAL : Part.TEST;
                parts.put(same.get(order[i]).id(), part);
            }
        }
    }
}
