package dev.parallax.setup;

import dev.parallax.data.Labels;
import dev.parallax.eval.Clusters;
import dev.parallax.model.answer.Answer;
import dev.parallax.train.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The decisions of a model on labelled utterances, as the arrays that statistics take.
final class Decisions {

    private record One(String id, String speaker, int truth, int predicted, boolean sure) {}

    private final List<One> all;
    private final int classes;

    private Decisions(List<One> all, int classes) {
        this.all = List.copyOf(all);
        this.classes = classes;
    }

    /// @param speakers by the ids of the utterances; where one is not known, each utterance is by itself
    static Decisions of(Evaluation evaluation, Labels labels, Map<String, String> speakers) {
        List<Evaluation.Row> rows = evaluation.rows().stream()
                .filter(row -> row.truth() >= 0)
                .toList();
        boolean known = rows.stream().allMatch(row -> speakers.containsKey(row.id()));
        List<One> all = new ArrayList<>();
        for (Evaluation.Row row : rows) {
            Answer answer = row.decision().answer();
            String speaker = known ? speakers.getOrDefault(row.id(), "") : row.id();
            all.add(new One(row.id(), speaker, row.truth(), labels.index(answer.label(), "evaluate"), answer.sure()));
        }
        return new Decisions(all, labels.size());
    }

    int size() {
        return all.size();
    }

    int classes() {
        return classes;
    }

    String id(int i) {
        return all.get(i).id;
    }

    List<String> ids() {
        return all.stream().map(One::id).toList();
    }

    int[] truth() {
        return all.stream().mapToInt(One::truth).toArray();
    }

    int[] predicted() {
        return all.stream().mapToInt(One::predicted).toArray();
    }

    boolean[] sure() {
        boolean[] sure = new boolean[all.size()];
        for (int i = 0; i < sure.length; i++) {
            sure[i] = all.get(i).sure;
        }
        return sure;
    }

    /// The speakers as clusters.
    Clusters clusters() {
        return Clusters.of(all.stream().map(One::speaker).toList());
    }

    /// Some of them.
    Decisions only(int... which) {
        return new Decisions(IntStream.of(which).mapToObj(all::get).toList(), classes);
    }

    /// Those of some utterances.
    Decisions onlyThoseIn(Set<String> ids) {
        return new Decisions(all.stream().filter(one -> ids.contains(one.id)).toList(), classes);
    }
}
