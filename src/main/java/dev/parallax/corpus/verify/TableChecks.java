package dev.parallax.corpus.verify;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.SpeakerNames;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Spelling;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.InvisibleCharacters;
import dev.parallax.io.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be wrong with anyone's own table of utterances: labels that are probably typing errors, speakers who
/// are in two parts, parts that are too small, dialogues that are in two sessions.
public final class TableChecks {

    /// An emotion with so much fewer utterances than one that is written nearly alike is taken for a typing error.
    private static final int MUCH_RARER = 4;

    /// What programs write where nothing is known, folded.
    private static final Set<String> MISSING =
            Set.of("nan", "none", "null", "nil", "n/a", "na", "#n/a", "unknown", "undefined", "missing", "?", "-");

    private TableChecks() {}

    /// A finding for each.
    ///
    /// @param labelColumn that holds the emotions under a name that is not read, or null
    public static List<Finding> of(List<Utterance> utterances, @Nullable String labelColumn) {
        List<Finding> findings = new ArrayList<>();
        checkLabels(utterances, labelColumn, findings);
        checkSpeakers(utterances, findings);
        inTwo(utterances, Utterance::dialogue, Utterance::session)
                .forEach((dialogue, sessions) -> findings.add(new Finding(
                        Severity.WARNING, "session", "dialogue " + dialogue + " is in sessions " + sessions)));
        return findings;
    }

    /// Emotions that are written alike but for case, blanks or invisible characters, that read like a value that is
    /// not there, or that are rare and written almost as a common one, one line each.
    public static List<String> doubtfulLabels(List<Utterance> utterances) {
        Map<String, List<String>> spellings = new TreeMap<>();
        utterances.stream()
                .map(Utterance::emotion)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .forEach(emotion -> spellings
                        .computeIfAbsent(Spelling.folded(emotion), _ -> new ArrayList<>())
                        .add(emotion));
        List<String> doubtful = new ArrayList<>();
        spellings.forEach((folded, names) -> {
            if (names.size() > 1) {
                doubtful.add(
                        "emotions \""
                                + String.join(
                                        "\" and \"",
                                        names.stream()
                                                .map(InvisibleCharacters::shown)
                                                .toList())
                                + "\" look alike and are different classes; write them in one way, or merge them with ‹labels›");
            }
            if (MISSING.contains(folded)) {
                doubtful.add(
                        "emotion \"" + names.getFirst() + "\" reads like a value that is not there, and is taken for"
                                + " a class; leave the cell empty, or leave the class out with ‹labels›");
            }
        });
        doubtful.addAll(misspelled(utterances));
        return doubtful;
    }

    private static List<String> misspelled(List<Utterance> utterances) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Utterance utterance : utterances) {
            String emotion = utterance.emotion();
            if (emotion != null) {
                counts.merge(emotion, 1, Integer::sum);
            }
        }
        List<String> doubtful = new ArrayList<>();
        counts.forEach((emotion, count) -> {
            List<String> common = counts.keySet().stream()
                    .filter(other -> counts.getOrDefault(other, 0) >= MUCH_RARER * count
                            && !Spelling.folded(other).equals(Spelling.folded(emotion)))
                    .toList();
            String hint = Nearest.hint(emotion, common);
            if (!hint.isEmpty()) {
                doubtful.add("emotion \"" + emotion + "\" occurs " + (count == 1 ? "once" : count + " times") + hint);
            }
        });
        return doubtful;
    }

    private static void checkLabels(List<Utterance> utterances, @Nullable String labelColumn, List<Finding> findings) {
        String remedy =
                labelColumn == null ? "fill the column emotion" : "call the column \"" + labelColumn + "\" \"emotion\"";
        long unlabelled = utterances.stream()
                .filter(utterance -> utterance.emotion() == null)
                .count();
        long classes = utterances.stream()
                .map(Utterance::emotion)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        if (classes < 2) {
            String message = classes == 0
                    ? "no utterance has an emotion, so nothing can be learned or scored; " + remedy
                    : "all utterances have the same emotion, so nothing can be told apart; add others";
            findings.add(new Finding(Severity.ERROR, "label", message));
        }
        if (unlabelled > 0 && classes > 0) {
            String message =
                    Count.of(unlabelled, "utterance has", "utterances have") + " no emotion and cannot be trained on";
            findings.add(new Finding(Severity.NOTE, "label", message));
        }
        doubtfulLabels(utterances).forEach(message -> findings.add(new Finding(Severity.WARNING, "label", message)));
    }

    private static void checkSpeakers(List<Utterance> utterances, List<Finding> findings) {
        long unknown = utterances.stream()
                .filter(utterance -> utterance.speaker() == null)
                .count();
        if (unknown > 0) {
            String message = Count.of(unknown, "utterance has", "utterances have")
                    + " no speaker: speakers cannot be kept apart";
            findings.add(new Finding(Severity.WARNING, "speaker", message));
        }
        SpeakerNames names = new SpeakerNames(utterances);
        names.lines().forEach(message -> findings.add(new Finding(Severity.WARNING, "speaker", message)));
        List<Utterance> unified = names.unified(utterances);
        inTwo(unified, Utterance::speaker, Utterance::split)
                .forEach((speaker, parts) -> findings.add(new Finding(
                        Severity.WARNING,
                        "split",
                        "speaker " + speaker + " is in " + parts + ": scores will be too good")));
        findings.addAll(PartReview.findings(unified));
    }

    /// The keys with two values or more, in alphabetical order, and the first two of each: `train and test`.
    private static Map<String, String> inTwo(
            List<Utterance> utterances,
            Function<Utterance, @Nullable String> keyOf,
            Function<Utterance, @Nullable String> valueOf) {
        Map<String, String> first = new TreeMap<>();
        Map<String, String> both = new TreeMap<>();
        for (Utterance utterance : utterances) {
            String key = keyOf.apply(utterance);
            String value = valueOf.apply(utterance);
            String former = key == null || value == null ? null : first.putIfAbsent(key, value);
            if (key != null && former != null && !former.equals(value)) {
                both.putIfAbsent(key, former + " and " + value);
            }
        }
        return both;
    }
}
