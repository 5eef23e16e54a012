package dev.parallax.eval;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Utterances that belong together because one speaker, or one dialogue, made them. They resemble each other, so
/// they are not independent: what is resampled or swapped is the cluster. Immutable.
public final class Clusters {

    private final List<String> names;
    private final int[][] members;
    private final int utterances;

    private Clusters(List<String> names, int[][] members) {
        this.names = List.copyOf(names);
        this.members = members;
        this.utterances =
                IntStream.range(0, members.length).map(c -> members[c].length).sum();
    }

    /// Gathers utterances of the same name; clusters are numbered by their first utterance.
    ///
    /// @param names the speaker or dialogue of each utterance, none of them blank
    /// @throws BadInputException if there are no utterances, or one has a blank name
    public static Clusters of(List<String> names) {
        if (names.isEmpty()) {
            throw new BadInputException("clusters: there are no utterances; is this part of the split empty?");
        }
        Map<String, List<Integer>> found = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isBlank()) {
                throw new BadInputException("clusters: utterance " + i
                        + " names no speaker or dialogue; name all, or take single utterances");
            }
            found.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
        }
        int[][] members = found.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        return new Clusters(List.copyOf(found.keySet()), members);
    }

    /// The clusters of utterances by id; each utterance by itself where those of some are not known.
    ///
    /// @param clusterOf the speaker or dialogue of each utterance, by id
    public static Clusters of(List<String> ids, Map<String, String> clusterOf) {
        return ids.stream().allMatch(clusterOf::containsKey)
                ? of(ids.stream().map(clusterOf::get).toList())
                : single(ids.size());
    }

    /// Each utterance is its own cluster, named by its number.
    ///
    /// @param utterances at least 1
    public static Clusters single(int utterances) {
        return of(IntStream.range(0, utterances).mapToObj(Integer::toString).toList());
    }

    /// The number of clusters.
    public int count() {
        return members.length;
    }

    /// The number of utterances in all of them.
    public int utterances() {
        return utterances;
    }

    /// The name of a cluster.
    public String name(int cluster) {
        return names.get(cluster);
    }

    /// The utterances of a cluster, rising.
    public int[] members(int cluster) {
        return members[cluster].clone();
    }

    int size(int cluster) {
        return members[cluster].length;
    }

    int member(int cluster, int number) {
        return members[cluster][number];
    }
}
