package dev.parallax.benchmarks;

/// The part of the page about work on samples: features and predictions.
final class SampleSection {

    private static final double MOST_MICROSECONDS_A_FRAME = 4.0;
    private static final double MOST_OF_RESAMPLING = 1.5;
    private static final double MOST_MILLISECONDS_A_PREDICTION = 3.0;

    private SampleSection() {}

    /// Measures and returns the text.
    static String measure() {
        Medians medians = new Medians();
        medians.measure(
                Medians.options("MfccBenchmark|RateBenchmark|PredictBenchmark"),
                "onOneThread",
                "onTwoThreads",
                "onOneProcessor",
                "onAllProcessors");
        double one = medians.of("MfccBenchmark", "onOneThread");
        double two = medians.of("MfccBenchmark", "onTwoThreads");
        double frame = one / MfccBenchmark.FRAMES;
        double ratio = 2 * one / two;
        // hours of sound per second of computing: the clip's seconds / 3600, over the seconds that it takes
        double hours = MfccBenchmark.SECONDS / 3600.0 / (one * 1e-6);
        return """
                ## From samples

                %s

                JMH, medians; of predictions the 99th percentile, too. A clip's features are computed on all processors or,
                in a JVM that sees one only, on it.

                | what | measured | bar |
                |---|---|---|
                | MFCC of 60 s (16 kHz, 512 point, hop 160, 40 mels, 20 coefficients), one thread, a frame | %s µs | %s |
                | the same in hours of sound a second | %s | |
                | two clips at once on two threads, a frame | %s µs | %s |
                | the same over the rate of one thread | %s | |
                | the same in hours of sound a second | %s | |
                %s%s""".formatted(
                        Machine.line(),
                        Say.number(frame, 2),
                        Say.atMost(frame, MOST_MICROSECONDS_A_FRAME),
                        Say.number(hours, 2),
                        Say.number(frame / ratio, 2),
                        Say.atMost(frame / ratio, MOST_MICROSECONDS_A_FRAME / 2),
                        Say.number(ratio, 2),
                        Say.number(hours * ratio, 2),
                        rates(medians),
                        predictions(medians));
    }

    private static String rates(Medians medians) {
        double features = medians.of("RateBenchmark", "16000");
        StringBuilder rows = new StringBuilder("| the default features of 60 s at 16 kHz, one thread | "
                + Say.number(features / 1000, 1) + " ms | |\n");
        for (String rate : new String[] {"48000", "44100", "24414", "8000"}) {
            double ratio = medians.of("RateBenchmark", rate) / features - 1;
            rows.append("| what resampling from ")
                    .append(rate)
                    .append(" Hz adds, as a share of that | ")
                    .append(Say.number(ratio, 2))
                    .append(" | ")
                    .append(Say.atMost(ratio, MOST_OF_RESAMPLING))
                    .append(" |\n");
        }
        return rows.toString();
    }

    private static String predictions(Medians medians) {
        StringBuilder rows = new StringBuilder();
        for (String model : new String[] {"standard", "starter"}) {
            for (String on : new String[] {"onAllProcessors", "onOneProcessor"}) {
                double median = medians.of("PredictBenchmark", model, on) / 1000;
                double tail = medians.percentile99("PredictBenchmark", model, on) / 1000;
                rows.append("| predict, warm, 4 s and a sentence: ")
                        .append(
                                model.equals("standard")
                                        ? "the default features and network"
                                        : "the starter model, with pitch among its features")
                        .append(on.equals("onOneProcessor") ? ", one processor | " : ", all processors | ")
                        .append(Say.number(median, 2))
                        .append(" ms, 99th percentile ")
                        .append(Say.number(tail, 2))
                        .append(" ms | ")
                        .append(Say.atMost(median, MOST_MILLISECONDS_A_PREDICTION))
                        .append(" |\n");
            }
        }
        return rows.toString();
    }
}
