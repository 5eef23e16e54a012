package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.train.EpochScore;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Computes the cells of a study, several at a time, each on one thread. A finished cell is a file in `cells` and is
/// not computed again, so a study that was killed goes on where it was.
public final class StudyRun {

    private static final String IDENTITY = "study.json";
    private static final String TIMING = "timing.json";

    /// Receives the progress, one call at a time.
    public interface Listener {
        /// A cell was found finished, or has been finished.
        ///
        /// @param seconds it took; 0 where it was found
        /// @param left    estimate of the seconds until all are finished
        void finished(Cell cell, int done, int total, double seconds, double left);
    }

    /// Trains; the same setup gives the same result. Called by several threads at once.
    public interface Training {
        /// Trains one cell, on one thread.
        TrainingRun.Result run(TrainingSetup setup);

        /// The utterances of a setup with the vectors of its first stage, which is trained, on one thread,
        /// unless it is in `file`, where it is stored.
        List<Utterance> vectors(TrainingSetup setup, Path file);
    }

    /// Other machines, on which cells are computed.
    public interface Cluster {

        /// Computes cells, in any order.
        ///
        /// @param cells    their ids
        /// @param finished receives each, one call at a time
        void compute(List<String> cells, Consumer<FinishedCell> finished);
    }

    private final StudyDesign plan;
    private final Training training;
    private final int threads;

    /// @param training how one cell is trained
    /// @param threads  cells at a time, at least 1
    public StudyRun(StudyDesign plan, Training training, int threads) {
        this.plan = plan;
        this.training = training;
        this.threads = threads;
    }

    /// Computes what is missing.
    ///
    /// @param folder of the study, new or that of the same study
    /// @return every cell's result, in the order of the plan
    /// @throws BadInputException when the folder is of a study of other data, folds or settings
    public List<CellResult> run(Path folder, Listener listener) {
        return run(folder, listener, null);
    }

    /// The same where other machines compute.
    ///
    /// @param cluster these machines, or null
    public List<CellResult> run(Path folder, Listener listener, @Nullable Cluster cluster) {
        open(folder);
        List<Cell> cells = plan.cells();
        List<Cell> missing = new ArrayList<>();
        int done = 0;
        for (Cell cell : cells) {
            if (Files.exists(CellResult.file(folder, cell))) {
                listener.finished(cell, ++done, cells.size(), 0, 0);
            } else {
                missing.add(cell);
            }
        }
        if (cluster == null) {
            compute(folder, missing, listener);
        } else if (!missing.isEmpty()) {
            compute(folder, missing, cluster, listener);
        }
        return cells.stream().map(cell -> CellResult.read(folder, cell)).toList();
    }

    private void open(Path folder) {
        SafeFiles.createFolder(folder);
        claim(folder); // first of all, so that a folder with any file of a study is marked as one
        SafeFiles.createFolder(folder.resolve("cells"));
    }

    /// Computes one cell for a study in another folder, perhaps on another machine.
    ///
    /// @param folder of this machine: what cells have in common stays there for the next
    /// @param id     of the cell
    public FinishedCell compute(Path folder, String id) {
        open(folder);
        Cell cell = plan.cells().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BadInputException("study: there is no cell " + id + " in it"));
        long start = System.nanoTime();
        if (!Files.exists(CellResult.file(folder, cell))) {
            compute(folder, List.of(cell), (_, _, _, _, _) -> {});
        }
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : List.of(CellResult.file(folder, cell), Rotation.file(folder, cell))) {
            if (Files.exists(file)) {
                files.put(folder.relativize(file).toString(), SafeFiles.read(file));
            }
        }
        return new FinishedCell(id, (System.nanoTime() - start) / 1e9, files);
    }

    /// Has other machines compute what is missing. Each cell is stored as soon as it comes.
    private void compute(Path folder, List<Cell> missing, Cluster cluster, Listener listener) {
        Map<String, Double> seconds = times(folder);
        Map<String, Cell> byId = new TreeMap<>();
        missing.forEach(cell -> byId.put(cell.id(), cell));
        int found = plan.cells().size() - missing.size();
        cluster.compute(List.copyOf(byId.keySet()), finished -> {
            Cell cell = byId.remove(finished.id());
            if (cell == null) {
                return; // a second copy of the same
            }
            finished.write(folder);
            seconds.put(finished.id(), finished.seconds());
            writeTimes(folder, seconds);
            int done = found + missing.size() - byId.size();
            listener.finished(cell, done, plan.cells().size(), finished.seconds(), 0);
        });
    }

    private void claim(Path folder) {
        Path file = folder.resolve(IDENTITY);
        JsonObject identity = plan.identity();
        if (!Files.exists(file)) {
            SafeFiles.write(file, identity.toIndentedText().getBytes(StandardCharsets.UTF_8));
        } else if (!Json.parseObject(file).toText().equals(identity.toText())) {
            throw new BadInputException(
                    "study: " + folder
                            + " holds a study of other data, folds or settings; give a new folder, or the options it began with");
        }
    }

    private void compute(Path folder, List<Cell> missing, Listener listener) {
        Map<String, Double> seconds = times(folder);
        Pace pace = new Pace(plan.cells().size(), threads, missing, seconds);
        FirstStages stages = new FirstStages(plan, training, folder);
        Rotation rotation = new Rotation(plan, training, folder);
        List<Future<?>> running = new ArrayList<>();
        AtomicBoolean stopped = new AtomicBoolean(); // the pool waits for cells that have begun, no others begin
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Cell cell : missing) {
                running.add(pool.submit(() -> {
                    if (stopped.get()) {
                        return;
                    }
                    try {
                        long start = System.nanoTime();
                        CellResult result = best(cell, stages, rotation);
                        double took = (System.nanoTime() - start) / 1e9;
                        synchronized (seconds) {
                            result.write(folder);
                            seconds.put(cell.id(), took);
                            writeTimes(folder, seconds);
                            pace.finish(cell);
                            listener.finished(cell, pace.done(), plan.cells().size(), took, pace.left());
                        }
                    } catch (RuntimeException | Error e) {
                        stopped.set(true);
                        throw e;
                    }
                }));
            }
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } finally {
                stopped.set(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a study; run it again to go on", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BadInputException bad) {
                throw bad;
            }
            throw new IllegalStateException("a cell of the study failed: " + e.getCause(), e.getCause());
        }
    }

    /// The result under the variant that the inner cross-validation prefers, where there is one, else the validation
    /// part; of equally good ones the first.
    private CellResult best(Cell cell, FirstStages stages, Rotation rotation) {
        if (!plan.inner().isEmpty()) {
            Variant chosen = plan.variant(rotation.of(cell).chosen());
            try (TrainingRun.Result result = training.run(plan.setup(cell, chosen))) {
                return CellResult.of(cell, chosen.name(), result);
            }
        }
        @Nullable CellResult best = null;
        @Nullable EpochScore highest = null;
        for (Variant variant : plan.variants()) {
            try (TrainingRun.Result result = training.run(stages.prepared(plan.setup(cell, variant), cell))) {
                EpochScore score = result.history().get(result.bestEpoch() - 1).score(View.DECISION);
                if (highest == null || score.isBetterThan(highest)) {
                    best = CellResult.of(cell, variant.name(), result);
                    highest = score;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("a study without variants");
        }
        return best;
    }

    /// The seconds of cells from earlier runs.
    private static Map<String, Double> times(Path folder) {
        Map<String, Double> seconds = new TreeMap<>();
        if (Files.exists(folder.resolve(TIMING))) {
            JsonObject json = Json.parseObject(folder.resolve(TIMING));
            json.fields().keySet().forEach(id -> seconds.put(id, json.number(id)));
        }
        return seconds;
    }

    /// Times are kept apart from results, which are the same each time.
    private static void writeTimes(Path folder, Map<String, Double> seconds) {
        JsonObject json = Json.object();
        for (Map.Entry<String, Double> entry : seconds.entrySet()) {
            json = json.with(entry.getKey(), entry.getValue());
        }
        SafeFiles.write(folder.resolve(TIMING), json.toIndentedText().getBytes(StandardCharsets.UTF_8));
    }
}
