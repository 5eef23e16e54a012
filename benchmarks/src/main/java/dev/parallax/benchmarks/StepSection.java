package dev.parallax.benchmarks;

/// The part of the page that `docs/simd.md` quotes: the gain of each step from plain loops to a kernel.
final class StepSection {

    private static final String AVX2 = "-XX:UseAVX=2"; // vectors of 256 bits, 16 registers

    private final Medians widest;
    private final Medians avx2;

    private StepSection(Medians widest, Medians avx2) {
        this.widest = widest;
        this.avx2 = avx2;
    }

    /// Measures and returns the text.
    static String measure() {
        Medians widest = new Medians();
        Medians avx2 = new Medians();
        for (Medians medians : new Medians[] {widest, avx2}) {
            String[] jvm = medians == avx2 ? new String[] {AVX2} : new String[0];
            medians.measure(Medians.options("GemmStepBenchmark").jvmArgsAppend(jvm));
            medians.measure(Medians.options("GemmBenchmark")
                    .param("using", "VECTOR", "OPENBLAS")
                    .param("transposes", "NN")
                    .param("shape", "SQUARE_480", "SQUARE_960")
                    .jvmArgsAppend(jvm));
        }
        widest.measure(Medians.options("KernelStepBenchmark"));
        return new StepSection(widest, avx2).text();
    }

    private String text() {
        return """
                ## Steps from plain loops to a kernel

                %s

                JMH, one thread, medians; each step is held against the first before it is timed. `docs/simd.md` says
                what each is. The columns "AVX2" are measured with `%s`: vectors of 256 bits, 16 registers.

                ### Matrix product [GFLOP/s]

                | step | 480 | 960 | 480, AVX2 | 960, AVX2 |
                |---|---|---|---|---|
                %s
                ### The other kernels [µs]

                | kernel | step | time | the first / this |
                |---|---|---|---|
                %s
                """.formatted(Machine.line(), AVX2, products(), kernels());
    }

    private String products() {
        StringBuilder rows = new StringBuilder();
        for (GemmStep step : GemmStep.values()) {
            rows.append("| ").append(step.title);
            for (Medians medians : new Medians[] {widest, avx2}) {
                for (int size : new int[] {480, 960}) {
                    double time = medians.of("GemmStepBenchmark", step.name(), String.valueOf(size));
                    rows.append(" | ").append(rate(size, time));
                }
            }
            rows.append(" |\n");
        }
        rows.append(whole("the vector backend", "VECTOR"));
        rows.append(whole("OpenBLAS, which chooses its vectors itself", "OPENBLAS"));
        return rows.toString();
    }

    private String whole(String title, String library) {
        StringBuilder row = new StringBuilder("| ").append(title);
        for (Medians medians : new Medians[] {widest, avx2}) {
            for (int size : new int[] {480, 960}) {
                row.append(" | ").append(rate(size, medians.of("GemmBenchmark", "SQUARE_" + size, "NN", library)));
            }
        }
        return row.append(" |\n").toString();
    }

    private static String rate(int size, double microseconds) {
        return Say.number(2.0 * size * size * size / (1000 * microseconds), 1);
    }

    private String kernels() {
        StringBuilder rows = new StringBuilder();
        String kernel = "";
        double first = Double.NaN;
        for (KernelStep step : KernelStep.values()) {
            double time = widest.of("KernelStepBenchmark", step.name());
            boolean isFirst = !step.kernel.equals(kernel);
            first = isFirst ? time : first;
            kernel = step.kernel;
            rows.append("| ").append(isFirst ? kernel : "");
            rows.append(" | ").append(step.title);
            rows.append(" | ").append(Say.number(time, 0));
            rows.append(" | ").append(Say.number(first / time, 1)).append(" |\n");
        }
        return rows.toString();
    }
}
