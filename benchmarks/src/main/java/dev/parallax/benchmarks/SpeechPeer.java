package dev.parallax.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;

/// PyTorch with the same encoder of speech, in a process of its own: `peers/pytorch_wav2vec2.py`.
final class SpeechPeer implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;
    private final BufferedWriter asks;
    private double peak = Double.NaN;

    /// @param samples file of the samples
    /// @param state   receives the last state
    SpeechPeer(String python, Path script, Path folder, Path samples, Path state) throws IOException {
        process = new ProcessBuilder(python, script.toString(), folder.toString(), samples.toString(), state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = process.inputReader();
        asks = process.outputWriter();
        if (!"ready".equals(said.readLine())) {
            throw new IllegalStateException(script + " ended before it was ready");
        }
    }

    /// Times some passes.
    void add(PassTimes times, int threads, int passes) throws IOException {
        asks.write(threads + " " + passes + "\n");
        asks.flush();
        String[] numbers = said.readLine().split(" ");
        times.add(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
        peak = Double.parseDouble(numbers[2]);
    }

    /// The peak of its memory so far [bytes].
    double peak() {
        return peak;
    }

    @Override
    public void close() throws IOException {
        asks.close();
        process.destroy();
    }
}
