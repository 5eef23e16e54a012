package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.Dialogue;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes splits in which no dialogue is in two parts. Dialogues that share a speaker are kept together where that
/// leaves
/// at least three groups (the sessions of IEMOCAP are such groups); else dialogues are dealt one by one, and the split
/// says that it is not speaker-independent.
public final class DialogueSplits {

    private static final int STREAM = 0x6469616C; // what the numbers are for
    private static final int FOR_TEST = 0;
    private static final int FOR_VAL = 1;
    private static final int LEAST_GROUPS = 3;

    private final List<Utterance> utterances;
    private final long seed;

    /// @param utterances those of whole dialogues
    /// @param seed       of all that is drawn
    public DialogueSplits(List<Utterance> utterances, long seed) {
        this.utterances = List.copyOf(utterances);
        this.seed = seed;
    }

    /// The split for who asks for nothing: the one that the corpus gives, else groups drawn from the seed.
    public Split standard() {
        return utterances.stream().anyMatch(utterance -> utterance.split() != null) ? given() : drawn();
    }

    /// The parts that the corpus names; where it names no validation part, groups of its training part are drawn.
    ///
    /// @throws BadInputException when an utterance is in no part
    public Split given() {
        Map<String, Part> parts = new HashMap<>();
        for (Utterance utterance : utterances) {
            if (utterance.split() == null) {
                throw new BadInputException("split: utterance " + utterance.id() + " names no part while others do; "
                        + "fill the column split with " + Part.WORDS + " or leave it out");
            }
            parts.put(utterance.id(), Part.parse(utterance.split(), utterance.id()));
        }
        String how = "given by the corpus";
        if (!parts.containsValue(Part.VAL)) {
            List<Utterance> train = utterances.stream()
                    .filter(utterance -> parts.get(utterance.id()) == Part.TRAIN)
                    .toList();
            List<List<Dialogue>> groups = groups(train, 2);
            take(groups, Splits.VAL_SHARE, Part.VAL, 1, parts);
            how += ", validation dialogues drawn from its training part, seed " + seed;
        }
        return assembled(how, parts);
    }

    /// Test and validation groups drawn from the seed, about [Splits#TEST_SHARE] of the utterances and
    /// [Splits#VAL_SHARE] of the others.
    ///
    /// @throws BadInputException when there are fewer than three dialogues
    public Split drawn() {
        Map<String, Part> parts = new HashMap<>();
        List<List<Dialogue>> groups = groups(utterances, LEAST_GROUPS);
        if (groups.size() < LEAST_GROUPS) {
            throw new BadInputException("split: " + groups.size() + " dialogues cannot be dealt into three parts;"
                    + " give more, or fill the column split");
        }
        take(groups, Splits.TEST_SHARE, Part.TEST, 2, parts);
        take(groups, Splits.VAL_SHARE, Part.VAL, 1, parts);
        return assembled("dialogues drawn, seed " + seed, parts);
    }

    /// A split made elsewhere, if it keeps dialogues whole.
    ///
    /// @throws BadInputException when a dialogue is in two parts
    public Split checked(Split split) {
        Map<String, Part> partOf = new HashMap<>();
        for (Part part : Part.values()) {
            split.members(part).forEach(member -> partOf.put(member.id(), part));
        }
        for (Dialogue dialogue : Dialogue.of(utterances)) {
            Utterance first = dialogue.utterances().getFirst();
            for (Utterance other : dialogue.utterances()) {
                if (partOf.get(other.id()) != partOf.get(first.id())) {
                    throw new BadInputException("split (" + split.how() + "): dialogue \"" + dialogue.id()
                            + "\" would be in two parts, with " + first.id() + " in one and " + other.id()
                            + " in another; name all speakers of a dialogue, or none");
                }
            }
        }
        return split;
    }

    private Split assembled(String how, Map<String, Part> parts) {
        return SplitAssembly.of(how, utterances, utterance -> parts.getOrDefault(utterance.id(), Part.TRAIN));
    }

    /// Moves groups, in a random order, into a part while that brings it nearer to its share, at least one, and leaves
    /// at least `keep`.
    private void take(List<List<Dialogue>> groups, double share, Part part, int keep, Map<String, Part> parts) {
        double wished = share * groups.stream().mapToInt(DialogueSplits::size).sum();
        int[] order = new int[groups.size()];
        Arrays.setAll(order, i -> i);
        new RandomStream(seed, 0, STREAM, part == Part.TEST ? FOR_TEST : FOR_VAL).shuffle(order);
        List<List<Dialogue>> taken = new ArrayList<>();
        int size = 0;
        for (int i : order) {
            List<Dialogue> group = groups.get(i);
            boolean nearer = Math.abs(size + size(group) - wished) < Math.abs(size - wished);
            if (taken.isEmpty() || (nearer && groups.size() - taken.size() > keep)) {
                taken.add(group);
                size += size(group);
            }
        }
        if (groups.size() > keep) {
            groups.removeAll(taken);
            taken.stream()
                    .flatMap(List::stream)
                    .flatMap(dialogue -> dialogue.utterances().stream())
                    .forEach(utterance -> parts.put(utterance.id(), part));
        }
    }

    private static int size(List<Dialogue> group) {
        return group.stream().mapToInt(dialogue -> dialogue.utterances().size()).sum();
    }

    /// Dialogues that share speakers, directly or through others; single dialogues where that gives fewer than `least`
    /// groups.
    private static List<List<Dialogue>> groups(List<Utterance> utterances, int least) {
        List<Dialogue> dialogues = Dialogue.of(utterances);
        int[] groupOf = new int[dialogues.size()];
        Arrays.setAll(groupOf, i -> i);
        Map<String, Integer> firstOfSpeaker = new HashMap<>();
        for (int i = 0; i < groupOf.length; i++) {
            for (Utterance utterance : dialogues.get(i).utterances()) {
                Integer other = utterance.speaker() == null ? null : firstOfSpeaker.putIfAbsent(utterance.speaker(), i);
                if (other != null) {
                    int from = groupOf[i];
                    int to = groupOf[other];
                    Arrays.setAll(groupOf, j -> groupOf[j] == from ? to : groupOf[j]);
                }
            }
        }
        Map<Integer, List<Dialogue>> groups = new LinkedHashMap<>();
        for (int i = 0; i < groupOf.length; i++) {
            groups.computeIfAbsent(groupOf[i], _ -> new ArrayList<>()).add(dialogues.get(i));
        }
        return new ArrayList<>(
                groups.size() >= least
                        ? groups.values()
                        : dialogues.stream().map(List::of).toList());
    }
}
