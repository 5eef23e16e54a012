package dev.parallax.corpus;

import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Draws the speakers of a part. Among a fixed number of random choices it takes the best: first by how many
/// emotions the others would lack, then by how many the drawn ones lack, then by whether both sexes are among the
/// drawn, then by how near the number of utterances comes to the wish. A plain draw of two out of ten speakers
/// often has one sex only.
final class SpeakerDraw {

    private static final int CHOICES = 200;

    /// Sizes nearer to the wish than this part of all utterances are equally good, so that seeds differ.
    private static final double TOLERANCE = 0.05;

    private final List<Utterance> pool;
    private final Map<String, Sex> sexes;
    private final List<String> speakers;

    /// @param pool utterances with known speakers, at least two of them
    SpeakerDraw(List<Utterance> pool, Map<String, Sex> sexes) {
        this.pool = pool;
        this.sexes = sexes;
        this.speakers = List.copyOf(new TreeSet<>(
                pool.stream().map(Utterance::speaker).filter(Objects::nonNull).toList()));
    }

    /// The best of the random choices, in alphabetical order; at least one speaker and never all.
    ///
    /// @param share part of the utterances that is wished for, in (0, 1)
    List<String> draw(double share, RandomStream random) {
        int wished = Math.clamp(Math.round(share * speakers.size()), 1, Math.max(1, speakers.size() - 1));
        int least = new HashSet<>(sexes.values()).size() == 2 && speakers.size() >= 4 ? 2 : 1;
        int count = Math.max(wished, least);
        int[] order = new int[speakers.size()];
        Arrays.setAll(order, i -> i);
        List<String> best = List.of();
        double[] bestScore = {Double.POSITIVE_INFINITY};
        for (int choice = 0; choice < CHOICES; choice++) {
            random.shuffle(order);
            List<String> drawn = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                drawn.add(speakers.get(order[i]));
            }
            double[] score = score(drawn, share);
            if (Arrays.compare(score, bestScore) < 0) {
                best = drawn.stream().sorted().toList();
                bestScore = score;
            }
        }
        return best;
    }

    /// Deals all speakers into groups: shuffled, females first, one after the other into the next group, so that
    /// each group has its share of both sexes.
    List<List<String>> deal(int groups, RandomStream random) {
        int[] order = new int[speakers.size()];
        Arrays.setAll(order, i -> i);
        random.shuffle(order);
        List<String> shuffled = new ArrayList<>();
        for (int i : order) {
            shuffled.add(speakers.get(i));
        }
        shuffled.sort(Comparator.comparing(speaker -> String.valueOf(sexes.get(speaker)))); // each sex stays shuffled
        List<List<String>> dealt = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            List<String> members = new ArrayList<>();
            for (int i = group; i < shuffled.size(); i += groups) {
                members.add(shuffled.get(i));
            }
            members.sort(null);
            dealt.add(members);
        }
        return dealt;
    }

    /// The smaller the better, compared from the left.
    private double[] score(List<String> drawn, double share) {
        Set<String> emotions = new HashSet<>();
        Set<String> emotionsDrawn = new HashSet<>();
        Set<String> emotionsLeft = new HashSet<>();
        int size = 0;
        for (Utterance utterance : pool) {
            boolean isDrawn = drawn.contains(utterance.speaker());
            size += isDrawn ? 1 : 0;
            if (utterance.emotion() != null) {
                emotions.add(utterance.emotion());
                (isDrawn ? emotionsDrawn : emotionsLeft).add(utterance.emotion());
            }
        }
        long sexesLacking = new HashSet<>(sexes.values())
                .stream()
                        .filter(sex -> drawn.stream().noneMatch(speaker -> sexes.get(speaker) == sex))
                        .count();
        return new double[] {
            emotions.size() - emotionsLeft.size(),
            emotions.size() - emotionsDrawn.size(),
            sexesLacking,
            Math.max(0, Math.abs(size - share * pool.size()) - TOLERANCE * pool.size())
        };
    }
}
