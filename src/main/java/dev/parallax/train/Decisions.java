package dev.parallax.train;

import dev.parallax.data.Labels;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.SelectiveScores;
import dev.parallax.model.answer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The decisions of a model on labelled utterances, as the arrays that statistics take.
public final class Decisions {

    private record One(String id, @Nullable String speaker, int truth, int predicted, Answer answer) {}

    private final List<One> all;
    private final int classes;

    private Decisions(List<One> all, int classes) {
        this.all = List.copyOf(all);
        this.classes = classes;
    }

    /// Those of an evaluation.
    ///
    /// @param speakers of the utterances, by id, where they are known
    /// @param labels   of the model
    public static Decisions of(Evaluation evaluation, Map<String, String> speakers, Labels labels) {
        List<One> all = new ArrayList<>();
        for (Evaluation.Row row : evaluation.rows()) {
            if (row.truth() >= 0) {
                Answer answer = row.decision().answer();
                int predicted = labels.index(row.label(), "evaluate");
                all.add(new One(row.id(), speakers.get(row.id()), row.truth(), predicted, answer));
            }
        }
        return new Decisions(all, labels.size());
    }

    /// How many there are.
    public int size() {
        return all.size();
    }

    /// How many classes the model tells apart.
    public int classes() {
        return classes;
    }

    /// The ids of the utterances.
    public List<String> ids() {
        return all.stream().map(One::id).toList();
    }

    /// The true classes.
    public int[] truth() {
        return all.stream().mapToInt(One::truth).toArray();
    }

    /// The classes decided on.
    public int[] predicted() {
        return all.stream().mapToInt(One::predicted).toArray();
    }

    /// How well their confidence shows which to keep.
    public SelectiveScores selective() {
        double[] probabilities = new double[size()];
        boolean[] isSure = new boolean[size()];
        boolean[] isDoubtful = new boolean[size()];
        for (int i = 0; i < size(); i++) {
            Answer answer = all.get(i).answer;
            probabilities[i] = answer.probability();
            isSure[i] = answer.sure();
            isDoubtful[i] = answer.doubtful();
        }
        return SelectiveScores.of(predicted(), probabilities, isSure, isDoubtful, truth());
    }

    /// Whether the speaker of every utterance is known.
    public boolean speakersAreKnown() {
        return all.stream().allMatch(one -> one.speaker != null);
    }

    /// The speakers; each utterance by itself where that of some is not known.
    public Clusters clusters() {
        List<String> speakers = new ArrayList<>();
        for (One one : all) {
            if (one.speaker == null) {
                return Clusters.single(all.size());
            }
            speakers.add(one.speaker);
        }
        return Clusters.of(speakers);
    }

    /// Those of some utterances.
    public Decisions only(Set<String> ids) {
        return new Decisions(all.stream().filter(one -> ids.contains(one.id)).toList(), classes);
    }

    /// Those of the utterances of others, in their order.
    ///
    /// @param others of utterances that are among these
    public Decisions alongside(Decisions others) {
        Map<String, One> byId = new HashMap<>();
        all.forEach(one -> byId.put(one.id, one));
        List<One> those = new ArrayList<>();
        others.all.forEach(one -> those.add(Objects.requireNonNull(byId.get(one.id))));
        return new Decisions(those, classes);
    }
}
