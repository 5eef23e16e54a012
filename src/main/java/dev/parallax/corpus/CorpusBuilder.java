package dev.parallax.corpus;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what a loader reads: the utterances, and what does not fit, so that nothing is dropped in silence.
final class CorpusBuilder {

    private final Map<String, Utterance> utterances = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();

    /// Adds an utterance. One whose id is there already is not read: copies often hold the same recordings in two
    /// folders.
    void add(Utterance utterance) {
        if (utterances.putIfAbsent(utterance.id(), utterance) != null) {
            twice.add(utterance.id());
        }
    }

    /// Adds something that does not fit.
    void find(Severity severity, String kind, String message) {
        findings.add(new Finding(severity, kind, message));
    }

    /// Adds something that does not fit, of several things.
    ///
    /// @param ids which
    void find(Severity severity, String kind, String message, List<String> ids) {
        findings.add(new Finding(severity, kind, message, ids));
    }

    /// The utterances, as they came.
    List<Utterance> utterances() {
        return List.copyOf(utterances.values());
    }

    /// What did not fit, as it came.
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        if (!twice.isEmpty()) {
            String message = Count.of(twice.size(), "name is", "names are")
                    + " there a second time and not read again; delete one of the two";
            all.add(new Finding(Severity.WARNING, "extra", message, twice));
        }
        return all;
    }
}
