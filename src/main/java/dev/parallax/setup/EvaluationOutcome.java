package dev.parallax.setup;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.data.Utterance;
import dev.parallax.eval.GroupComparison;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.robustness.Robustness;
import dev.parallax.train.Evaluation;
import dev.parallax.train.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The scores of a model on a part of a corpus, and what makes them better than they should be.
///
/// @param name          of the model's file
/// @param corpora       that the part is of
/// @param evaluation    the model's answers and its scores
/// @param seen          utterances that it, or a model that it started from, was trained on or chosen by
/// @param tested        utterances of the model's own test part
/// @param testedSeen    of those, the ones that a model that it started from has learned from or was chosen by
/// @param knownSpeakers speakers with the name of one that it was trained on or chosen by
/// @param unheard       recordings that it was trained on and that are not in the corpora
/// @param excluded      how many utterances were not scored, by reason
/// @param unread        ids of those whose recordings cannot be read
/// @param groups        scores by the values of the requested columns, in their order
/// @param groupNotes    what is to be known of these, one line each
/// @param robustness    scores under other conditions, or null where they were not asked for
public record EvaluationOutcome(
        String name,
        Model model,
        CorpusSet corpora,
        Evaluation evaluation,
        int seen,
        int tested,
        int testedSeen,
        List<String> knownSpeakers,
        int unheard,
        ExcludedUtterances excluded,
        List<String> unread,
        List<GroupComparison> groups,
        List<String> groupNotes,
        @Nullable Robustness robustness) {

    /// The file in the folder of an evaluation that has all of its result.
    public static final String FILE = "evaluation.json";

    public EvaluationOutcome {
        knownSpeakers = List.copyOf(knownSpeakers);
        unread = List.copyOf(unread);
        groups = List.copyOf(groups);
        groupNotes = List.copyOf(groupNotes);
    }

    /// The scores by view.
    public Map<View, Scores> scores() {
        return evaluation.scores();
    }

    /// Those of the decision.
    public Scores decision() {
        return Objects.requireNonNull(scores().get(View.DECISION));
    }

    /// The recordings of the corpora's utterances, by id; only those that lie in files.
    public Map<String, Path> recordings() {
        Map<String, Path> recordings = new HashMap<>();
        for (Utterance utterance : corpora.utterances()) {
            if (utterance.audio() instanceof FileAudio file) {
                recordings.put(utterance.id(), file.path());
            }
        }
        return recordings;
    }

    /// Whether it was looked at how like the training data each utterance is; nothing is known of given vectors.
    public boolean hasDoubts() {
        return corpora.utterances().getFirst().vectors() == null;
    }

    /// How many utterances were scored.
    public int scored() {
        return decision().metrics().confusion().total();
    }

    /// What makes scores of the model's own test part too good, one line each; empty where none of it was scored.
    public List<String> dishonesty() {
        return dishonesty(testedSeen);
    }

    private List<String> dishonesty(int itsSeen) {
        RunRecord record = model.record();
        return record == null || tested == 0 ? List.of() : record.dishonesty(itsSeen);
    }

    /// How the speech that the model was trained on was made, where no person spoke it, one line for each corpus.
    public List<String> trainedOnSyntheticSpeech() {
        RunRecord record = model.record();
        return record == null ? List.of() : record.syntheticSpeech();
    }

    /// What makes these scores too good or another thing than they seem, one line each.
    public List<String> notes() {
        boolean elsewhere = seen > testedSeen; // the line below then counts those of the test part, too
        List<String> notes = new ArrayList<>(dishonesty(elsewhere ? 0 : testedSeen));
        notes.addAll(SyntheticSpeech.ofModel(trainedOnSyntheticSpeech().stream()
                .filter(line -> !corpora.syntheticSpeech().contains(line)) // else the corpora's own notes say it
                .toList()));
        if (elsewhere) {
            notes.add("NOT A TEST: " + seen + " of " + Count.of(scored(), "utterance") + (seen == 1 ? " was" : " were")
                    + " trained on or chosen by");
        }
        if (!knownSpeakers.isEmpty()) {
            notes.add("NOT SPEAKER-INDEPENDENT: the model was trained on or chosen by speakers of these names: "
                    + String.join(", ", knownSpeakers));
        }
        if (unheard > 0) {
            notes.add("copies of training recordings are found by their exact samples alone, for " + unheard
                    + " of the originals are not in this corpus: one at another rate or level, or that was MP3, would"
                    + " count as new");
        }
        return notes;
    }
}
