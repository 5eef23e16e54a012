package dev.parallax.corpus;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What checking a corpus found.
///
/// @param corpus   what was checked, as in `emodb:/data/emodb`
/// @param checked  how many utterances
/// @param findings the faults first, then the warnings, then the notes
public record Verification(String corpus, int checked, List<Finding> findings) {

    /// How bad it is: an `ERROR` makes results incomparable or training impossible, a `WARNING` should be looked
    /// at, a `NOTE` is good to know.
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    /// One thing found.
    ///
    /// @param severity how bad
    /// @param kind     what it is, for scripts: `missing`, `extra`, `count`, `content`, `unreadable`, `silent`,
    ///                 `clipped`, `short`, `duplicate`, `label`, `speaker` or `split`
    /// @param message  one line for people
    public record Finding(Severity severity, String kind, String message) {}

    public Verification {
        findings = findings.stream()
                .sorted((a, b) -> a.severity().compareTo(b.severity()))
                .toList();
    }

    /// Whether there is no error.
    public boolean ok() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /// For people: a line per finding, then the verdict.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(word(finding.severity()) + " " + finding.kind() + ": " + finding.message());
        }
        lines.add(corpus + ": " + checked + " utterances checked, " + count(Severity.ERROR) + " errors, "
                + count(Severity.WARNING) + " warnings" + (ok() ? ": good" : ": NOT as published"));
        return lines;
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
                        Json.array(findings.stream()
                                .map(finding -> Json.object()
                                        .with("severity", word(finding.severity()))
                                        .with("kind", finding.kind())
                                        .with("message", finding.message()))
                                .toList()));
    }

    private long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
