package dev.parallax.study;

import dev.parallax.io.Json;
import dev.parallax.io.SafeFiles;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyFindings.Tried;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Chooses among the variants of a study by an inner cross-validation. The training and validation parts of a fold
/// are split again into inner folds, and every variant is trained on each. The unweighted accuracy of the
/// predictions pooled over them decides; of equally good variants the first is taken. The test part of the outer
/// fold takes no part. Done once for each strategy, loss and fold, with the first seed, and kept in `tuning`, so
/// that a study that was killed goes on.
///
/// Source: nested cross-validation, Varma, Simon, "Bias in error estimation when using cross-validation for model
/// selection", BMC Bioinformatics 7 (2006).
final class Rotation {

    private final StudyDesign plan;
    private final StudyRun.Training training;
    private final Path folder;
    private final Map<String, Lazy<Tried>> made = new ConcurrentHashMap<>();

    /// @param plan   with inner folds
    /// @param folder of the study
    Rotation(StudyDesign plan, StudyRun.Training training, Path folder) {
        this.plan = plan;
        this.training = training;
        this.folder = folder;
    }

    /// What was tried for a cell's strategy, loss and fold.
    Tried of(Cell cell) {
        Cell first = new Cell(cell.strategy(), cell.loss(), cell.fold(), 0);
        return made.computeIfAbsent(first.id(), _ -> new Lazy<>(() -> found(first)))
                .get();
    }

    private Tried found(Cell cell) {
        Path file = file(folder, cell);
        if (Files.exists(file)) {
            return read(folder, cell);
        }
        LossChoice loss = cell.alone() == null ? LossChoice.of(cell.loss()) : LossChoice.NONE;
        List<Tried.Score> scores = new ArrayList<>();
        for (Variant variant : plan.variants()) {
            scores.add(new Tried.Score(variant.name(), score(cell, variant)));
        }
        Tried tried = new Tried(cell.strategy(), loss, cell.fold() + 1, scores);
        SafeFiles.createFolder(Objects.requireNonNull(file.getParent()));
        SafeFiles.write(file, StudyJson.tried(tried).toIndentedText().getBytes(StandardCharsets.UTF_8));
        return tried;
    }

    private double score(Cell cell, Variant variant) {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (TrainingSetup setup : plan.inner(cell, variant)) {
            try (TrainingRun.Result result = training.run(setup)) {
                LabelledLogits said = LabelledLogits.of(result.unseen());
                for (int i = 0; i < said.ids().size(); i++) {
                    builder.add(said.ids().get(i), said.truth(i), said.decision(i));
                }
            }
        }
        builder.endSeed();
        return builder.build().unweightedAccuracy().mean();
    }

    /// What [#of] kept for a cell.
    static Tried read(Path folder, Cell cell) {
        return StudyJson.tried(Json.parseObject(file(folder, cell)));
    }

    /// Where it is kept.
    static Path file(Path folder, Cell cell) {
        String name = cell.strategy() + "." + cell.loss().word() + ".fold" + cell.fold() + ".json";
        return folder.resolve("tuning").resolve(name);
    }
}
