package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.train.FirstStage;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.TrainingSetup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a study is made of: strategies x losses x folds x seeds. One perspective alone is trained once, under the
/// single loss: where there is one perspective, the two losses are the same.
///
/// @param base       what all cells have in common; its split is the first fold
/// @param folds      the splits
/// @param strategies names of fusions, in the order of the tables
/// @param losses     that every fusion is trained with, one after the other
/// @param seeds      repetitions
/// @param variants   the settings that every cell tries, at least one
/// @param inner      for each fold the folds of the inner cross-validation that chooses among the variants; empty
///                   where the validation part chooses
/// @param equalSizes whether strategies are made about as large as the reference ([EqualSizes])
public record StudyDesign(
        TrainingSetup base,
        List<Split> folds,
        List<String> strategies,
        List<Loss> losses,
        int seeds,
        List<Variant> variants,
        List<List<Split>> inner,
        boolean equalSizes) {

    /// What all strategies are compared with.
    public static final String REFERENCE = "late-add";

    /// The loss of the reference that ways to decide without a choice of loss are compared with.
    public static Loss usual(List<Loss> losses) {
        return losses.contains(Loss.PERSPECTIVE) ? Loss.PERSPECTIVE : losses.getFirst();
    }

    public StudyDesign {
        folds = List.copyOf(folds);
        strategies = List.copyOf(strategies);
        losses = List.copyOf(losses);
        variants = List.copyOf(variants);
        inner = inner.stream().map(List::copyOf).toList();
        if (folds.isEmpty() || losses.isEmpty() || seeds < 1 || variants.isEmpty()) {
            throw new BadInputException("study: it needs at least one fold, one loss, one seed and one variant");
        }
        NetworkConfig network = base.plan().network();
        for (String strategy : strategies) {
            for (Variant variant : variants) { // refuses what cannot be built
                variant.plan()
                        .withNetwork(variant.network().withFusion(strategy))
                        .size();
            }
            losses.forEach(loss -> loss.requireFor(strategy));
        }
        if (!strategies.isEmpty() && (network.audio() == null || network.text() == null)) {
            throw new BadInputException("study: only " + (network.audio() == null ? "text" : "audio")
                    + " is read, so there is nothing to fuse; leave ‹fusions› out");
        }
        if (!inner.isEmpty() && base.first() != null) {
            throw new BadInputException("study: an inner rotation would need a first stage for each of its folds; let"
                    + " the validation part choose (leave ‹tune-by› out), or study vectors, features:DIR");
        }
        complete(folds);
    }

    /// Folds with a validation and a test part.
    ///
    /// @throws BadInputException when one lacks a part
    public static List<Split> complete(List<Split> folds) {
        for (Split fold : folds) {
            if (fold.test().isEmpty() || fold.val().isEmpty()) {
                throw new BadInputException("study: fold \"" + fold.how() + "\" has no "
                        + (fold.test().isEmpty() ? "test" : "validation")
                        + " part, and a study needs one; choose other ‹folds›, or give more utterances");
            }
        }
        return folds;
    }

    /// Every cell, in the order in which they are computed.
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (int fold = 0; fold < folds.size(); fold++) {
                for (Modality alone : alone()) {
                    cells.add(new Cell(alone.word(), Loss.FUSED, fold, seed));
                }
                for (String strategy : strategies) {
                    for (Loss loss : losses) {
                        cells.add(new Cell(strategy, loss, fold, seed));
                    }
                }
            }
        }
        return cells;
    }

    /// Whether the validation parts are kept out of training, under some settings at least.
    public boolean isValidated() {
        return variants.stream().anyMatch(variant -> !variant.training().trainsOnVal());
    }

    /// The folds as networks are trained on them: without validation parts where these are trained on.
    public List<Split> trainedFolds() {
        return isValidated() ? folds : folds.stream().map(Split::withoutVal).toList();
    }

    /// Whether no fold has a speaker in two parts, and every speaker is known.
    public boolean isSpeakerIndependent() {
        return folds.stream().allMatch(Split::speakerIndependent);
    }

    /// What makes the test scores too good under some of the settings, one line each; empty for a proper study.
    public List<String> dishonesty() {
        return Stream.concat(
                        base.dishonesty().stream(),
                        variants.stream().flatMap(variant -> variant.training().dishonesty().stream()))
                .distinct()
                .toList();
    }

    /// The modalities that are trained alone: those that the network reads.
    public List<Modality> alone() {
        NetworkConfig network = base.plan().network();
        return Arrays.stream(Modality.values())
                .filter(modality -> (modality == Modality.AUDIO ? network.audio() : network.text()) != null)
                .toList();
    }

    /// The setup that one cell trains under one of the variants.
    TrainingSetup setup(Cell cell, Variant variant) {
        return setup(cell, variant, folds.get(cell.fold()));
    }

    /// The setups that the inner cross-validation of a cell's fold trains under one of the variants.
    List<TrainingSetup> inner(Cell cell, Variant variant) {
        return inner.get(cell.fold()).stream()
                .map(split -> setup(cell, variant, split))
                .toList();
    }

    private TrainingSetup setup(Cell cell, Variant variant, Split split) {
        NetworkConfig network = network(cell.strategy(), variant);
        TrainingConfig training = variant.training().withSeed(seed(cell)).with("loss", cell.loss());
        if (network.audio() == null) {
            training = training.withAugmentation(AugmentationSettings.NONE); // nothing is heard
        }
        FirstStage first = base.first();
        @Nullable
        FirstStage seeded = first == null
                ? null
                : new FirstStage(first.plan(), first.training().withSeed(seed(cell)));
        return base.like(split, variant.plan().withNetwork(network), training, seeded);
    }

    /// The seed of everything in a cell.
    public long seed(Cell cell) {
        return base.training().seed() + cell.seed();
    }

    /// The network of a strategy, or of a perspective alone.
    public NetworkConfig network(String strategy, Variant variant) {
        Modality alone = Modality.named(strategy);
        if (alone != null) {
            return variant.network().withModalities(alone == Modality.AUDIO, alone == Modality.TEXT);
        }
        return equalSizes
                ? EqualSizes.of(variant.plan(), strategy)
                : variant.network().withFusion(strategy);
    }

    /// By which share of its size a strategy's models are larger than those of the reference, word vectors aside; below
    /// 0 where they are smaller. Of several variants the farthest from 0.
    public double excess(String strategy) {
        return variants.stream()
                .map(variant -> EqualSizes.excess(variant.plan(), network(strategy, variant)))
                .max(Comparator.comparingDouble(Math::abs))
                .orElseThrow();
    }

    /// Whether an [#excess] is too large for models of equal size.
    public static boolean isFar(double excess) {
        return Math.abs(excess) > EqualSizes.TOLERANCE;
    }

    /// The variant of a name.
    public Variant variant(String name) {
        return variants.stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("study: a finished cell was made with \"" + name
                        + "\", which this study does not try; give a new folder, or the options it began with"));
    }

    /// What every finished cell of a folder must have in common with this plan. The strategies, losses and
    /// seeds may change between two runs.
    JsonObject identity() {
        JsonObject splits = hashes(folds);
        JsonObject rotations = Json.object();
        for (int i = 0; i < inner.size(); i++) {
            rotations = rotations.with(Integer.toString(i), hashes(inner.get(i)));
        }
        List<Json> tried = new ArrayList<>();
        for (Variant variant : variants) {
            tried.add(Json.object()
                    .with("name", variant.name())
                    .with("features", variant.features())
                    .with("network", variant.network().toJson())
                    .with("training", variant.training().toJson()));
        }
        FirstStage first = base.first();
        return Json.object()
                .with("corpora", base.corpora())
                .with("labels", base.plan().labels().names())
                .with("equalSizes", equalSizes)
                .with("variants", Json.array(tried))
                .with("model", base.plan() instanceof UtteranceModelSpec plan ? plan.toJson() : new Json.Null())
                .with("first", first == null ? new Json.Null() : first.toJson())
                .with("utterances", SafeFiles.sha256(utterances().getBytes(StandardCharsets.UTF_8)))
                .with("folds", splits)
                .with("inner", rotations);
    }

    private static JsonObject hashes(List<Split> splits) {
        JsonObject hashes = Json.object();
        for (int i = 0; i < splits.size(); i++) {
            String text = splits.get(i).toJson().toText();
            hashes = hashes.with(Integer.toString(i), SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8)));
        }
        return hashes;
    }

    /// The training data of the cells beside recordings and vectors, whose checksums are in the folds.
    private String utterances() {
        StringBuilder text = new StringBuilder();
        for (Utterance utterance : base.utterances()) {
            text.append(Json.array(
                            utterance.id(),
                            String.valueOf(utterance.emotion()),
                            String.valueOf(utterance.text()),
                            String.valueOf(utterance.speaker()),
                            String.valueOf(utterance.dialogue()),
                            Integer.toString(utterance.turn()))
                    .toText());
        }
        return text.toString();
    }
}
