package dev.parallax.benchmarks;

import dev.parallax.benchmarks.DeviceCheck.Limit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The same epochs in PyTorch, with packed sequences, on the same card: in single precision, and with TF32, each said.
final class DevicePeer {

    private static final int EPOCHS = 4; // of which the median is taken; one before them is not timed
    private static final int EPOCHS_OF_CPU = 1;
    private static final Pattern LINE = Pattern.compile("\"batch\": (\\d+), \"seconds\": ([0-9.]+)");
    private static final Pattern ROW =
            Pattern.compile("\\| (epoch, \\w+, batch \\d+): (Parallax|PyTorch), ([^|]*) \\| ([0-9.]+) \\|.*");

    private DevicePeer() {}

    /// @param command Python, the script, and devices with commas between: `cuda,cuda-tf32`
    static void measure(List<String> command, Limit limit) throws IOException, InterruptedException {
        for (String device : command.get(2).split(",")) {
            for (Workload workload : Workload.values()) {
                epochs(command, workload, device, limit);
            }
        }
    }

    private static void epochs(List<String> command, Workload workload, String device, Limit limit)
            throws IOException, InterruptedException {
        String name = workload.peerName();
        String batches = workload.batches().stream().map(String::valueOf).collect(Collectors.joining(","));
        String threads = String.valueOf(Runtime.getRuntime().availableProcessors());
        Process process = new ProcessBuilder(
                        command.get(0),
                        command.get(1),
                        name,
                        threads,
                        String.valueOf(device.equals("cpu") ? EPOCHS_OF_CPU : EPOCHS),
                        "packed",
                        device,
                        batches)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread end = Thread.ofVirtual().start(() -> endAfter(process, limit));
        int rows = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.find()) {
                    int batch = Integer.parseInt(matcher.group(1));
                    DeviceCheck.row(
                            DeviceEpochs.row(workload, batch) + "PyTorch, " + kind(device), matcher.group(2), "s", "");
                    rows++;
                }
            }
        } catch (IOException e) {
            Say.line(name + ", " + kind(device) + ": stopped"); // its output is closed where it is stopped
        }
        int status = process.waitFor();
        end.interrupt();
        if (rows < workload.batches().size()) {
            String why = limit.left() <= 0 ? "the time of this stage was over" : "it ended with " + status;
            String which = rows == 0 ? "all batches" : "larger batches";
            DeviceCheck.notMeasured("epoch, " + name + ", " + which + ": PyTorch, " + kind(device), why);
        }
    }

    private static String kind(String device) {
        return switch (device) {
            case "cuda" -> "cuDNN, packed, fp32";
            case "cuda-tf32" -> "cuDNN, packed, TF32";
            default -> "CPU, packed, fp32";
        };
    }

    private static void endAfter(Process process, Limit limit) {
        try {
            if (!process.waitFor((long) (1000 * Math.max(0, limit.left())), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended by itself
        }
    }

    /// The rows of epochs that were measured on both sides, divided.
    static void ratios(String file) throws IOException {
        TreeMap<String, TreeMap<String, Double>> ours = new TreeMap<>();
        TreeMap<String, TreeMap<String, Double>> peers = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(file))) {
            Matcher matcher = ROW.matcher(line);
            if (matcher.matches()) {
                var side = matcher.group(2).equals("Parallax") ? ours : peers;
                side.computeIfAbsent(matcher.group(1), _ -> new TreeMap<>())
                        .put(matcher.group(3), Double.valueOf(matcher.group(4)));
            }
        }
        ours.forEach((epoch, each) -> each.forEach((where, time) -> peers.getOrDefault(epoch, new TreeMap<>())
                .forEach((kind, peer) -> DeviceCheck.row(
                        epoch + ": Parallax, " + where + " / PyTorch, " + kind,
                        String.format(Locale.ROOT, "%.3f", time / peer),
                        "",
                        isBar(epoch, where, kind) ? Say.atMost(time / peer, 1) : ""))));
    }

    /// On the same card, in the same precision, in the batches of the workload. The number of a device of OpenCL does not
    /// say that it is the card of PyTorch, so that has no bar.
    private static boolean isBar(String epoch, String where, String kind) {
        return epoch.equals("epoch, utterance, batch 32")
                && where.startsWith("cuda")
                && kind.startsWith("cuDNN")
                && kind.endsWith("fp32");
    }
}
