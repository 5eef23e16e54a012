package dev.parallax.corpus.verify;

import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which classes the parts of a split lack: what is not in the training part is never learned, what is not in another
/// part is not tested there.
public final class ClassReview {

    private final Labels labels;
    private final Map<Part, int[]> counts = new EnumMap<>(Part.class);

    /// @param utterances of the split
    /// @param labels     the classes of the model
    public ClassReview(Split split, List<Utterance> utterances, Labels labels) {
        this.labels = labels;
        for (Part part : Part.values()) {
            int[] ofClass = new int[labels.size()];
            for (Utterance utterance : split.select(part, utterances)) {
                int label = utterance.emotion() == null ? -1 : labels.indexOrMinusOne(utterance.emotion());
                if (label >= 0) {
                    ofClass[label]++;
                }
            }
            counts.put(part, ofClass);
        }
    }

    private int count(Part part, int label) {
        int[] ofClass = counts.get(part);
        return ofClass == null ? 0 : ofClass[label];
    }

    /// Classes without an utterance to learn from.
    public List<String> neverLearned() {
        return labels.names().stream()
                .filter(name -> count(Part.TRAIN, labels.indexOrMinusOne(name)) == 0)
                .toList();
    }

    /// A line for each class that is learned from at most one utterance, and for each other part that lacks classes.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String name : labels.names()) {
            int label = labels.indexOrMinusOne(name);
            int learned = count(Part.TRAIN, label);
            if (learned <= 1) {
                List<String> others = labels.names().stream()
                        .filter(other -> !other.equals(name))
                        .toList();
                lines.add("class " + name + ": " + (learned == 0 ? "no utterance" : "only one utterance")
                        + " to learn from, " + count(Part.VAL, label) + " to validate and " + count(Part.TEST, label)
                        + " to test on: the model "
                        + (learned == 0 ? "can never answer it" : "learns next to nothing of it")
                        + "; leave it out with --labels " + String.join(",", others) + ", or choose another split");
            }
        }
        lacking(Part.VAL, "the epoch is chosen without them", lines);
        lacking(Part.TEST, "the scores say nothing about them", lines);
        return lines;
    }

    private void lacking(Part part, String consequence, List<String> lines) {
        List<String> lacking = labels.names().stream()
                .filter(name -> count(part, labels.indexOrMinusOne(name)) == 0)
                .toList();
        if (!lacking.isEmpty() && lacking.size() < labels.size()) {
            lines.add("the " + part.word() + " part has no " + String.join(", no ", lacking) + ": " + consequence);
        }
    }
}
