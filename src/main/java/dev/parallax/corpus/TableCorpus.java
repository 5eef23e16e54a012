package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.corpus.verify.TableChecks;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Anyone's own data, listed in a [ManifestTable]. There are no published counts to compare with.
abstract sealed class TableCorpus implements Corpus permits FeaturesCorpus, ManifestCorpus {

    private final String kind;
    private final Path place;
    private final ManifestTable table;
    private final List<Utterance> utterances;
    private final Labels labels;

    /// @param kind  as in `--corpus KIND:PATH`
    /// @param place the PATH
    /// @param table from which the utterances were read
    TableCorpus(String kind, Path place, ManifestTable table, List<Utterance> utterances) {
        this.kind = kind;
        this.place = place;
        this.table = table;
        this.utterances = List.copyOf(utterances);
        this.labels = Labels.occurringIn(utterances);
    }

    /// Makes utterances of the rows of a table, and refuses ids that occur twice.
    static final class Rows {

        private final Map<String, Integer> lineOfId = new HashMap<>();

        Utterance utterance(ManifestTable.Row row, @Nullable FileAudio recording, @Nullable Vectors vectors) {
            String id = row.id();
            Integer former = lineOfId.putIfAbsent(id, row.line());
            if (former != null) {
                throw new BadInputException(row.where()
                        + (row.hasId()
                                ? ": id \"" + id + "\" stands already in line " + former
                                        + "; give each utterance its own id"
                                : ": the recording \"" + id + "\" stands already in line " + former
                                        + "; keep one of the two lines, or tell them apart by a column id"));
            }
            Part part = row.part();
            Origin origin = new Origin(
                    row.speaker(),
                    row.session(),
                    row.dialogue(),
                    row.turn(),
                    row.script(),
                    part == null ? null : part.word());
            return new Utterance(
                    id, recording, row.text(), row.emotion(), origin, vectors, vectors == null ? row.times() : null);
        }
    }

    @Override
    public final String name() {
        return kind;
    }

    @Override
    public final List<Utterance> utterances() {
        return utterances;
    }

    /// The emotions that occur, in alphabetical order.
    @Override
    public final Labels labels() {
        return labels;
    }

    /// Those that are not read otherwise.
    @Override
    public final Map<String, Map<String, String>> columns() {
        return table.furtherColumns();
    }

    /// As the table says.
    @Override
    public @Nullable String syntheticSpeech() {
        return table.syntheticSpeech();
    }

    /// Columns that are not read, cells that may be mistakes, emotions that are probably typing errors, and how its
    /// speech was made, where nobody spoke it.
    @Override
    public List<String> notes() {
        return notes(List.of());
    }

    @Override
    public final List<String> notes(List<String> asked) {
        List<String> notes = new ArrayList<>(table.notes(asked));
        notes.addAll(table.warnings());
        notes.addAll(TableChecks.doubtfulLabels(utterances));
        String speech = syntheticSpeech();
        if (speech != null) {
            notes.add(SyntheticSpeech.note(speech));
        }
        return notes;
    }

    /// Not known; taken as not fixed.
    @Override
    public final boolean textIsFixed() {
        return false;
    }

    /// Looks for labels that are probably typing errors, for speakers who are in two parts, and for dialogues that
    /// are in two sessions; listens to every recording.
    @Override
    public final Verification verify(VerificationOptions listening) {
        List<Finding> findings = new ArrayList<>();
        table.notes().forEach(note -> findings.add(new Finding(Severity.NOTE, "label", note)));
        table.warnings().forEach(warning -> findings.add(new Finding(Severity.WARNING, "label", warning)));
        String speech = syntheticSpeech();
        if (speech != null) {
            findings.add(new Finding(Severity.NOTE, "speech", SyntheticSpeech.note(speech)));
        }
        findings.addAll(TableChecks.of(utterances, table.otherNameOfEmotion()));
        findings.addAll(recordings(listening));
        return new Verification(kind + ":" + place, utterances.size(), false, findings);
    }

    /// What listening to the recordings finds.
    abstract List<Finding> recordings(VerificationOptions listening);
}
