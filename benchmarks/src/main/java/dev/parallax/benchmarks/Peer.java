package dev.parallax.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// PyTorch on the CPU, in a process of its own: `peers/pytorch_epoch.py`.
///
/// @param python the interpreter
/// @param script the peer
record Peer(String python, Path script) {

    private static final String NONE = "no PyTorch";
    private static final Pattern SECONDS = Pattern.compile("\"seconds\": ([0-9.]+)");
    private static final Pattern PEAK = Pattern.compile("peak ([0-9]+)");

    /// The version of its PyTorch, or what is missing.
    String version() {
        String said = run(List.of(
                python,
                "-c",
                "import torch, platform; print('PyTorch', torch.__version__, 'Python', platform.python_version())"));
        String waiting = System.getenv("OMP_WAIT_POLICY");
        String policy = waiting == null ? "" : ", OMP_WAIT_POLICY=" + waiting;
        return said.startsWith("PyTorch") ? said.strip() + policy : NONE;
    }

    boolean isThere() {
        return !version().equals(NONE);
    }

    /// One epoch after one that is not timed [s].
    ///
    /// @param mode `packed` or `padded`
    OptionalDouble epoch(Workload workload, int threads, String mode) {
        List<String> command = new ArrayList<>(List.of(python, script.toString(), workload.peerName()));
        command.addAll(List.of(String.valueOf(threads), "1", mode));
        Matcher matcher = SECONDS.matcher(run(command));
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    /// The most that a process with one epoch after another ever had in physical memory [bytes].
    ///
    /// @param mode `packed` or `padded`
    OptionalDouble peak(Workload workload, int threads, String mode) {
        List<String> command = new ArrayList<>(List.of(python, "-c", """
                import runpy, sys
                sys.argv = sys.argv[1:]
                runpy.run_path(sys.argv[0], run_name='__main__')
                print('peak', [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])
                """, script.toString(), workload.peerName()));
        command.addAll(List.of(String.valueOf(threads), "1", mode));
        Matcher matcher = PEAK.matcher(run(command));
        return matcher.find() ? OptionalDouble.of(1024 * Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer ran", e);
        }
    }
}
