package dev.parallax.corpus;

import dev.parallax.corpus.Verification.Finding;
import dev.parallax.corpus.Verification.Severity;
import dev.parallax.data.Utterance;
import dev.parallax.io.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What can be wrong with anyone's own table of utterances: labels that are probably typing errors, speakers who are in
/// two parts.
final class TableChecks {

    /// An emotion with so much fewer utterances than one that is written nearly alike is taken for a typing error.
    private static final int MUCH_RARER = 10;

    private TableChecks() {}

    /// A finding for each.
    static List<Finding> of(List<Utterance> utterances) {
        List<Finding> findings = new ArrayList<>();
        checkLabels(utterances, findings);
        checkSpeakers(utterances, findings);
        return findings;
    }

    private static void checkLabels(List<Utterance> utterances, List<Finding> findings) {
        Map<String, Integer> counts = new TreeMap<>();
        int unlabelled = 0;
        for (Utterance utterance : utterances) {
            String emotion = utterance.emotion();
            if (emotion == null) {
                unlabelled++;
            } else {
                counts.merge(emotion, 1, Integer::sum);
            }
        }
        if (unlabelled > 0) {
            String message = unlabelled + " utterances have no emotion and cannot be trained on";
            findings.add(new Finding(Severity.NOTE, "label", message));
        }
        counts.forEach((emotion, count) -> {
            List<String> common = counts.keySet().stream()
                    .filter(other -> counts.getOrDefault(other, 0) >= MUCH_RARER * count)
                    .toList();
            String hint = Nearest.hint(emotion, common);
            if (!hint.isEmpty()) {
                String message = "emotion \"" + emotion + "\" occurs " + count + " times" + hint;
                findings.add(new Finding(Severity.WARNING, "label", message));
            }
        });
    }

    private static void checkSpeakers(List<Utterance> utterances, List<Finding> findings) {
        Map<String, String> partOf = new TreeMap<>();
        TreeMap<String, String> both = new TreeMap<>();
        int unknown = 0;
        for (Utterance utterance : utterances) {
            String speaker = utterance.speaker();
            String split = utterance.split();
            unknown += speaker == null ? 1 : 0;
            String former = speaker == null || split == null ? null : partOf.putIfAbsent(speaker, split);
            if (speaker != null && former != null && !former.equals(split)) {
                both.putIfAbsent(speaker, former + " and " + split);
            }
        }
        if (unknown > 0) {
            String message = unknown + " utterances have no speaker: speakers cannot be kept apart";
            findings.add(new Finding(Severity.WARNING, "speaker", message));
        }
        both.forEach((speaker, parts) -> findings.add(new Finding(
                Severity.WARNING, "split", "speaker " + speaker + " is in " + parts + ": scores will be too good")));
    }
}
