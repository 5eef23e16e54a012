package dev.parallax.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.nio.file.Path;

/// Measures everything and writes the page of results; `benchmarks/run` starts it.
public final class RunBenchmarks {
    private RunBenchmarks() {}
    public static void main(String... arguments) throws Exception {
        Path home = Path.of(System.getProperty("benchmarks.home"));
        Peer peer = new Peer(System.getProperty("benchmarks.python"), home.resolve("peers/pytorch_epoch.py"));
        List<EpochTimes> all = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
          all.add(EpochTimes.measure(Workload.DIALOGUE, threads, peer, 2, 2));
        }
        all.add(EpochTimes.measure(Workload.UTTERANCE, 1, peer, 1, 0));
        all.forEach(System.out::println);
    }
}
