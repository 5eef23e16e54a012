package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Count;
import dev.parallax.io.FolderLock;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.setup.request.StudyRequest;
import dev.parallax.study.BaselineChoice;
import dev.parallax.study.Baselines;
import dev.parallax.study.Cell;
import dev.parallax.study.CellResult;
import dev.parallax.study.FinishedCell;
import dev.parallax.study.StudyDesign;
import dev.parallax.study.StudyResults;
import dev.parallax.study.StudyRun;
import dev.parallax.train.FirstStage;
import dev.parallax.train.Trainer;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import dev.parallax.train.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Every way to fuse, under the losses that are named, over folds and seeds, with intervals and tests. Finished
/// cells are kept in the study's folder: the same request goes on where it was stopped.
public final class Study {

    private final PreparedStudy prepared;
    private final Backend backend;
    private final int threads;
    private final Remarks remarks;
    private final OneThread training;

    private Study(PreparedStudy prepared, Backend backend, int threads, Remarks remarks) {
        this.prepared = prepared;
        this.backend = backend;
        this.threads = threads;
        this.remarks = remarks;
        this.training = new OneThread();
    }

    /// Runs on all processors, with the fastest backend of this machine, and reports nothing.
    ///
    /// @throws BadInputException when the request cannot be carried out
    public static StudyOutcome run(StudyRequest request) {
        int threads = Runtime.getRuntime().availableProcessors();
        return run(request, Backends.fastest(), threads, Remarks.NONE);
    }

    /// Runs the cells that are not finished, and writes `results.json`, `results.csv`, `timing.json` and one file
    /// per cell.
    ///
    /// @param threads cells at a time, each on one thread, at least 1
    /// @param remarks receives what is done
    /// @throws BadInputException when the request cannot be carried out
    public static StudyOutcome run(StudyRequest request, Backend backend, int threads, Remarks remarks) {
        return run(request, backend, threads, remarks, null);
    }

    /// The same where other machines compute the cells ([#onWorker] does so there); the tables are computed here.
    ///
    /// @param cluster these machines, or null
    public static StudyOutcome run(
            StudyRequest request, Backend backend, int threads, Remarks remarks, StudyRun.@Nullable Cluster cluster) {
        Path out = request.out();
        requireOurs(out);
        try (FolderLock _ = FolderLock.of(out, remarks::warn)) {
            PreparedStudy prepared = PreparedStudy.of(request, backend, threads, remarks);
            return new Study(prepared, backend, threads, remarks).run(cluster);
        }
    }

    /// A study of which this machine computes some cells ([#compute]) for another.
    ///
    /// @param request that of the other machine, with a folder of this one, which keeps what cells have in common
    /// @throws BadInputException when the request cannot be carried out
    public static Study onWorker(StudyRequest request, Backend backend, Remarks remarks) {
        return new Study(PreparedStudy.of(request, backend, 1, remarks), backend, 1, remarks);
    }

    /// Computes a cell, on one thread. Several threads may each compute one.
    ///
    /// @param id of the cell, as [StudyRun.Cluster] is given it
    public FinishedCell compute(String id) {
        return new StudyRun(prepared.design(), training, 1)
                .compute(prepared.request().out(), id);
    }

    private static void requireOurs(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new BadInputException("study: ‹out " + out + "› is a file; give a folder");
        }
        if (!FolderLock.isEmpty(out) && !Files.exists(out.resolve("study.json"))) {
            throw new BadInputException("study: " + out + " holds something that is no study; give another folder");
        }
    }

    private StudyOutcome run(StudyRun.@Nullable Cluster cluster) {
        Path out = prepared.request().out();
        StudyDesign design = prepared.design();
        PreparedTraining base = prepared.base();
        String fused = design.strategies().isEmpty()
                ? "perspectives alone, "
                : Count.of(design.strategies().size(), "strategy", "strategies") + ", "
                        + Count.of(design.losses().size(), "loss", "losses") + ", ";
        remarks.log(
                "study: " + fused + Count.of(design.folds().size(), "fold") + ", " + Count.of(design.seeds(), "seed")
                        + ": " + Count.of(design.cells().size(), "cell"));
        List<CellResult> cells = new StudyRun(design, training, threads)
                .run(out, (cell, done, total, seconds, left) -> tell(cell, done, total, seconds, left), cluster);
        boolean linear = prepared.request().baselines() == BaselineChoice.LINEAR;
        remarks.log("now " + (linear ? "the linear models, " : "") + "the intervals and the tests");
        try (Workers workers = new Workers(threads)) {
            Baselines baselines = new Baselines(
                    design, base.single(), base.cache(), prepared.request().baselines(), workers, new FitProgress());
            StudyResults results = StudyResults.of(
                    design, cells, out, clusters(base.setup().utterances()), prepared.groups(), baselines, workers);
            StudyOutcome outcome = StudyOutcome.of(prepared, results, backend.description());
            results.write(out, outcome.toJson());
            return outcome;
        }
    }

    /// Shows how many linear models are fitted.
    private final class FitProgress implements Baselines.Listener {

        private Remarks.@Nullable Progress shown;

        @Override
        public void fitted(int done, int total) {
            if (shown == null) {
                shown = remarks.progress("linear models", total);
            }
            shown.advance(1);
            if (done == total) {
                shown.close();
                shown = null;
            }
        }
    }

    private void tell(Cell cell, int done, int total, double seconds, double left) {
        if (seconds > 0) {
            remarks.log(String.format(
                    Locale.ROOT,
                    "%d of %d: %s, %.1f s%s",
                    done,
                    total,
                    cell.id(),
                    seconds,
                    left > 0 || done == total ? String.format(Locale.ROOT, "; about %.0f s left", left) : ""));
        }
    }

    /// The speaker of each utterance, else its dialogue, where they are known.
    static Map<String, String> clusters(List<Utterance> utterances) {
        Map<String, String> clusters = new LinkedHashMap<>();
        for (Utterance utterance : utterances) {
            String cluster = utterance.speaker() == null ? utterance.dialogue() : utterance.speaker();
            if (cluster != null) {
                clusters.put(utterance.id(), cluster);
            }
        }
        return clusters;
    }

    /// Trains each cell on one thread of its own.
    private final class OneThread implements StudyRun.Training {

        private final PreparedTraining base = prepared.base();
        private final Map<String, FeatureCache> caches = new ConcurrentHashMap<>();
        private final Set<String> said = ConcurrentHashMap.newKeySet();

        /// How many kinds of features are tried.
        private final int kinds = (int) prepared.design().variants().stream()
                .map(variant -> variant.plan() instanceof UtteranceModelSpec single ? single.features() : "")
                .distinct()
                .count();

        @Override
        public TrainingRun.Result run(TrainingSetup setup) {
            try (Workers one = new Workers(1)) {
                FeatureCache cache = cacheOf(setup);
                TrainingRun run =
                        cache == null ? base.run(setup, backend, one) : TrainingRun.of(setup, cache, backend, one);
                return run.run(null, false, new Trainer.Listener() {
                    @Override
                    public void warn(String line) {
                        note(name(setup.plan().network()) + ": " + line);
                    }
                });
            }
        }

        /// The strategy, or the perspective that is trained alone.
        private static String name(NetworkConfig network) {
            if (network.audio() == null || network.text() == null) {
                return (network.audio() == null ? Modality.TEXT : Modality.AUDIO).word();
            }
            return network.fusion();
        }

        /// The cache for a variant's own features; null where it has the features that all have in common.
        private @Nullable FeatureCache cacheOf(TrainingSetup setup) {
            FeatureCache common = base.cache();
            if (common == null
                    || !(setup.plan() instanceof UtteranceModelSpec plan)
                    || plan.kind().digest().equals(common.digest())) {
                return null;
            }
            return caches.computeIfAbsent(
                    plan.kind().digest(), _ -> base.store().shared(plan.kind(), kinds));
        }

        @Override
        public List<Utterance> vectors(TrainingSetup setup, Path file) {
            FeatureCache cache = Objects.requireNonNull(base.cache());
            try (Workers one = new Workers(1)) {
                if (!Files.exists(file)) {
                    remarks.log("first stage: " + file.getFileName());
                    SafeFiles.createFolder(Objects.requireNonNull(file.getParent()));
                    try (EmotionModel made = base.run(setup, backend, one).firstStage(new Trainer.Listener() {})) {
                        made.save(file);
                    }
                }
                try (EmotionModel first = firstStage(file)) {
                    return FirstStage.withVectors(first, setup.utterances(), cache, one, this::note);
                }
            }
        }

        /// The first stage of a file, which reads with the encoders of the study.
        private EmotionModel firstStage(Path file) {
            FrozenEncoders encoders = base.single().encoders();
            return (EmotionModel)
                    Model.load(file, backend, encoders.places(), base.store().texts());
        }

        /// Reports once what all folds and seeds have in common.
        private void note(String line) {
            if (said.add(line)) {
                remarks.warn(line);
            }
        }
    }
}
