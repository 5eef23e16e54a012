package dev.parallax.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An epoch of training on a corpus that is larger than the heap, through `bin/parallax train`, from recordings and
/// sentences to a scored model.
///
/// @param seconds    wall-clock time of the command
/// @param peak       its peak of physical memory [bytes]
/// @param live       the most heap in use after a full collection [bytes]
/// @param full       number of full collections
/// @param corpus     size of the recordings [bytes]
/// @param cache      size of their features on disk [bytes]
/// @param said       its last line about the epoch
record LargeRun(double seconds, double peak, double live, int full, long corpus, long cache, String said) {

    private static final String HEAP = "-Xmx1g";
    private static final Pattern FULL = Pattern.compile("Pause Full .*->(\\d+)M\\(");

    /// Makes the corpus in a temporary folder, which is deleted afterwards.
    ///
    /// @param parallax the launcher
    static LargeRun measure(Path parallax, int utterances) throws IOException {
        Path folder = Files.createTempDirectory("parallax-large-");
        try {
            Path recordings = Files.createDirectory(folder.resolve("recordings"));
            Path cache = folder.resolve("cache");
            Path log = folder.resolve("gc.log");
            Path said = folder.resolve("said");
            Path manifest = LargeCorpus.write(recordings, utterances);
            ProcessBuilder builder = new ProcessBuilder(
                            parallax.toString(),
                            "train",
                            "--corpus",
                            "manifest:" + manifest,
                            "--modalities",
                            "audio,text",
                            "--set",
                            "training.epochs=1",
                            "--cache",
                            cache.toString(),
                            "--out",
                            folder.resolve("out").toString())
                    .redirectOutput(folder.resolve("table").toFile())
                    .redirectError(said.toFile());
            builder.environment().put("PARALLAX_JAVA_OPTS", HEAP + " -Xlog:gc:file=" + log);
            long start = System.nanoTime();
            Process process = builder.start();
            double peak = peakOf(process);
            double seconds = (System.nanoTime() - start) * 1e-9;
            List<String> lines = Files.readAllLines(said);
            if (process.exitValue() != 0) {
                throw new IllegalStateException("parallax train: ended with " + process.exitValue() + ": "
                        + lines.subList(Math.max(0, lines.size() - 3), lines.size()));
            }
            String epoch = lines.stream()
                    .filter(line -> line.contains("validation loss"))
                    .reduce("", (_, last) -> last.strip().replaceAll(" +", " "));
            List<Long> live = Files.readAllLines(log).stream()
                    .map(FULL::matcher)
                    .filter(Matcher::find)
                    .map(found -> Long.parseLong(found.group(1)) << 20)
                    .toList();
            double most = live.stream().mapToLong(Long::longValue).max().orElse(0);
            return new LargeRun(seconds, peak, most, live.size(), size(recordings), size(cache), epoch);
        } finally {
            delete(folder);
        }
    }

    /// The launcher becomes the JVM (`exec`), so its process number is the JVM's.
    private static double peakOf(Process process) {
        double peak = 0;
        try {
            while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
                double now = Memory.peak(Long.toString(process.pid()));
                peak = Double.isNaN(now) ? peak : now;
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while parallax trained", e);
        }
        return peak;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /// Its paragraph on the page.
    String text(int utterances) {
        return String.format(
                Locale.ROOT,
                """
                %d different recordings of %.1f to %.1f s with sentences (%.1f GB, `LargeCorpus`), one epoch of
                `parallax train --modalities audio,text` with `%s`: features, training, validation, test and report
                took %.0f s. Peak %.2f GB of physical memory; at most %.0f MB of the heap in use after a full collection,
                of which there were %d; %.1f GB of features on disk. What it said: `%s`.
                """,
                utterances,
                LargeCorpus.LEAST_SECONDS,
                LargeCorpus.MOST_SECONDS,
                corpus * 1e-9,
                HEAP,
                seconds,
                peak * 1e-9,
                live * 1e-6,
                full,
                cache * 1e-9,
                said);
    }
}
