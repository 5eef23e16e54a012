package dev.parallax.corpus.verify;

import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.PartCheck;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which classes the parts of a split lack, and whether they are large enough for their work. A model cannot
/// learn a class that is missing in the training part; a class that is missing in another part is not tested
/// there.
public final class ClassReview {

    private final Labels labels;
    private final Map<Part, Map<String, Integer>> counts = new EnumMap<>(Part.class); // per part and emotion
    private final List<String> small;

    /// @param utterances of the split
    /// @param labels     the classes of the model
    public ClassReview(Split split, List<Utterance> utterances, Labels labels) {
        this.labels = labels;
        for (Part part : Part.values()) {
            Map<String, Integer> perEmotion = new HashMap<>();
            for (Utterance utterance : split.select(part, utterances)) {
                if (utterance.emotion() != null) {
                    perEmotion.merge(utterance.emotion(), 1, Integer::sum);
                }
            }
            counts.put(part, perEmotion);
        }
        small = small(
                split.select(Part.TRAIN, utterances),
                split.select(Part.VAL, utterances),
                split.select(Part.TEST, utterances));
    }

    /// A line for a validation part that is too small to choose by (see [PartCheck]), and for a test part with
    /// fewer utterances than classes. Parts that are not there are not small.
    static List<String> small(List<Utterance> train, List<Utterance> val, List<Utterance> test) {
        List<String> lines = new ArrayList<>();
        List<Utterance> learned = new ArrayList<>(train);
        learned.addAll(val);
        PartCheck check = new PartCheck(learned, UtteranceSplitter.VAL_SHARE);
        if (!val.isEmpty() && check.isTooSmall(val)) {
            lines.add("the val part has " + check.describe(val)
                    + ": it can choose neither epoch nor temperature; give it more, or none, and one is drawn from"
                    + " the training part");
        }
        List<Utterance> all = new ArrayList<>(learned);
        all.addAll(test);
        PartCheck tested = new PartCheck(all, UtteranceSplitter.TEST_SHARE);
        if (!test.isEmpty() && tested.hasFewerThanClasses(test)) {
            lines.add("the test part has " + tested.describe(test) + ": its scores say next to nothing; give it more");
        }
        return lines;
    }

    private int count(Part part, String name) {
        return counts.getOrDefault(part, Map.of()).getOrDefault(name, 0);
    }

    /// Classes without an utterance in the training part.
    public List<String> neverLearned() {
        return labels.names().stream()
                .filter(name -> count(Part.TRAIN, name) == 0)
                .toList();
    }

    /// A line per class with at most one utterance in the training part, and per other part that is too small or
    /// lacks classes.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String name : labels.names()) {
            int trained = count(Part.TRAIN, name);
            if (trained <= 1) {
                List<String> others = labels.names().stream()
                        .filter(other -> !other.equals(name))
                        .toList();
                lines.add("class " + name + ": " + (trained == 0 ? "no utterance" : "only one utterance")
                        + " to learn from, " + count(Part.VAL, name) + " to validate and " + count(Part.TEST, name)
                        + " to test on: the model "
                        + (trained == 0 ? "can never answer it" : "learns next to nothing of it")
                        + (others.size() < 2
                                ? "; give more of it"
                                : "; leave it out with ‹labels " + String.join(",", others) + "›")
                        + ", or choose another split");
            }
        }
        lines.addAll(small);
        lacking(Part.VAL, "the epoch is chosen without them", lines);
        lacking(Part.TEST, "the scores say nothing about them", lines);
        return lines;
    }

    private void lacking(Part part, String consequence, List<String> lines) {
        List<String> lacking =
                labels.names().stream().filter(name -> count(part, name) == 0).toList();
        if (!lacking.isEmpty() && lacking.size() < labels.size()) {
            lines.add("the " + part.word() + " part has no " + String.join(", no ", lacking) + ": " + consequence);
        }
    }
}
