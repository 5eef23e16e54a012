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
import java.util.function.Function;

/// Puts utterances into the parts that were chosen for them, and finds out whether the parts are independent.
final class SplitAssembly {

    private SplitAssembly() {}

    /// @throws BadInputException when the same recording would be in two parts
    static Split of(String how, List<Utterance> utterances, Function<Utterance, Part> partOf) {
        Map<Part, List<Member>> members = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            members.put(part, new ArrayList<>());
        }
        Map<String, Part> partOfSpeaker = new HashMap<>();
        Map<String, Utterance> firstOfContent = new HashMap<>();
        boolean apart = true;
        for (Utterance utterance : utterances) {
            Part part = partOf.apply(utterance);
            Member member = Member.of(utterance);
            members.computeIfAbsent(part, _ -> new ArrayList<>()).add(member);
            String speaker = utterance.speaker();
            apart &= speaker != null && partOfSpeaker.computeIfAbsent(speaker, _ -> part) == part;
            Utterance twin = firstOfContent.putIfAbsent(member.hash(), utterance);
            if (twin != null && utterance.audio() != null && partOf.apply(twin) != part) {
                throw new BadInputException("split: " + utterance.id() + " is the same recording as " + twin.id()
                        + " and would be in " + part.word() + " while that is in "
                        + partOf.apply(twin).word()
                        + "; keep one of them");
            }
        }
        return new Split(
                how,
                apart,
                members.getOrDefault(Part.TRAIN, List.of()),
                members.getOrDefault(Part.VAL, List.of()),
                members.getOrDefault(Part.TEST, List.of()));
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
