package dev.parallax.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Another library that trains the workloads on the CPU, in a process of its own.
///
/// @param name    in the table
/// @param command that starts it; workload, threads, epochs and `packed` or `padded` follow
/// @param version of the library; empty when it is missing
record Peer(String name, List<String> command, String version) {

    private static final Pattern SECONDS = Pattern.compile("\"seconds\": ([0-9.]+)");
    private static final Pattern KERNEL = Pattern.compile("([A-Z_]+) ([0-9.]+)");
    private static final Pattern PEAK = Pattern.compile("peak ([0-9]+)");

    /// The PyTorch of a Python: `peers/pytorch_epoch.py`.
    static Peer pyTorch(String python, Path script) {
        String asks =
                "import torch, platform; print('PyTorch', torch.__version__, 'Python', platform.python_version())";
        String said = run(List.of(python, "-c", asks), Redirect.DISCARD);
        return new Peer("PyTorch", List.of(python, script.toString()), said.startsWith("PyTorch") ? said.strip() : "");
    }

    /// A current libtorch: the project in `torch`, once it is built.
    static Peer libtorch(Path folder) {
        Path target = folder.resolve("target").toAbsolutePath();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", // no limit that Java sets
                "-Dorg.bytedeco.javacpp.cachedir=" + target.resolve("native"),
                "-Djava.library.path=" + target.resolve("none"), // else it finds parts of another libtorch
                "-cp",
                target.resolve("classes")
                        + File.pathSeparator
                        + target.resolve("lib").resolve("*"),
                "dev.parallax.benchmarks.torch.TorchEpoch");
        List<String> asks = new ArrayList<>(command);
        asks.add("version");
        String said = run(asks, Redirect.DISCARD);
        return new Peer("libtorch", command, said.startsWith("libtorch") ? said.strip() : "");
    }

    boolean isThere() {
        return !version.isEmpty();
    }

    /// One epoch after one that is not timed [s].
    ///
    /// @param mode `packed` or `padded`
    OptionalDouble epoch(Workload workload, int threads, String mode) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(workload.peerName(), String.valueOf(threads), "1", mode));
        Matcher matcher = SECONDS.matcher(run(whole, Redirect.INHERIT));
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    /// The times of the kernels that libtorch has [µs], by their names in [KernelCall.Kernel]; empty of another peer.
    Map<String, Double> kernels() {
        List<String> whole = new ArrayList<>(command);
        whole.add("kernels");
        Map<String, Double> times = new HashMap<>();
        for (String line : run(whole, Redirect.INHERIT).lines().toList()) {
            Matcher matcher = KERNEL.matcher(line);
            if (matcher.matches()) {
                times.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
        }
        return times;
    }

    /// The peak of physical memory of a process of the Python peer that trains epoch after epoch [bytes].
    ///
    /// @param mode `packed` or `padded`
    OptionalDouble peak(Workload workload, int threads, String mode) {
        List<String> whole =
                new ArrayList<>(List.of(command.getFirst(), "-c", """
                import runpy, sys
                sys.argv = sys.argv[1:]
                runpy.run_path(sys.argv[0], run_name='__main__')
                print('peak', [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])
                """, command.getLast(), workload.peerName()));
        whole.addAll(List.of(String.valueOf(threads), "1", mode));
        Matcher matcher = PEAK.matcher(run(whole, Redirect.INHERIT));
        return matcher.find() ? OptionalDouble.of(1024 * Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    /// Its output.
    private static String run(List<String> command, Redirect errors) {
        try {
            Process process = new ProcessBuilder(command).redirectError(errors).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a peer ran", e);
        }
    }
}
