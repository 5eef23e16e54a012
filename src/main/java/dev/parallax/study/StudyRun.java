package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
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

/// Computes the cells of a study, several at a time, each on one thread. A finished cell is a file in `cells`: what is
/// there is not computed again, so a study that was killed goes on where it was.
public final class StudyRun {

    private static final String IDENTITY = "study.json";
    private static final String TIMING = "timing.json";

    /// Told how far it is, one call at a time.
    public interface Listener {
        /// A cell was found finished, or has been finished.
        ///
        /// @param seconds it took; 0 where it was found
        void finished(Cell cell, int done, int total, double seconds);
    }

    /// Trains one cell; the same setup gives the same result.
    @FunctionalInterface
    public interface Training {
        TrainingRun.Result run(TrainingSetup setup);
    }

    private final StudyPlan plan;
    private final Training training;
    private final int threads;

    /// @param training how one cell is trained, on one thread; several at once
    /// @param threads  cells at a time, at least 1
    public StudyRun(StudyPlan plan, Training training, int threads) {
        this.plan = plan;
        this.training = training;
        this.threads = threads;
    }

    /// Computes what is missing.
    ///
    /// @param folder of the study, new or that of the same study
    /// @return every cell's result, in the order of the plan
    /// @throws BadInputException when the folder holds a study of other data, folds or settings
    public List<CellResult> run(Path folder, Listener listener) {
        SafeFiles.createFolder(folder.resolve("cells"));
        claim(folder);
        List<Cell> cells = plan.cells();
        List<Cell> missing = new ArrayList<>();
        int done = 0;
        for (Cell cell : cells) {
            if (Files.exists(CellResult.file(folder, cell))) {
                listener.finished(cell, ++done, cells.size(), 0);
            } else {
                missing.add(cell);
            }
        }
        compute(folder, missing, done, cells.size(), listener);
        return cells.stream().map(cell -> CellResult.read(folder, cell)).toList();
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

    private void compute(Path folder, List<Cell> missing, int found, int total, Listener listener) {
        Map<String, Double> seconds = times(folder);
        int[] done = {found};
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Cell cell : missing) {
                running.add(pool.submit(() -> {
                    TrainingRun.Result result = training.run(plan.setup(cell));
                    synchronized (seconds) {
                        CellResult.of(cell, result).write(folder);
                        seconds.put(cell.id(), result.seconds());
                        writeTimes(folder, seconds);
                        listener.finished(cell, ++done[0], total, result.seconds());
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            running.forEach(one -> one.cancel(true));
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a study; run it again to go on", e);
        } catch (ExecutionException e) {
            running.forEach(one -> one.cancel(true));
            if (e.getCause() instanceof BadInputException bad) {
                throw bad;
            }
            throw new IllegalStateException("a cell of the study failed: " + e.getCause(), e.getCause());
        }
    }

    /// Those of earlier sittings.
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
