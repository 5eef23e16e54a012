package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.TableChecks;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Utterances of dialogues as vectors that other models made: a folder with `utterances.csv`, whose columns are
/// those of a manifest, and `audio.npy`, `text.npy` or both, each [N, D] float32; row i belongs to line i below
/// the header. The column `dialogue` must be filled; an utterance without an emotion is there for its neighbours.
public final class FeaturesCorpus implements Corpus {

    static final String TABLE = "utterances.csv";

    private final Path folder;
    private final List<Utterance> utterances;
    private final Labels labels;
    private final List<String> notes;

    private FeaturesCorpus(Path folder, List<Utterance> utterances, Labels labels, List<String> notes) {
        this.folder = folder;
        this.utterances = List.copyOf(utterances);
        this.labels = labels;
        this.notes = List.copyOf(notes);
    }

    /// Reads a folder; its labels are the emotions that occur, in alphabetical order.
    ///
    /// @throws BadInputException with the line or the row, when something in it cannot be used
    public static FeaturesCorpus open(Path folder) {
        return open(folder, null);
    }

    /// Reads a folder for a model that has labels already.
    ///
    /// @param known the emotions that may occur, or null for any
    /// @throws BadInputException also when an emotion is none of these, with the line and the nearest
    public static FeaturesCorpus open(Path folder, @Nullable Labels known) {
        Path table = folder.resolve(TABLE);
        if (!Files.isRegularFile(table)) {
            throw new BadInputException("features:" + folder + ": there is no " + TABLE
                    + " in it; give the folder that holds it, audio.npy and text.npy");
        }
        ManifestReader reader = new ManifestReader(table, known);
        List<Utterance> utterances = reader.readVectors(folder);
        Labels labels = known == null ? Labels.occurringIn(utterances) : known;
        return new FeaturesCorpus(folder, utterances, labels, reader.notes());
    }

    @Override
    public String name() {
        return "features";
    }

    @Override
    public List<Utterance> utterances() {
        return utterances;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    /// What the table holds that is not read, and emotions that are probably typing errors.
    @Override
    public List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        all.addAll(TableChecks.doubtfulLabels(utterances));
        return all;
    }

    /// Not known; taken as not fixed.
    @Override
    public boolean textIsFixed() {
        return false;
    }

    /// Looks for labels that are probably typing errors, and for speakers who are in two parts. There are no
    /// published counts to compare with, and values were checked when it was opened.
    @Override
    public Verification verify(VerificationOptions listening) {
        List<Finding> findings = new ArrayList<>();
        notes.forEach(note -> findings.add(new Finding(Severity.NOTE, "label", note)));
        findings.addAll(TableChecks.of(utterances));
        return new Verification("features:" + folder, utterances.size(), findings);
    }
}
