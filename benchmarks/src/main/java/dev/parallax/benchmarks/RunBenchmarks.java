package dev.parallax.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Measures and writes the page of results; `benchmarks/run` starts it.
///
/// Each section names its own commit, so that one can be measured again; the others stay on the page, each behind a
/// comment with its name.
public final class RunBenchmarks {

    private static final String USAGE =
            "usage: benchmarks/run [dialogue | utterance | kernels | steps | profile | samples | start | memory | growth | encoders] [--rounds N]; by default all";

    private static final List<String> SECTIONS = List.of(
            "dialogue", "utterance", "kernels", "steps", "profile", "samples", "start", "memory", "growth", "encoders");

    /// What is on the page but measured elsewhere: a GPU, by `native/check`.
    private static final String KEPT = "device";

    private static final String MARK = "<!-- section ";

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
        Say.line("wrote " + page());
    }

    /// Puts a section in its place at once, so that it is not lost when the next one fails.
    private void write(String section, String text) throws IOException {
        Map<String, String> sections = sections();
        sections.put(section, text);
        StringBuilder page = new StringBuilder("""
                # Results

                Written by `benchmarks/run`; `README.md` says what is measured and how. A ratio below 1 is in favour of
                Parallax where times are compared, one above 1 where rates are.

                """);
        for (String name : onPage()) {
            String known = sections.get(name);
            if (known != null) {
                page.append(mark(name)).append('\n').append(known.strip()).append("\n\n");
            }
        }
        Files.writeString(page(), page.toString().stripTrailing() + "\n");
    }

    /// The sections of the present page.
    private Map<String, String> sections() throws IOException {
        Map<String, String> sections = new HashMap<>();
        String page = Files.exists(page()) ? Files.readString(page()) : "";
        for (String name : onPage()) {
            int start = page.indexOf(mark(name));
            if (start >= 0) {
                int from = start + mark(name).length();
                int to = page.indexOf(MARK, from);
                sections.put(name, page.substring(from, to < 0 ? page.length() : to));
            }
        }
        return sections;
    }

    private static List<String> onPage() {
        List<String> names = new ArrayList<>(SECTIONS);
        names.add(KEPT);
        return names;
    }

    private static String mark(String section) {
        return MARK + section + " -->";
    }

    private Path page() {
        return home.resolve("RESULTS.md");
    }

    private String measured(String section) throws IOException {
        return switch (section) {
            case "dialogue" -> epochs(Workload.DIALOGUE);
            case "utterance" -> epochs(Workload.UTTERANCE);
            case "kernels" -> KernelSection.measure(Peer.libtorch(home.resolve("torch")));
            case "steps" -> StepSection.measure();
            case "profile" -> ProfileSection.measure();
            case "samples" -> SampleSection.measure();
            case "start" -> StartSection.measure(home.resolve("../bin/parallax"));
            case "memory" -> MemorySection.measure(pyTorch(), home.resolve("../bin/parallax"));
            case "encoders" ->
                EncoderSection.measure(
                        Path.of(System.getProperty("parallax.minilm", "")),
                        System.getProperty("benchmarks.python", "python3"),
                        home.resolve("peers/pytorch_wav2vec2.py"),
                        rounds);
            default -> GrowthSection.measure();
        };
    }

    private Peer pyTorch() {
        return Peer.pyTorch(System.getProperty("benchmarks.python", "python3"), home.resolve("peers/pytorch_epoch.py"));
    }

    private String epochs(Workload workload) {
        Peer pyTorch = pyTorch();
        Peer libtorch = Peer.libtorch(home.resolve("torch"));
        for (Peer peer : List.of(pyTorch, libtorch)) {
            Say.line(peer.name() + ": " + (peer.isThere() ? peer.version() : "not there; its row will hold dashes"));
        }
        return EpochSection.measure(workload, pyTorch, libtorch, rounds);
    }
}
