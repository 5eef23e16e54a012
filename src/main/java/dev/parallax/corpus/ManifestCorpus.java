package dev.parallax.corpus;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.ClipChecks;
import dev.parallax.corpus.verify.TableChecks;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Anyone's own recordings, listed in a CSV file with a header and the columns
/// `id, audio, text, emotion, speaker, session, dialogue, turn, script, split`. Only one of `audio` and `text` must be
/// there (and `emotion`, to train); paths are relative to the file and may not leave its folder.
public final class ManifestCorpus implements Corpus {

    private final Path file;
    private final List<Utterance> utterances;
    private final Labels labels;
    private final List<String> notes;
    private final List<String> warnings;

    private ManifestCorpus(
            Path file, List<Utterance> utterances, Labels labels, List<String> notes, List<String> warnings) {
        this.file = file;
        this.utterances = List.copyOf(utterances);
        this.labels = labels;
        this.notes = List.copyOf(notes);
        this.warnings = List.copyOf(warnings);
    }

    /// Reads a manifest; its labels are the emotions that occur, in alphabetical order.
    ///
    /// @throws dev.parallax.BadInputException with the line, when something in it cannot be used
    public static ManifestCorpus open(Path file) {
        ManifestReader reader = new ManifestReader(file, null);
        List<Utterance> utterances = reader.read();
        return new ManifestCorpus(file, utterances, Labels.occurringIn(utterances), reader.notes(), reader.warnings());
    }

    /// Reads a manifest for a model that has labels already.
    ///
    /// @throws dev.parallax.BadInputException also when an emotion is none of these, with the line and the nearest
    public static ManifestCorpus open(Path file, Labels known) {
        ManifestReader reader = new ManifestReader(file, known);
        return new ManifestCorpus(file, reader.read(), known, reader.notes(), reader.warnings());
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

    /// What the table holds that is not read, and emotions that are probably typing errors.
    @Override
    public List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        all.addAll(warnings);
        all.addAll(TableChecks.doubtfulLabels(utterances));
        return all;
    }

    /// Not known; taken as not fixed.
    @Override
    public boolean textIsFixed() {
        return false;
    }

    /// Listens to every recording and looks for labels that are probably typing errors, for speakers who are in
    /// two parts, and for dialogues that are in two sessions. There are no published counts to compare with.
    @Override
    public Verification verify(VerificationOptions listening) {
        List<Finding> findings = new ArrayList<>();
        notes.forEach(note -> findings.add(new Finding(Severity.NOTE, "label", note)));
        warnings.forEach(warning -> findings.add(new Finding(Severity.WARNING, "label", warning)));
        findings.addAll(TableChecks.of(utterances));
        findings.addAll(ClipChecks.of(utterances, ClipChecks.Expected.NOTHING, listening));
        return new Verification("manifest:" + file, utterances.size(), findings);
    }
}
