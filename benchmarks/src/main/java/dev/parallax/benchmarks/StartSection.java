package dev.parallax.benchmarks;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of the page about cold starts: whole processes, from the shell's call to the end.
final class StartSection {

    private static final int RUNS = 11;
    private static final double MOST_SECONDS = 0.6;

    private StartSection() {}

    /// Measures and returns the text.
    ///
    /// @param launcher `bin/parallax`
    static String measure(Path launcher) throws IOException {
        Path clip = Files.createTempFile("benchmark", ".wav");
        try {
            Audio noise = MfccBenchmark.noise(4 * 16_000);
            WavWriter.PCM_16.write(clip, noise);
            return measure(launcher.toAbsolutePath().normalize(), clip);
        } finally {
            Files.delete(clip);
        }
    }

    private static String measure(Path launcher, Path clip) throws IOException {
        Path jar = launcher.resolve("../../target/parallax.jar").normalize();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> asks = List.of("predict", "--audio", clip.toString(), "--text", PredictBenchmark.TEXT);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("`bin/parallax predict --audio CLIP --text SENTENCE`", plus(List.of(launcher.toString()), asks));
        commands.put(
                "the same with `--backend vector`",
                plus(plus(List.of(launcher.toString()), asks), List.of("--backend", "vector")));
        commands.put(
                "`java -jar parallax.jar predict ...`, without the start-up cache",
                plus(
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-jar",
                                jar.toString()),
                        asks));
        commands.put("`java -version`, which does nothing", List.of(java, "-XX:+UseSerialGC", "-version"));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int run = -1; run < RUNS; run++) { // the first builds missing files and warms the disk cache
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double seconds = seconds(command.getValue());
                if (run >= 0) {
                    times.computeIfAbsent(command.getKey(), name -> new ArrayList<>())
                            .add(seconds);
                }
            }
        }
        StringBuilder rows = new StringBuilder();
        times.forEach((name, all) -> {
            double median = EpochTimes.median(all);
            boolean first = rows.isEmpty();
            rows.append("| ").append(name);
            rows.append(" | ").append(Say.number(median, 2));
            rows.append(" | ")
                    .append(first ? Say.atMost(median, MOST_SECONDS) : "")
                    .append(" |\n");
        });
        return """
                ## Cold starts

                %s

                Whole processes, the starter model, a clip of 4 s and a sentence; medians of %d, in turn [s].

                | command | time | bar |
                |---|---|---|
                %s""".formatted(Machine.line(), RUNS, rows);
    }

    private static List<String> plus(List<String> first, List<String> last) {
        List<String> all = new ArrayList<>(first);
        all.addAll(last);
        return all;
    }

    private static double seconds(List<String> command) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": exit " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a start was timed", e);
        }
        return (System.nanoTime() - start) * 1e-9;
    }
}
