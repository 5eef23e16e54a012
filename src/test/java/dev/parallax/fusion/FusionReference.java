package dev.parallax.fusion;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// The formula of every strategy for one utterance, or for those of one dialogue, in plain double loops over rows:
/// no operation, no kernel, no tape.
final class FusionReference {

    private final FusionBench bench;
    private final double[][] heard; // states
    private final double[][] read;
    private final double[][] a; // pooled, one row per utterance
    private final double[][] t;
    private final double[][] za; // logits, one row per utterance
    private final double[][] zt;

    /// @param utterances that are used together
    FusionReference(FusionBench bench, int... utterances) {
        this.bench = bench;
        this.heard = bench.audio.of(utterances, bench.audio.states);
        this.read = bench.text.of(utterances, bench.text.states);
        this.a = bench.audio.of(utterances, bench.audio.pooled);
        this.t = bench.text.of(utterances, bench.text.pooled);
        this.za = bench.audio.of(utterances, bench.audio.logits);
        this.zt = bench.text.of(utterances, bench.text.logits);
    }

    /// z of the strategy, its trunk left out, one row per utterance.
    double[][] logits(String strategy) {
        return switch (strategy) {
            case "early-add" -> trunk(plus(shared(), read));
            case "early-concat" -> trunk(linear("fusion.mix", beside(shared(), read)));
            case "early-attention" -> trunk(attentionFusion(shared(), read));
            case "middle-add" -> middle(plus(linear("fusion.audio", a), linear("fusion.text", t)));
            case "middle-concat" -> middle(beside(a, t));
            case "middle-product" -> middle(times(linear("fusion.audio", a), linear("fusion.text", t)));
            case "middle-attention" -> middle(attentionFusion(linear("fusion.audio", a), linear("fusion.text", t)));
            case "middle-gated" ->
                head(gate(
                        linear("fusion.gate", beside(a, t)),
                        tanh(linear("fusion.audio", a)),
                        tanh(linear("fusion.text", t))));
            case "middle-tensor" -> middle(outer(tanh(linear("fusion.audio", a)), tanh(linear("fusion.text", t))));
            case "middle-lowrank" -> middle(lowRank());
            case "aligned" -> head(aligned());
            case "transformer" -> {
                double[][] x = linear("fusion.audio", heard);
                double[][] y = linear("fusion.text", read);
                yield head(
                        beside(pool(block("fusion.audioReadsText", x, y)), pool(block("fusion.textReadsAudio", y, x))));
            }
            case "bottleneck" -> head(bottleneck());
            case "late-add" -> plus(za, zt);
            case "late-weighted" -> {
                double[] w = bench.matrix(bench.parameter("fusion.weights"))[0];
                yield plus(map(za, v -> w[0] * v), map(zt, v -> w[1] * v));
            }
            case "late-concat" -> linear("fusion.mix", beside(za, zt));
            case "late-attention" -> attentionFusion(za, zt);
            case "late-gated" -> gate(linear("fusion.gate", beside(za, zt)), za, zt);
            case "late-product" -> times(za, zt);
            default -> throw new AssertionError("no reference for " + strategy);
        };
    }

    // the operators of the strategies

    /// One row per utterance.
    private double[][] pool(double[][] x) {
        return bench.inContext ? x : mean(x);
    }

    private double[][] trunk(double[][] x) {
        return head(bench.inContext ? tanh(linear("fusion.trunk.dense", x)) : mean(x));
    }

    private double[][] shared() {
        if (bench.inContext) {
            return heard;
        }
        int frames = heard.length;
        double[][] out = new double[read.length][];
        for (int j = 0; j < out.length; j++) {
            int from = j * frames / out.length;
            int to = Math.max(from + 1, (j + 1) * frames / out.length);
            out[j] = mean(Arrays.copyOfRange(heard, from, to))[0];
        }
        return out;
    }

    private double[][] attentionFusion(double[][] x, double[][] y) {
        double[] omega = bench.matrix(bench.parameter("fusion.omega"))[0];
        double[][] out = new double[x.length][omega.length];
        for (int r = 0; r < x.length; r++) {
            double[][] u = linear("fusion.shared", new double[][] {x[r], y[r]});
            double[] score = new double[2];
            for (int m = 0; m < 2; m++) {
                for (int c = 0; c < omega.length; c++) {
                    score[m] += omega[c] * Math.max(0, u[m][c]);
                }
            }
            double weight = 1 / (1 + Math.exp(score[1] - score[0]));
            for (int c = 0; c < omega.length; c++) {
                out[r][c] = weight * u[0][c] + (1 - weight) * u[1][c];
            }
        }
        return out;
    }

    private double[][] lowRank() {
        double[][] p = times(linear("fusion.audio", a), linear("fusion.text", t));
        double[][] sums = new double[p.length][p[0].length / 4];
        for (int r = 0; r < p.length; r++) {
            for (int i = 0; i < p[r].length; i++) {
                sums[r][i % sums[r].length] += p[r][i];
            }
        }
        return sums;
    }

    private double[][] aligned() {
        double[][] x = linear("fusion.audio", heard);
        double[][] y = linear("fusion.text", read);
        double[][] in = beside(attend("fusion.attention", 1, y, x), y);
        double[][] states = beside(gru("", in), reversed(gru(".reverse", reversed(in))));
        if (bench.inContext) {
            return states;
        }
        double[] max = states[0].clone();
        for (double[] row : states) {
            Arrays.setAll(max, c -> Math.max(max[c], row[c]));
        }
        return new double[][] {max};
    }

    private double[][] bottleneck() {
        double[][] x = linear("fusion.audio", heard);
        double[][] y = linear("fusion.text", read);
        double[][] tokens = bench.matrix(bench.parameter("fusion.tokens"));
        double[][] sum = plus(block("fusion.collectAudio", tokens, x), block("fusion.collectText", tokens, y));
        double[][] crossed = map(sum, v -> v / 2);
        return beside(pool(block("fusion.spreadAudio", x, crossed)), pool(block("fusion.spreadText", y, crossed)));
    }

    private double[][] block(String name, double[][] x, double[][] other) {
        double[][] y = norm(name + ".afterAttention", plus(x, attend(name + ".attention", 4, x, other)));
        double[][] wide = map(linear(name + ".widen", y), v -> Math.max(0, v));
        return norm(name + ".afterFeedForward", plus(y, linear(name + ".narrow", wide)));
    }

    private double[][] attend(String name, int heads, double[][] x, double[][] other) {
        double[][] weight = bench.matrix(bench.parameter(name + ".inWeight"));
        double[] bias = bench.matrix(bench.parameter(name + ".inBias"))[0];
        int width = weight[0].length;
        double[][] q = affine(x, Arrays.copyOfRange(weight, 0, width), Arrays.copyOfRange(bias, 0, width));
        double[][] k =
                affine(other, Arrays.copyOfRange(weight, width, 2 * width), Arrays.copyOfRange(bias, width, 2 * width));
        double[][] v = affine(
                other,
                Arrays.copyOfRange(weight, 2 * width, 3 * width),
                Arrays.copyOfRange(bias, 2 * width, 3 * width));
        int d = width / heads;
        double[][] out = new double[x.length][width];
        for (int r = 0; r < x.length; r++) {
            for (int h = 0; h < heads; h++) {
                double[] e = new double[other.length];
                for (int j = 0; j < e.length; j++) {
                    double score = 0;
                    for (int c = h * d; c < (h + 1) * d; c++) {
                        score += q[r][c] * k[j][c];
                    }
                    e[j] = Math.exp(score / Math.sqrt(d));
                }
                double sum = Arrays.stream(e).sum();
                for (int c = h * d; c < (h + 1) * d; c++) {
                    for (int j = 0; j < e.length; j++) {
                        out[r][c] += e[j] / sum * v[j][c];
                    }
                }
            }
        }
        return linear(name + ".out", out);
    }

    private double[][] gru(String direction, double[][] x) {
        double[][] projected = affine(
                x,
                bench.matrix(bench.parameter("fusion.gru.weightIh.0" + direction)),
                bench.matrix(bench.parameter("fusion.gru.biasIh.0" + direction))[0]);
        double[][] weightHh = bench.matrix(bench.parameter("fusion.gru.weightHh.0" + direction));
        double[] biasHh = bench.matrix(bench.parameter("fusion.gru.biasHh.0" + direction))[0];
        int hidden = weightHh[0].length;
        double[][] out = new double[x.length][hidden];
        double[] h = new double[hidden];
        for (int step = 0; step < x.length; step++) {
            double[] p = projected[step];
            double[] u = affine(new double[][] {h}, weightHh, biasHh)[0];
            for (int c = 0; c < hidden; c++) {
                double reset = sigmoid(p[c] + u[c]);
                double update = sigmoid(p[hidden + c] + u[hidden + c]);
                double candidate = Math.tanh(p[2 * hidden + c] + reset * u[2 * hidden + c]);
                out[step][c] = (1 - update) * candidate + update * h[c];
            }
            h = out[step];
        }
        return out;
    }

    // matrices

    private double[][] head(double[][] x) {
        return linear("fusion.head", x);
    }

    private double[][] middle(double[][] x) {
        return head(tanh(linear("fusion.hidden", x)));
    }

    private double[][] linear(String name, double[][] x) {
        double[][] w = bench.matrix(bench.parameter(name + ".weight"));
        double[] b =
                bench.has(name + ".bias") ? bench.matrix(bench.parameter(name + ".bias"))[0] : new double[w.length];
        return affine(x, w, b);
    }

    private static double[][] affine(double[][] x, double[][] w, double[] b) {
        double[][] out = new double[x.length][w.length];
        for (int r = 0; r < x.length; r++) {
            for (int c = 0; c < w.length; c++) {
                out[r][c] = b[c];
                for (int i = 0; i < x[r].length; i++) {
                    out[r][c] += w[c][i] * x[r][i];
                }
            }
        }
        return out;
    }

    private double[][] norm(String name, double[][] x) {
        double[] gamma = bench.matrix(bench.parameter(name + ".weight"))[0];
        double[] beta = bench.matrix(bench.parameter(name + ".bias"))[0];
        double[][] out = new double[x.length][gamma.length];
        for (int r = 0; r < x.length; r++) {
            double mean = Arrays.stream(x[r]).average().orElseThrow();
            double variance = Arrays.stream(x[r])
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            for (int c = 0; c < gamma.length; c++) {
                out[r][c] = gamma[c] * (x[r][c] - mean) / Math.sqrt(variance + 1e-5) + beta[c];
            }
        }
        return out;
    }

    private static double[][] outer(double[][] x, double[][] y) {
        double[][] out = new double[x.length][];
        for (int r = 0; r < out.length; r++) {
            double[] u = Arrays.copyOf(x[r], x[r].length + 1);
            double[] v = Arrays.copyOf(y[r], y[r].length + 1);
            u[u.length - 1] = 1;
            v[v.length - 1] = 1;
            out[r] = new double[u.length * v.length];
            Arrays.setAll(out[r], i -> u[i / v.length] * v[i % v.length]);
        }
        return out;
    }

    private static double[][] gate(double[][] g, double[][] x, double[][] y) {
        double[][] s = map(g, FusionReference::sigmoid);
        return plus(times(s, x), times(map(s, v -> 1 - v), y));
    }

    private static double[][] mean(double[][] x) {
        double[] out = new double[x[0].length];
        for (double[] row : x) {
            for (int c = 0; c < out.length; c++) {
                out[c] += row[c] / x.length;
            }
        }
        return new double[][] {out};
    }

    private static double[][] beside(double[][] x, double[][] y) {
        double[][] out = new double[x.length][];
        for (int r = 0; r < out.length; r++) {
            out[r] = Arrays.copyOf(x[r], x[r].length + y[r].length);
            System.arraycopy(y[r], 0, out[r], x[r].length, y[r].length);
        }
        return out;
    }

    private static double[][] plus(double[][] x, double[][] y) {
        double[][] out = new double[x.length][x[0].length];
        for (int r = 0; r < out.length; r++) {
            for (int c = 0; c < out[r].length; c++) {
                out[r][c] = x[r][c] + y[r][c];
            }
        }
        return out;
    }

    private static double[][] times(double[][] x, double[][] y) {
        double[][] out = new double[x.length][x[0].length];
        for (int r = 0; r < out.length; r++) {
            for (int c = 0; c < out[r].length; c++) {
                out[r][c] = x[r][c] * y[r][c];
            }
        }
        return out;
    }

    private static double[][] tanh(double[][] x) {
        return map(x, Math::tanh);
    }

    private static double[][] map(double[][] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(row -> Arrays.stream(row).map(f).toArray()).toArray(double[][]::new);
    }

    private static double[][] reversed(double[][] x) {
        return IntStream.range(0, x.length).mapToObj(i -> x[x.length - 1 - i]).toArray(double[][]::new);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
