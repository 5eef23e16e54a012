package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Split;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.NetworkConfig;
import dev.parallax.train.FirstStage;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.TrainingSetup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a study is made of: strategies x losses x folds x seeds. One perspective alone is trained once, under the
/// single loss: where there is one perspective, the two losses are the same.
///
/// @param base       what all cells have in common; its split is the first fold
/// @param folds      the splits
/// @param strategies names of fusions, in the order of the tables
/// @param losses     `true` for the perspective loss, `false` for the single loss
/// @param seeds      repetitions
/// @param variants   the settings that every cell tries, at least one
/// @param equalSizes whether strategies are made about as large as the reference ([EqualSizes])
public record StudyPlan(
        TrainingSetup base,
        List<Split> folds,
        List<String> strategies,
        List<Boolean> losses,
        int seeds,
        List<Variant> variants,
        boolean equalSizes) {

    /// The perspectives alone, which every study has.
    public static final List<String> ALONE = List.of("audio", "text");

    /// Models trained apart that decide together; every study has them.
    public static final List<String> DECISIONS = List.of("decision-mean", "decision-product", "decision-stack");

    /// What all strategies are compared with.
    public static final String REFERENCE = "late-add";

    public StudyPlan {
        folds = List.copyOf(folds);
        strategies = List.copyOf(strategies);
        losses = List.copyOf(losses);
        variants = List.copyOf(variants);
        if (folds.isEmpty() || losses.isEmpty() || seeds < 1 || variants.isEmpty()) {
            throw new BadInputException("study: it needs at least one fold, one loss, one seed and one variant");
        }
        NetworkConfig network = base.plan().network();
        for (String strategy : strategies) {
            base.plan().withNetwork(network.withFusion(strategy)).size(); // refuses what cannot be built
        }
        if (network.audio() == null || network.text() == null) {
            throw new BadInputException("study: this corpus gives only " + (network.audio() == null ? "text" : "audio")
                    + ", there is nothing to fuse; take one with both");
        }
        for (Split fold : folds) {
            if (fold.test().isEmpty() || fold.val().isEmpty()) {
                throw new BadInputException(
                        "study: fold \"" + fold.how() + "\" has no validation or no test part; a study needs both");
            }
        }
    }

    /// Every cell, in the order in which they are computed.
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (int fold = 0; fold < folds.size(); fold++) {
                for (String alone : ALONE) {
                    cells.add(new Cell(alone, false, fold, seed));
                }
                for (String strategy : strategies) {
                    for (boolean perspectives : losses) {
                        cells.add(new Cell(strategy, perspectives, fold, seed));
                    }
                }
            }
        }
        return cells;
    }

    /// What one cell trains under one of the variants.
    TrainingSetup setup(Cell cell, Variant variant) {
        NetworkConfig network = network(cell.strategy(), variant);
        TrainingConfig training = TrainingConfig.fromJson(
                variant.training().toJson().with("seed", seed(cell)).with("perspectives", cell.perspectives()));
        if (network.audio() == null) {
            training = training.withAugmentation(AugmentationSettings.NONE); // nothing is heard
        }
        FirstStage first = base.first();
        @Nullable
        FirstStage seeded = first == null
                ? null
                : new FirstStage(first.plan(), first.training().withSeed(seed(cell)));
        return new TrainingSetup(
                base.corpora(),
                base.utterances(),
                folds.get(cell.fold()),
                base.plan().withNetwork(network),
                training,
                base.start(),
                seeded);
    }

    /// The seed of everything in a cell.
    public long seed(Cell cell) {
        return base.training().seed() + cell.seed();
    }

    /// The network of a strategy, or of a perspective alone.
    public NetworkConfig network(String strategy, Variant variant) {
        if (ALONE.contains(strategy)) {
            return variant.network().withModalities(strategy.equals("audio"), strategy.equals("text"));
        }
        return equalSizes
                ? EqualSizes.of(base.plan().withNetwork(variant.network()), strategy)
                : variant.network().withFusion(strategy);
    }

    /// The variant of a name.
    public Variant variant(String name) {
        return variants.stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("study: a finished cell was made with \"" + name
                        + "\", which this study does not try; give a new folder, or the options it began with"));
    }

    /// What every finished cell of a folder must have in common with this plan; which strategies, losses and seeds
    /// are asked for may change between two sittings.
    JsonObject identity() {
        JsonObject splits = Json.object();
        for (int i = 0; i < folds.size(); i++) {
            String text = folds.get(i).toJson().toText();
            splits = splits.with(Integer.toString(i), SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8)));
        }
        List<Json> tried = new ArrayList<>();
        for (Variant variant : variants) {
            tried.add(Json.object()
                    .with("name", variant.name())
                    .with("network", variant.network().toJson())
                    .with("training", variant.training().toJson()));
        }
        FirstStage first = base.first();
        return Json.object()
                .with("corpora", base.corpora())
                .with("labels", base.plan().labels().names())
                .with("equalSizes", equalSizes)
                .with("variants", Json.array(tried))
                .with("first", first == null ? new Json.Null() : first.toJson())
                .with("folds", splits);
    }
}
