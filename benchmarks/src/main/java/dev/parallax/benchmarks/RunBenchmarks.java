package dev.parallax.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures and writes the page of results; `benchmarks/run` starts it.
///
/// Each section is kept by itself and names its own commit, so that one can be measured again without the
/// others.
public final class RunBenchmarks {

    private static final String USAGE =
            "usage: benchmarks/run [dialogue | utterance | kernels | samples] [--rounds N]; by default all";

    private static final List<String> SECTIONS = List.of("dialogue", "utterance", "kernels", "samples");

    private final Path home = Path.of(System.getProperty("benchmarks.home", "benchmarks"));
    private final List<String> chosen = new ArrayList<>();
    private int rounds = 5;

    private RunBenchmarks(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            String next = i + 1 < arguments.length ? arguments[i + 1] : "";
            if (SECTIONS.contains(argument)) {
                chosen.add(argument);
            } else if (argument.equals("--rounds") && next.matches("[1-9]\\d?")) {
                rounds = Integer.parseInt(next);
                i++;
            } else {
                Say.line(argument + ": " + USAGE);
                System.exit(2);
            }
        }
    }

    public static void main(String... arguments) throws IOException {
        System.setProperty("benchmarks.load", Machine.load());
        new RunBenchmarks(arguments).run();
    }

    private void run() throws IOException {
        for (String section : SECTIONS) {
            if (chosen.isEmpty() || chosen.contains(section)) {
                write(section, measured(section));
            }
        }
        StringBuilder page = new StringBuilder("""
                # Results

                Written by `benchmarks/run`; `README.md` says what is measured and how. A ratio below 1 is in favour of
                Parallax where times are compared, one above 1 where rates are.

                """);
        for (String section : SECTIONS) {
            if (Files.exists(file(section))) {
                page.append(Files.readString(file(section))).append('\n');
            }
        }
        Files.writeString(home.resolve("RESULTS.md"), page.toString().stripTrailing() + "\n");
        Say.line("wrote " + home.resolve("RESULTS.md"));
    }

    private String measured(String section) {
        Peer peer =
                new Peer(System.getProperty("benchmarks.python", "python3"), home.resolve("peers/pytorch_epoch.py"));
        return switch (section) {
            case "dialogue" -> EpochSection.measure(Workload.DIALOGUE, peer, rounds);
            case "utterance" -> EpochSection.measure(Workload.UTTERANCE, peer, rounds);
            case "kernels" -> KernelSection.measure();
            default -> SampleSection.measure();
        };
    }

    private void write(String section, String text) throws IOException {
        Files.createDirectories(file(section).getParent());
        Files.writeString(file(section), text);
    }

    private Path file(String section) {
        return home.resolve("target/results/" + section + ".md");
    }
}
