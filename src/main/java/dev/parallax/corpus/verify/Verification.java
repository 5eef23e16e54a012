package dev.parallax.corpus.verify;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What checking a corpus found.
///
/// @param corpus    what was checked, as in `emodb:/data/emodb`
/// @param checked   how many utterances
/// @param published whether it was compared with what was published about it
/// @param findings  the faults first, then the warnings, then the notes
public record Verification(String corpus, int checked, boolean published, List<Finding> findings) {

    /// So many findings of one kind are shown to people; scripts get all.
    static final int SHOWN = 12;

    /// So many ids of one finding are shown to people.
    static final int SHOWN_IDS = 5;

    /// One thing found.
    ///
    /// @param severity how bad
    /// @param kind     what it is, for scripts: `missing`, `extra`, `count`, `content`, `unreadable`, `pointer`,
    ///                 `rate`, `silent`, `unscaled`, `clipped`, `offset`, `short`, `channels`, `decoder`,
    ///                 `duplicate`, `label`, `line`, `text`, `speech`, `speaker`, `session`,
    ///                 `split`, or `vector`
    /// @param message  one line for people
    /// @param ids      of what it was found in, where the message does not name it
    public record Finding(Severity severity, String kind, String message, List<String> ids) {

        public Finding {
            ids = List.copyOf(ids);
        }

        /// A finding whose message names what it was found in.
        public Finding(Severity severity, String kind, String message) {
            this(severity, kind, message, List.of());
        }

        /// The same, its message written in another way.
        private Finding worded(UnaryOperator<String> wording) {
            return new Finding(severity, kind, wording.apply(message), ids);
        }

        /// The same, not as bad.
        Finding as(Severity other, String why) {
            return new Finding(other, kind, message + why, ids);
        }
    }

    public Verification {
        findings = findings.stream()
                .sorted((a, b) -> a.severity().compareTo(b.severity()))
                .toList();
    }

    /// Of a corpus that was published.
    public Verification(String corpus, int checked, List<Finding> findings) {
        this(corpus, checked, true, findings);
    }

    /// The same, for readers who call the parts of a request by other names.
    ///
    /// @param wording of each message
    public Verification worded(UnaryOperator<String> wording) {
        return new Verification(
                corpus,
                checked,
                published,
                findings.stream().map(finding -> finding.worded(wording)).toList());
    }

    /// Whether there is no error.
    public boolean ok() {
        return count(Severity.ERROR) == 0;
    }

    /// For people: a line per finding, of many of a kind the first, then the verdict.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Finding finding : findings) {
            String start = word(finding.severity()) + " " + finding.kind() + ": ";
            int number = seen.merge(start, 1, Integer::sum);
            if (number <= SHOWN) {
                lines.add(start + finding.message() + shortened(finding.ids()));
            } else if (number == SHOWN + 1) {
                lines.add(start + "… and " + (count(finding) - SHOWN) + " more; ‹json› lists all");
            }
        }
        lines.add(
                corpus + ": " + Count.of(checked, "utterance") + " checked, " + Count.of(count(Severity.ERROR), "error")
                        + ", " + Count.of(count(Severity.WARNING), "warning") + verdict());
        return lines;
    }

    private String verdict() {
        String faulty = published ? ": NOT as published" : ": mend the errors before you train on it";
        return !ok() ? faulty : count(Severity.WARNING) > 0 ? ": look at the warnings" : ": good";
    }

    private static String shortened(List<String> ids) {
        if (ids.isEmpty()) {
            return "";
        }
        String first = String.join(", ", ids.subList(0, Math.min(SHOWN_IDS, ids.size())));
        return ": " + first + (ids.size() > SHOWN_IDS ? ", … (" + ids.size() + ", ‹json› lists all)" : "");
    }

    /// For scripts.
    public JsonObject toJson() {
        return Json.object()
                .with("corpus", corpus)
                .with("ok", ok())
                .with("checked", checked)
                .with("errors", count(Severity.ERROR))
                .with("warnings", count(Severity.WARNING))
                .with(
                        "findings",
                        Json.array(findings.stream().map(Verification::toJson).toList()));
    }

    private static JsonObject toJson(Finding finding) {
        JsonObject json = Json.object()
                .with("severity", word(finding.severity()))
                .with("kind", finding.kind())
                .with("message", finding.message());
        return finding.ids().isEmpty() ? json : json.with("ids", finding.ids());
    }

    private long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private long count(Finding like) {
        return findings.stream()
                .filter(finding ->
                        finding.severity() == like.severity() && finding.kind().equals(like.kind()))
                .count();
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
