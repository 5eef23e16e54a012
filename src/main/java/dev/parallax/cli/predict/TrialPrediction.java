package dev.parallax.cli.predict;

import dev.parallax.BackendException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.model.Starter;
import dev.parallax.model.answer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A whole prediction by the starter model, from a file and a sentence, by each of some backends: do they agree?
///
/// @param backends   the names of those that answered, `scalar` first
/// @param label      the decision of the scalar backend
/// @param difference largest difference of a probability between it and another backend
public record TrialPrediction(List<String> backends, String label, double difference) {

    /// Rounding changes a probability by far less.
    private static final double LARGEST_DIFFERENCE = 1e-3;

    private static final int SAMPLE_RATE = 16000;
    private static final String SENTENCE = "I am so glad that you are here!";

    /// Whether the backends agree.
    public boolean agrees() {
        return difference <= LARGEST_DIFFERENCE;
    }

    /// Predicts.
    ///
    /// @param names of backends that are compared with the scalar one, where they run
    /// @throws IOException where no temporary file can be written
    public static TrialPrediction run(List<String> names) throws IOException {
        Path file = Files.createTempFile("parallax", ".wav");
        try {
            WavWriter.PCM_16.write(file, hum());
            List<String> backends = new ArrayList<>();
            Answer scalar = Objects.requireNonNull(answer("scalar", file), "the scalar backend runs everywhere");
            backends.add("scalar");
            double difference = 0;
            for (String name : names) {
                Answer other = name.equals("scalar") ? null : answer(name, file);
                if (other != null) {
                    backends.add(name);
                    difference = Math.max(difference, difference(scalar, other));
                }
            }
            return new TrialPrediction(backends, scalar.label(), difference);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// The answer by a backend; null where it does not run, for a reason that `doctor` prints with the backend.
    private static @Nullable Answer answer(String name, Path file) {
        try (Backend backend = Backends.choose(name, line -> {})) {
            return Starter.load(backend).predict(file, SENTENCE).decision();
        } catch (BackendException e) {
            return null;
        }
    }

    private static double difference(Answer one, Answer other) {
        double largest = 0;
        for (int c = 0; c < one.probabilities().size(); c++) {
            largest = Math.max(
                    largest,
                    Math.abs(one.probabilities().get(c) - other.probabilities().get(c)));
        }
        return largest;
    }

    /// Two seconds of a synthetic voice: twenty harmonics of a pitch that rises from 120 to 180 Hz.
    private static Audio hum() {
        float[] samples = new float[2 * SAMPLE_RATE];
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            phase += 2 * Math.PI * (120 + 60.0 * i / samples.length) / SAMPLE_RATE;
            for (int partial = 1; partial <= 20; partial++) {
                samples[i] += (float) (0.2 * Math.sin(partial * phase) / partial);
            }
        }
        return new Audio(samples, SAMPLE_RATE);
    }
}
