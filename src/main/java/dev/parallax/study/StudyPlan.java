package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Split;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.NetworkConfig;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.TrainingSetup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a study is made of: strategies x losses x folds x seeds. One perspective alone is trained once, under the
/// single loss: where there is one perspective, the two losses are the same.
///
/// @param base       what all cells have in common; its split is the first fold
/// @param folds      the splits
/// @param strategies names of fusions, in the order of the tables
/// @param losses     `true` for the perspective loss, `false` for the single loss
/// @param seeds      repetitions
public record StudyPlan(
        TrainingSetup base, List<Split> folds, List<String> strategies, List<Boolean> losses, int seeds) {

    /// The perspectives alone, which every study has.
    public static final List<String> ALONE = List.of("audio", "text");

    /// What all strategies are compared with.
    public static final String REFERENCE = "late-add";

    public StudyPlan {
        folds = List.copyOf(folds);
        strategies = List.copyOf(strategies);
        losses = List.copyOf(losses);
        if (folds.isEmpty() || losses.isEmpty() || seeds < 1) {
            throw new BadInputException("study: it needs at least one fold, one loss and one seed");
        }
        strategies.forEach(Fusions::byName);
        NetworkConfig network = base.plan().network();
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

    /// What one cell trains.
    TrainingSetup setup(Cell cell) {
        NetworkConfig network = base.plan().network();
        network = ALONE.contains(cell.strategy())
                ? network.withModalities(
                        cell.strategy().equals("audio"), cell.strategy().equals("text"))
                : network.withFusion(cell.strategy());
        TrainingConfig training = TrainingConfig.fromJson(base.training()
                .toJson()
                .with("seed", base.training().seed() + cell.seed())
                .with("perspectives", cell.perspectives()));
        return new TrainingSetup(
                base.corpora(),
                base.utterances(),
                folds.get(cell.fold()),
                base.plan().withNetwork(network),
                training);
    }

    /// What every finished cell of a folder must have in common with this plan; which strategies, losses and seeds
    /// are asked for may change between two sittings.
    JsonObject identity() {
        JsonObject splits = Json.object();
        for (int i = 0; i < folds.size(); i++) {
            String text = folds.get(i).toJson().toText();
            splits = splits.with(Integer.toString(i), SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8)));
        }
        return Json.object()
                .with("corpora", base.corpora())
                .with("labels", base.plan().labels().names())
                .with("training", base.training().toJson())
                .with("network", base.plan().network().toJson())
                .with("folds", splits);
    }
}
