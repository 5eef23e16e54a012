package dev.parallax.fusion;

import dev.parallax.BadInputException;
import dev.parallax.io.Choice;

/// What training makes smaller, and by which schedule. All but [#FUSED] are there so that no perspective is
/// starved: so that an encoder goes on learning where the other one already explains the training data.
/// Formulas and sources are in `docs/perspective-loss.md`.
public enum Loss implements Choice {
    /// The cross-entropy of the fused answer alone: the single loss.
    FUSED("fused", "single loss", false),
    /// The perspective loss: one term for each perspective too ([PerspectiveLoss]).
    PERSPECTIVE("perspective", "perspective loss", true),
    /// The single loss, under which the perspective that contributes more takes smaller steps.
    MODULATED("modulated", "single loss, steps modulated", false),
    /// Each perspective by its own loss alone at first, then the single loss.
    ALONE_FIRST("alone-first", "each perspective alone first, then single loss", false),
    /// The single loss, one modality of some utterances hidden at random.
    MODALITY_DROPOUT("modality-dropout", "single loss, modality dropout", true);

    private final String word;
    private final String title;
    private final boolean trainsPerspectives;

    Loss(String word, String title, boolean trainsPerspectives) {
        this.word = word;
        this.title = title;
        this.trainsPerspectives = trainsPerspectives;
    }

    @Override
    public String word() {
        return word;
    }

    /// What it is called in sentences and reports.
    public String title() {
        return title;
    }

    /// Whether each perspective is trained to answer by itself until the end, so that its answer means
    /// something beside the fused one.
    public boolean trainsPerspectives() {
        return trainsPerspectives;
    }

    /// Whether it is something between two perspectives. The perspective loss of one is its own term alone: the single
    /// loss, as every default may be.
    public boolean needsBoth() {
        return this == MODULATED || this == ALONE_FIRST || this == MODALITY_DROPOUT;
    }

    /// Refuses a strategy that cannot be trained so: one that fuses the inputs has no answer where one is
    /// hidden.
    ///
    /// @param strategy a name of [Fusions]
    public void requireFor(String strategy) {
        if (this == MODALITY_DROPOUT && Fusions.byName(strategy).place() == Fusions.Place.EARLY) {
            throw new BadInputException("training: fusion " + strategy + " fuses the inputs and has no answer without"
                    + " both, and ‹loss " + word + "› hides one of them; take a middle-* or late-* fusion, or another"
                    + " loss");
        }
    }
}
