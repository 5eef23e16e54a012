package dev.parallax.corpus.verify;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.corpus.recordings.PublishedCopies;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.recordings.SoundFault;
import dev.parallax.data.Utterance;
import dev.parallax.io.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What verification would find fault with among recordings that can be read, for who is about to use them.
public final class RecordingReview {

    /// What names all kinds that are errors.
    public static final String FAULTS = "faults";

    private static final String DOUBTFUL = "doubtful";
    private static final String DUPLICATE = "duplicate";
    private static final String CONTRADICTION = "contradiction";
    private static final String COPIES = "are copies of others";

    /// Recordings that have the same fault.
    ///
    /// @param severity how bad it is
    /// @param plural   what they are: `are silent`
    /// @param first    about the first of them, a line
    /// @param ids      of them all
    private record Group(Severity severity, String plural, String first, Set<String> ids) {
        String line() {
            return (isOne() ? "1 recording " + singular() : ids.size() + " recordings " + plural) + " (the first: "
                    + first + ")";
        }

        boolean isOne() {
            return ids.size() == 1;
        }

        private String singular() {
            return plural.equals(COPIES)
                    ? "is a copy of another"
                    : plural.replaceFirst("^are ", "is ").replaceFirst("^have ", "has ");
        }
    }

    private final Map<String, Group> groups = new LinkedHashMap<>(); // by the kind

    /// @param utterances that have recordings, or not
    /// @param facts      of each utterance's recording, null where there is none
    /// @param copies     among them
    /// @param published  copies that are no faults
    public RecordingReview(
            List<Utterance> utterances,
            List<@Nullable SoundFacts> facts,
            SoundCopies copies,
            PublishedCopies published) {
        for (int i = 0; i < utterances.size(); i++) {
            String id = utterances.get(i).id();
            SoundFacts its = facts.get(i);
            if (its != null) {
                for (SoundFault fault : SoundFault.of(its)) {
                    add(fault.word(), fault.severity(), fault.plural(), fault.describe(id, its), id);
                }
                its.warnings().forEach(warning -> add(DOUBTFUL, Severity.WARNING, "are doubtful", warning, id));
            }
        }
        for (SoundCopies.Copy copy : copies.copies()) {
            String id = copy.copy().id();
            if (published.know(copy)) {
                continue;
            }
            if (copy.contradicts()) {
                String line = copy.describe() + ", which is " + copy.original().emotion() + " and not "
                        + copy.copy().emotion();
                add(CONTRADICTION, Severity.ERROR, "have two labels", line, id);
                add(
                        CONTRADICTION,
                        Severity.ERROR,
                        "have two labels",
                        line,
                        copy.original().id());
            } else {
                add(DUPLICATE, Severity.ERROR, COPIES, copy.describe(), id);
            }
        }
    }

    private void add(String kind, Severity severity, String plural, String line, String id) {
        groups.computeIfAbsent(kind, _ -> new Group(severity, plural, line, new HashSet<>()))
                .ids
                .add(id);
    }

    private boolean isAsked(String kind, Collection<String> asked) {
        Group group = groups.get(kind);
        return asked.contains(kind) || (asked.contains(FAULTS) && group != null && group.severity == Severity.ERROR);
    }

    /// All kinds that there are.
    public static List<String> kinds() {
        List<String> kinds = new ArrayList<>(List.of(FAULTS));
        for (SoundFault fault : SoundFault.values()) {
            kinds.add(fault.word());
        }
        kinds.addAll(List.of(DOUBTFUL, DUPLICATE, CONTRADICTION));
        return kinds;
    }

    /// A line for each kind of fault: how many, the first, and how to leave them out.
    ///
    /// @param leftOut kinds that are left out already, of which nothing is said; the remedy names them too
    public List<String> lines(Collection<String> leftOut) {
        List<String> lines = new ArrayList<>();
        Map<String, Group> left = new LinkedHashMap<>(groups);
        left.keySet().removeIf(kind -> isAsked(kind, leftOut));
        left.forEach((kind, group) -> {
            List<String> remedy = new ArrayList<>(leftOut);
            remedy.add(group.severity == Severity.ERROR ? FAULTS : kind);
            lines.add(group.line() + "; ‹leave-out " + String.join(",", remedy) + "› leaves "
                    + (group.isOne() ? "it" : "them") + " out");
        });
        return lines;
    }

    /// A line for each kind of fault: how many, and the first.
    public List<String> faults() {
        return groups.values().stream().map(Group::line).toList();
    }

    /// The ids of what has one of some faults, by the kind; each id once. Of copies the first stays, of
    /// contradictions none.
    ///
    /// @param asked some of [#kinds]
    /// @throws BadInputException when there is no such kind
    public Map<String, Set<String>> chosen(Collection<String> asked) {
        for (String kind : asked) {
            if (!kinds().contains(kind)) {
                throw new BadInputException(
                        "‹leave-out›: \"" + kind + "\" is not one of " + kinds() + Nearest.hint(kind, kinds()));
            }
        }
        Map<String, Set<String>> chosen = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        groups.forEach((kind, group) -> {
            if (isAsked(kind, asked)) {
                Set<String> ids = new TreeSet<>(group.ids);
                ids.removeAll(taken);
                taken.addAll(ids);
                chosen.put(group.plural, ids);
            }
        });
        return chosen;
    }
}
