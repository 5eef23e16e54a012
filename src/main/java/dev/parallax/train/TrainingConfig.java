package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.fusion.Loss;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EpochChoice;
import dev.parallax.model.RunRecord;
import java.util.List;

/// How a model is trained.
///
/// @param seed         of every random number: starting weights, batches, dropout, masks
/// @param epochs       the largest number of passes over the training part
/// @param patience     epochs without a better validation score after which training stops
/// @param batchSize    utterances of a step
/// @param draws        examples that an epoch takes of each corpus; 0: as many as the largest has
/// @param shardSize    utterances that one tape works on; a step's gradients are summed over shards in their
///                     order, so the number of threads never matters
/// @param optimizer    what moves the weights
/// @param learningRate at the schedule's peak
/// @param encoderShare of the learning rate, for trained blocks of pretrained encoders, in (0, 1]
/// @param schedule     how the learning rate changes
/// @param warmUp       epochs of the cosine schedule's rise
/// @param weightDecay  L2 strength
/// @param clipNorm     largest norm of a step's gradient, 0 for none
/// @param loss         what is made smaller, and by which schedule
/// @param alpha        weight of the audio term, where each perspective has a term of its own
/// @param beta         weight of the text term
/// @param modulation   under `modulated`, how much smaller the steps of the dominant perspective become
///                     ([Contributions])
/// @param aloneShare   under `alone-first`, the share of the epochs in which each perspective is trained alone,
///                     in [0, 1]
/// @param modalityDropout under `modality-dropout`, the share of utterances that lose a modality at each step,
///                        in [0, 1)
/// @param balance      how much more rare classes weigh, in [0, 1]: (n / (classes · n_c))^balance
/// @param smoothing    label smoothing, in [0, 1)
/// @param reduction       how the losses of a batch become one
/// @param onProbabilities whether a softmax comes before the loss, as in the released code of the paper
/// @param chosenOn        whose scores choose the epoch
/// @param chosenBy        which of its scores do
/// @param averaging       decay of the moving average of the weights ([dev.parallax.optim.MovingAverage]), which
///                        is scored and kept in their place, in [0, 1); 0 for none
/// @param augmentation    how the recordings of the training part are varied
public record TrainingConfig(
        long seed,
        int epochs,
        int patience,
        int batchSize,
        int draws,
        int shardSize,
        OptimizerKind optimizer,
        double learningRate,
        double encoderShare,
        ScheduleKind schedule,
        double warmUp,
        double weightDecay,
        double clipNorm,
        Loss loss,
        double alpha,
        double beta,
        double modulation,
        double aloneShare,
        double modalityDropout,
        double balance,
        double smoothing,
        Reduction reduction,
        boolean onProbabilities,
        EpochChoice chosenOn,
        EpochCriterion chosenBy,
        double averaging,
        AugmentationSettings augmentation) {

    private static final String FORMER_LOSS = "perspectives";
    private static final double ENCODER_SHARE = 0.05;
    private static final double MODULATION = 0.5;
    private static final double ALONE_SHARE = 0.1;
    private static final double MODALITY_DROPOUT = 0.3;

    /// The defaults of the command line.
    public static final TrainingConfig STANDARD = new TrainingConfig(
            1,
            40,
            15,
            16,
            0,
            8,
            OptimizerKind.ADAMW,
            1e-3,
            ENCODER_SHARE,
            ScheduleKind.COSINE,
            2,
            1e-2,
            5,
            Loss.PERSPECTIVE,
            1,
            1,
            MODULATION,
            ALONE_SHARE,
            MODALITY_DROPOUT,
            1,
            0.1,
            Reduction.MEAN,
            false,
            EpochChoice.VAL,
            EpochCriterion.ACCURACY,
            0,
            AugmentationSettings.NONE);

    /// The defaults for dialogues: those of Wu, Lu, Dai (ICASSP 2023), with a validation part that may stop it.
    public static final TrainingConfig DIALOGUE = new TrainingConfig(
            1,
            150,
            30,
            20,
            0,
            5,
            OptimizerKind.ADAM,
            1e-3,
            ENCODER_SHARE,
            ScheduleKind.CONSTANT,
            0,
            1e-5,
            0,
            Loss.PERSPECTIVE,
            1,
            1,
            MODULATION,
            ALONE_SHARE,
            MODALITY_DROPOUT,
            0,
            0,
            Reduction.SUM,
            false,
            EpochChoice.VAL,
            EpochCriterion.ACCURACY,
            0,
            AugmentationSettings.NONE);

    private static final RecordJson<TrainingConfig> JSON = RecordJson.of(TrainingConfig.class)
            .formerly(TrainingConfig::ofToday)
            .since("encoderShare", ENCODER_SHARE)
            .since("modulation", MODULATION)
            .since("aloneShare", ALONE_SHARE)
            .since("modalityDropout", MODALITY_DROPOUT)
            .since("chosenBy", EpochCriterion.ACCURACY)
            .since("averaging", 0.0)
            .leftOut("augmentation", AugmentationSettings.NONE)
            .as("augmentation", AugmentationSettings::toJson, AugmentationSettings::fromJson);

    public TrainingConfig {
        atLeastOne("epochs", epochs);
        atLeastOne("patience", patience);
        atLeastOne("batchSize", batchSize);
        atLeastOne("shardSize", shardSize);
        if (draws < 0) {
            throw new BadInputException("training: draws is " + draws + ", must not be negative");
        }
        if (!(learningRate > 0)) {
            throw new BadInputException("training: learningRate is " + learningRate + ", must be above 0");
        }
        if (!(encoderShare > 0 && encoderShare <= 1)) {
            throw new BadInputException("training: encoderShare is " + encoderShare + ", must be in (0, 1]");
        }
        if (!(modulation >= 0)) {
            throw new BadInputException("training: modulation is " + modulation + ", must not be negative");
        }
        if (!(aloneShare >= 0 && aloneShare <= 1)) {
            throw new BadInputException("training: aloneShare is " + aloneShare + ", must be in [0, 1]");
        }
        new ModalityDropout(modalityDropout, seed); // refuses what is no share
        if (!(balance >= 0 && balance <= 1)) {
            throw new BadInputException("training: balance is " + balance + ", must be in [0, 1]");
        }
        if (!(averaging >= 0 && averaging < 1)) {
            throw new BadInputException("training: averaging is " + averaging + ", must be in [0, 1)");
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new BadInputException("training: " + what + " is " + value + ", must be at least 1");
        }
    }

    /// Former versions had one flag, `perspectives`, in place of `loss`.
    ///
    /// @param json all settings of training, or some
    public static JsonObject ofToday(JsonObject json) {
        return json.has(FORMER_LOSS)
                ? json.without(FORMER_LOSS).with("loss", json.flag(FORMER_LOSS) ? Loss.PERSPECTIVE : Loss.FUSED)
                : json;
    }

    /// In how many epochs, the first ones, each perspective is trained alone.
    int aloneEpochs() {
        return loss == Loss.ALONE_FIRST && aloneShare > 0 ? (int) Math.max(1, Math.round(aloneShare * epochs)) : 0;
    }

    /// How one modality of some utterances is hidden.
    ModalityDropout hiding() {
        return new ModalityDropout(loss == Loss.MODALITY_DROPOUT ? modalityDropout : 0, seed);
    }

    /// How many examples a backend computes together: a shard, or a whole batch where it wants that. What is
    /// computed for one of them does not depend on it.
    public int together(Backend backend) {
        return backend.wantsWholeBatches() ? Math.max(batchSize, shardSize) : shardSize;
    }

    /// Whether the test part chooses the epoch. No score of such a run may be compared with those of proper
    /// runs.
    public boolean choosesOnTest() {
        return chosenOn == EpochChoice.TEST;
    }

    /// The part whose scores are looked at after each epoch; under [EpochChoice#NOTHING] it is empty.
    Part choosingPart() {
        return choosesOnTest() ? Part.TEST : Part.VAL;
    }

    /// Whether the validation part is trained on.
    public boolean trainsOnVal() {
        return chosenOn != EpochChoice.VAL;
    }

    /// A split as it is trained on: without a validation part where that does not choose.
    public Split parts(Split split) {
        return trainsOnVal() && !split.val().isEmpty() ? split.withoutVal() : split;
    }

    /// What makes the test scores of such a run too good, one line each; empty for a proper run.
    public List<String> dishonesty() {
        return choosesOnTest() ? List.of(RunRecord.CHOSEN_ON_TEST) : List.of();
    }

    /// These settings with another seed.
    public TrainingConfig withSeed(long changed) {
        return with("seed", changed);
    }

    /// These settings with another augmentation.
    public TrainingConfig withAugmentation(AugmentationSettings changed) {
        return with("augmentation", changed);
    }

    /// These settings with one of them changed.
    ///
    /// @param setting its name
    /// @param value   of its type
    public TrainingConfig with(String setting, Object value) {
        return RecordJson.with(this, setting, value);
    }

    /// The augmentation is in it only where there is one.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    public static TrainingConfig fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
