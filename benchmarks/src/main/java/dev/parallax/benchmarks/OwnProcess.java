package dev.parallax.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Another JVM with the same classes and the same collector.
final class OwnProcess {

    private OwnProcess() {}

    /// Runs a program that prints one name and number per line.
    ///
    /// @return the numbers, by their names
    static Map<String, Double> numbers(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-XX:MaxRAMPercentage=50", // as bin/parallax has it
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Map<String, Double> numbers = new HashMap<>();
        for (String line : run(command).lines().toList()) {
            String[] words = line.split(" ");
            numbers.put(words[0], Double.parseDouble(words[1]));
        }
        return numbers;
    }

    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": ended with " + process.exitValue());
            }
            return said;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another process ran", e);
        }
    }
}
