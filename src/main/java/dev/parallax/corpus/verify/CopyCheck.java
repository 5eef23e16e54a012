package dev.parallax.corpus.verify;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares a copy of a corpus with what was published about it, step by step: names, counts, recordings.
public final class CopyCheck {

    private final String corpus;
    private final List<Utterance> utterances;
    private final List<Finding> findings;

    /// @param corpus     what is checked, as in `emodb:/data/emodb`
    /// @param utterances those that were found
    /// @param found      what did not fit when they were read
    public CopyCheck(String corpus, List<Utterance> utterances, List<Finding> found) {
        this.corpus = corpus;
        this.utterances = utterances;
        this.findings = new ArrayList<>(found);
    }

    /// What is missing, and what does not belong there.
    ///
    /// @param published the ids of all recordings
    /// @param ending    of the file of an id, such as `.wav`
    public CopyCheck names(Collection<String> published, String ending) {
        Set<String> found = ids();
        Set<String> known = new HashSet<>(published);
        found.stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> add(
                        Severity.ERROR,
                        "extra",
                        id + ending + " was not published with this corpus; move it elsewhere"));
        new LinkedHashSet<>(published)
                .stream().filter(id -> !found.contains(id)).forEach(id -> missing(id + ending));
        return this;
    }

    /// What is missing of a corpus from which a few of all possible names were never published. Which these are is
    /// not known.
    ///
    /// @param possible all names of its scheme
    /// @param never    how many of them were never published
    public CopyCheck namesBut(Collection<String> possible, int never) {
        Set<String> found = ids();
        List<String> absent =
                possible.stream().filter(id -> !found.contains(id)).toList();
        if (absent.size() > never) {
            findings.add(new Finding(
                    Severity.ERROR,
                    "missing",
                    Count.of(absent.size() - never, "recording is", "recordings are") + " missing, among "
                            + absent.size() + " names of which " + never
                            + " were never published; copy the archive again",
                    absent));
        }
        return this;
    }

    /// Utterances whose recordings are not there.
    ///
    /// @param fileOf what the file of an utterance would be called
    /// @param known  id to the reason why a recording is not expected
    public CopyCheck recordingsOf(Function<Utterance, String> fileOf, Map<String, String> known) {
        for (Utterance utterance : utterances) {
            if (utterance.audio() == null) {
                String why = known.get(utterance.id());
                if (why == null) {
                    missing(fileOf.apply(utterance));
                } else {
                    add(Severity.NOTE, "missing", fileOf.apply(utterance) + " is not read: " + why);
                }
            }
        }
        return this;
    }

    private void missing(String file) {
        add(Severity.ERROR, "missing", file + " is not there; copy it from the archive again");
    }

    /// Compares how many utterances each group has.
    ///
    /// @param what      the groups are, such as `emotion`
    /// @param group     of an utterance, null for those that are not counted
    /// @param published group to number
    public CopyCheck counts(String what, Function<Utterance, @Nullable String> group, Map<String, Integer> published) {
        Map<String, Integer> found = new TreeMap<>();
        for (Utterance utterance : utterances) {
            String name = group.apply(utterance);
            if (name != null) {
                found.merge(name, 1, Integer::sum);
            }
        }
        return compare(what, "utterance", found, published);
    }

    /// Compares how many utterances each group has, where all groups were published with the same number.
    ///
    /// @param what   the groups are, such as `emotion`
    /// @param group  of an utterance, null for those that are not counted
    /// @param groups all that were published
    /// @param each   number of utterances of each
    public CopyCheck counts(
            String what, Function<Utterance, @Nullable String> group, Collection<String> groups, int each) {
        Map<String, Integer> published = new TreeMap<>();
        groups.forEach(name -> published.put(name, each));
        return counts(what, group, published);
    }

    /// Compares counts that were made elsewhere.
    ///
    /// @param unit what is counted, in the singular
    public CopyCheck compare(String what, String unit, Map<String, Integer> found, Map<String, Integer> published) {
        Set<String> groups = new TreeSet<>(published.keySet());
        groups.addAll(found.keySet());
        for (String group : groups) {
            int here = found.getOrDefault(group, 0);
            int wanted = published.getOrDefault(group, 0);
            if (here != wanted) {
                String place = (what + " " + group).strip();
                add(Severity.ERROR, "count", place + " has " + Count.of(here, unit) + ", published are " + wanted);
            }
        }
        return this;
    }

    /// Adds findings that another check made.
    public CopyCheck findings(List<Finding> more) {
        findings.addAll(more);
        return this;
    }

    /// Adds one finding.
    public CopyCheck add(Severity severity, String kind, String message) {
        findings.add(new Finding(severity, kind, message));
        return this;
    }

    /// Listens to every recording.
    public CopyCheck recordings(Expected expected, VerificationOptions listening) {
        findings.addAll(ClipChecks.of(utterances, expected, listening));
        return this;
    }

    /// The result of all steps.
    public Verification verification() {
        return new Verification(corpus, utterances.size(), findings);
    }

    private Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        utterances.forEach(utterance -> ids.add(utterance.id()));
        return ids;
    }
}
