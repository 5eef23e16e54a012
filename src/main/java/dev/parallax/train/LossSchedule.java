package dev.parallax.train;

import dev.parallax.fusion.Loss;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.fusion.Perspectives;
import dev.parallax.model.Model;
import dev.parallax.nn.CrossEntropyLoss;

/// What is made smaller in each epoch, and how far each group of parameters follows its gradient ([Loss]).
final class LossSchedule {

    private final PerspectiveLoss fused; // and of perspectives where the loss has their terms
    private final PerspectiveLoss alone;
    private final int aloneEpochs;
    private final boolean modulated;
    private final double modulation;

    private LossSchedule(TrainingConfig config, boolean fuses, Perspectives<CrossEntropyLoss> criteria) {
        this.fused = loss(config, true, config.loss() == Loss.PERSPECTIVE, criteria);
        this.alone = loss(config, false, true, criteria);
        this.aloneEpochs = fuses ? config.aloneEpochs() : 0;
        this.modulated = fuses && config.loss() == Loss.MODULATED;
        this.modulation = config.modulation();
    }

    /// Of a model that reads one modality, all losses are the same.
    ///
    /// @param criteria of each term
    /// @throws dev.parallax.BadInputException where the model cannot be trained so
    static LossSchedule of(TrainingConfig config, Model model, Perspectives<CrossEntropyLoss> criteria) {
        boolean both = model.readsAudio() && model.readsText();
        if (both) {
            config.loss().requireFor(model.network().fusion());
        }
        return new LossSchedule(config, both, criteria);
    }

    private static PerspectiveLoss loss(
            TrainingConfig config, boolean fused, boolean perspectives, Perspectives<CrossEntropyLoss> criteria) {
        return new PerspectiveLoss(
                fused, perspectives, (float) config.alpha(), (float) config.beta(), criteria, config.onProbabilities());
    }

    /// How many epochs, the first ones, train each perspective alone. They say nothing of the fusion.
    int aloneEpochs() {
        return aloneEpochs;
    }

    /// Whether the contributions of the perspectives are needed.
    boolean isModulated() {
        return modulated;
    }

    /// Whether the fusion begins to learn, from perspectives that have learned alone; the optimiser starts
    /// anew.
    ///
    /// @param epoch from 0
    boolean startsFusing(int epoch) {
        return aloneEpochs > 0 && epoch == aloneEpochs;
    }

    /// The loss of an epoch.
    ///
    /// @param epoch from 0
    PerspectiveLoss at(int epoch) {
        return epoch < aloneEpochs ? alone : fused;
    }

    /// The shares of a step that the groups of parameters take. The fusion stays as it is while nothing
    /// teaches it.
    ///
    /// @param epoch from 0
    PartialStep.Shares shares(int epoch, Contributions contributions) {
        if (epoch < aloneEpochs) {
            return PartialStep.Shares.WITHOUT_FUSION;
        }
        return modulated ? contributions.shares(modulation) : PartialStep.Shares.WHOLE;
    }
}
