package dev.parallax.benchmarks;

/// The part of the page about what begins with samples: features and predictions.
final class SampleSection {

    private static final double MOST_MICROSECONDS_A_FRAME = 4.0;
    private static final double MOST_MILLISECONDS_A_PREDICTION = 3.0;

    private SampleSection() {}

    /// Measures and writes.
    static String measure() {
        Medians medians = new Medians();
        medians.measure(Medians.options("MfccBenchmark|PredictBenchmark"));
        double frame = medians.of("MfccBenchmark") / MfccBenchmark.FRAMES;
        double standard = medians.of("PredictBenchmark", "standard") / 1000;
        double starter = medians.of("PredictBenchmark", "starter") / 1000;
        return """
                ## From samples

                %s

                JMH, one thread, medians.

                | what | measured | bar |
                |---|---|---|
                | MFCC of 60 s (16 kHz, 512 point, hop 160, 40 mels, 20 coefficients), a frame | %s µs | %s |
                | predict, warm, 4 s and a sentence: the default features and network | %s ms | %s |
                | the same: the starter model, whose features have pitch among them | %s ms | %s |
                """.formatted(
                        Machine.line(),
                        Say.number(frame, 2),
                        Say.atMost(frame, MOST_MICROSECONDS_A_FRAME),
                        Say.number(standard, 2),
                        Say.atMost(standard, MOST_MILLISECONDS_A_PREDICTION),
                        Say.number(starter, 2),
                        Say.atMost(starter, MOST_MILLISECONDS_A_PREDICTION));
    }
}
