package dev.parallax.study;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How far a study is and how long it will take. A missing cell is expected to take the mean time of its strategy's
/// cells, or of all cells where its strategy has none yet.
final class Pace {

    private final int total;
    private final int threads;
    private final TreeSet<String> missing = new TreeSet<>();
    private final Map<String, Double> seconds;

    /// @param seconds of each finished cell, by id; filled while the study goes on
    Pace(int total, int threads, List<Cell> missing, Map<String, Double> seconds) {
        this.total = total;
        this.threads = threads;
        this.seconds = seconds;
        missing.forEach(cell -> this.missing.add(cell.id()));
    }

    void finish(Cell cell) {
        missing.remove(cell.id());
    }

    int done() {
        return total - missing.size();
    }

    /// Seconds until all are finished; 0 where nothing was timed.
    double left() {
        double sum = missing.stream().mapToDouble(this::expected).sum();
        return sum / Math.min(threads, Math.max(1, missing.size()));
    }

    private double expected(String id) {
        String strategy = id.substring(0, id.indexOf('.') + 1);
        double all = seconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return seconds.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(strategy))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(all);
    }
}
