package dev.parallax.corpus;

import dev.parallax.corpus.Verification.Finding;
import dev.parallax.corpus.Verification.Severity;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.io.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Anyone's own recordings, listed in a CSV file with a header and the columns
/// `id, audio, text, emotion, speaker, dialogue, turn, split`. Only one of `audio` and `text` must be there (and
/// `emotion`, to train); paths are relative to the file and may not leave its folder.
public final class ManifestCorpus implements Corpus {

    /// An emotion with so much fewer utterances than one that is written nearly alike is taken for a typing error.
    private static final int MUCH_RARER = 10;

    private final Path file;
    private final List<Utterance> utterances;
    private final Labels labels;
    private final List<String> notes;

    private ManifestCorpus(Path file, List<Utterance> utterances, Labels labels, List<String> notes) {
        this.file = file;
        this.utterances = List.copyOf(utterances);
        this.labels = labels;
        this.notes = List.copyOf(notes);
    }

    /// Reads a manifest; its labels are the emotions that occur, in alphabetical order.
    ///
    /// @throws dev.parallax.BadInputException with the line, when something in it cannot be used
    public static ManifestCorpus open(Path file) {
        ManifestReader reader = new ManifestReader(file, null);
        List<Utterance> utterances = reader.read();
        return new ManifestCorpus(file, utterances, Labels.occurringIn(utterances), reader.notes());
    }

    /// Reads a manifest for a model that has labels already.
    ///
    /// @throws dev.parallax.BadInputException also when an emotion is none of these, with the line and the nearest
    public static ManifestCorpus open(Path file, Labels known) {
        ManifestReader reader = new ManifestReader(file, known);
        return new ManifestCorpus(file, reader.read(), known, reader.notes());
    }

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public List<Utterance> utterances() {
        return utterances;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    /// Not known; taken as not fixed.
    @Override
    public boolean textIsFixed() {
        return false;
    }

    @Override
    public Map<String, Sex> sexes() {
        return Map.of();
    }

    @Override
    public List<Protocol> protocols() {
        return List.of();
    }

    /// Listens to every recording and looks for labels that are probably typing errors, and for speakers who are in
    /// two parts. There are no published counts to compare with.
    @Override
    public Verification verify() {
        List<Finding> findings = new ArrayList<>();
        notes.forEach(note -> findings.add(new Finding(Severity.NOTE, "label", note)));
        checkLabels(findings);
        checkSpeakers(findings);
        findings.addAll(ClipChecks.of(utterances));
        return new Verification("manifest:" + file, utterances.size(), findings);
    }

    private void checkLabels(List<Finding> findings) {
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

    private void checkSpeakers(List<Finding> findings) {
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
