package dev.parallax.corpus.spoken;

import dev.parallax.corpus.spoken.Tone.Prosody;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// The best accuracies that can be reached on the spoken corpus, in clean condition. With the probabilities
/// p(s, u, y) that tone s, emotion of the words u and class y are drawn with:
///
/// text = Σ over u of max over y of p(u, y); audio = E max over y of p(y | x); both = E max over y of p(y | x, u)
///
/// where x is the prosody relative to the speaker's. No model can do better. Models do worse: they do not know
/// the speaker's habits, and the emotion of the words is what people read in the sentence, which no model reads
/// as well.
///
/// `text` is exact. `audio` and `both` are estimates, means over 20,000 draws of x, so the last digit is not exact.
/// Each draw sums over all words, Σ over u of max over y of p(u, y | x), which is at least max over y of p(y | x). So
/// `both` is not below `audio`. By chance it could be below `text`, and then it is `text`.
///
/// An additive fusion decides by f(s) + g(u). It cannot have all four of (neutral, joy) → joy, (neutral, anger) →
/// anger, (ironic, joy) → anger, (ironic, anger) → joy: the four inequalities add up to 0 > 0. So it loses at
/// least the rarest of the four, even where it knows tone and words. `additive` is that bound, or `both` where that is
/// less. A perspective alone is an additive fusion, too, so `audio`, `text` <= `additive` <= `both`.
///
/// @param audio    best accuracy from the tone
/// @param text     best accuracy from the emotion of the words
/// @param both     best accuracy from both
/// @param additive an upper bound: no additive fusion is above this; the best one may stay below
public record SpokenCeilings(double audio, double text, double both, double additive) {

    private static final int DRAWS = 20_000;
    private static final RecordJson<SpokenCeilings> JSON = RecordJson.of(SpokenCeilings.class);

    /// p(words, class) of one tone, a row for each emotion of the words.
    private static final class OfTone {
        private final Tone tone;
        private final double[][] table;

        OfTone(Tone tone, double[][] table) {
            this.tone = tone;
            this.table = table;
        }

        double[] ofWords() {
            return Arrays.stream(table)
                    .mapToDouble(row -> Arrays.stream(row).sum())
                    .toArray();
        }

        double probability() {
            return Arrays.stream(ofWords()).sum();
        }
    }

    /// The ceilings for these settings.
    public static SpokenCeilings of(SpokenSettings settings) {
        List<OfTone> joint = joint(settings);
        int classes = Emotions.ALL.size();
        double text = 0;
        for (int u = 0; u < classes; u++) {
            double[] given = new double[classes];
            for (OfTone shown : joint) {
                add(given, shown.table[u], 1);
            }
            text += max(given);
        }
        double audio = 0;
        double both = 0;
        double[] ofTones = joint.stream().mapToDouble(OfTone::probability).toArray();
        RandomStream random = new RandomStream(settings.seed(), 0, Streams.CEILINGS, 0);
        for (int draw = 0; draw < DRAWS; draw++) {
            Prosody heard = joint.get(pick(ofTones, random)).tone.draw(settings.strength(), random);
            double[] densities = joint.stream()
                    .mapToDouble(shown -> Math.exp(shown.tone.logDensity(heard, settings.strength())))
                    .toArray();
            double[] given = new double[classes]; // p(x, y)
            double best = 0;
            for (int u = 0; u < classes; u++) {
                double[] withWords = new double[classes]; // p(x, u, y)
                for (int s = 0; s < densities.length; s++) {
                    add(withWords, joint.get(s).table[u], densities[s]);
                }
                add(given, withWords, 1);
                best += max(withWords);
            }
            double density = Arrays.stream(given).sum();
            audio += max(given) / density / DRAWS;
            both += best / density / DRAWS;
        }
        both = Math.max(both, text);
        double additive = Math.min(both, Math.max(1 - rarest(joint), Math.max(audio, text)));
        return new SpokenCeilings(audio, text, both, additive);
    }

    /// p(tone, words, class), a table for each tone.
    private static List<OfTone> joint(SpokenSettings settings) {
        int classes = Emotions.ALL.size();
        List<OfTone> joint = Arrays.stream(Tone.values())
                .map(tone -> new OfTone(tone, new double[classes][classes]))
                .toList();
        SpokenDesign.shares(settings).forEach((relation, shares) -> {
            for (int y = 0; y < classes; y++) {
                String emotion = Emotions.ALL.get(y);
                if (Emotions.possible(relation, emotion)) {
                    List<Emotions.Shown> pairs = Emotions.shown(relation, emotion);
                    for (Emotions.Shown pair : pairs) {
                        of(joint, pair.tone())[Emotions.ALL.indexOf(pair.words())][y] += shares[y] / pairs.size();
                    }
                }
            }
        });
        return joint;
    }

    private static double[][] of(List<OfTone> joint, Tone tone) {
        return joint.stream().filter(shown -> shown.tone == tone).findFirst().orElseThrow().table;
    }

    /// The smallest probability of the four pairs that no additive fusion has all right.
    private static double rarest(List<OfTone> joint) {
        int anger = Emotions.ALL.indexOf(Emotions.ANGER);
        int joy = Emotions.ALL.indexOf(Emotions.JOY);
        double[][] neutral = of(joint, Tone.NEUTRAL);
        double[][] ironic = of(joint, Tone.IRONY);
        return DoubleStream.of(neutral[joy][joy], neutral[anger][anger], ironic[joy][anger], ironic[anger][joy])
                .min()
                .orElseThrow();
    }

    private static void add(double[] sum, double[] row, double factor) {
        for (int y = 0; y < sum.length; y++) {
            sum[y] += factor * row[y];
        }
    }

    private static int pick(double[] weights, RandomStream random) {
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    /// In the order of the components.
    public JsonObject toJson() {
        return JSON.write(this);
    }
}
