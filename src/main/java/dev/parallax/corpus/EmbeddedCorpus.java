package dev.parallax.corpus;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.synthetic.SyntheticCeilings;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.corpus.verify.ClipChecks;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import java.util.ArrayList;
import java.util.List;

/// The synthetic corpus, which needs no files: `synthetic:SEED`. No speech data; its numbers never stand beside
/// those of real corpora.
public final class EmbeddedCorpus implements Corpus {

    private final SyntheticCorpus corpus;

    /// The corpus that these settings describe; its sound is made when it is asked for.
    public EmbeddedCorpus(SyntheticSettings settings) {
        this.corpus = new SyntheticCorpus(settings);
    }

    /// What it was drawn from.
    public SyntheticSettings settings() {
        return corpus.settings();
    }

    /// The best accuracies that can be reached.
    public SyntheticCeilings ceilings() {
        return corpus.ceilings();
    }

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public List<Utterance> utterances() {
        return corpus.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(SyntheticCorpus.LABELS);
    }

    @Override
    public List<String> notes() {
        return List.of(SyntheticSpeech.note(syntheticSpeech()));
    }

    @Override
    public String syntheticSpeech() {
        return SyntheticSpeech.BY_RULES;
    }

    @Override
    public boolean textIsFixed() {
        return false;
    }

    /// Checks the size, the exact balance of the emotions, and every sound.
    @Override
    public Verification verify(VerificationOptions listening) {
        List<Finding> findings = new ArrayList<>();
        notes().forEach(note -> findings.add(new Finding(Severity.NOTE, "speech", note)));
        int wanted = settings().size() / labels().size();
        for (String emotion : labels().names()) {
            long here = utterances().stream()
                    .filter(utterance -> emotion.equals(utterance.emotion()))
                    .count();
            if (here != wanted) {
                String message = emotion + " has " + Count.of(here, "utterance") + ", should have " + wanted;
                findings.add(new Finding(Severity.ERROR, "count", message));
            }
        }
        findings.addAll(ClipChecks.of(utterances(), ClipChecks.Expected.NOTHING, listening));
        return new Verification("synthetic:" + settings().seed(), utterances().size(), false, findings);
    }
}
