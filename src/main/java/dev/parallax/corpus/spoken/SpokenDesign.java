package dev.parallax.corpus.spoken;

import dev.parallax.corpus.synthetic.Quotas;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Deals out relations, conditions, classes and speakers. Shares are met exactly but for rounding; classes are as
/// equally frequent as the relations allow.
final class SpokenDesign {

    private static final int STEPS = 200; // far more than the shares take to settle

    private SpokenDesign() {}

    private record Draft(Relation relation, String emotion, Emotions.Shown shown, Condition condition) {}

    /// The utterances, in random order.
    static List<Planned> of(SpokenSettings settings) {
        RandomStream random = new RandomStream(settings.seed(), 0, Streams.DESIGN, 0);
        int[] sizes = quotas(Relation.values(), settings::share, settings.size());
        List<Draft> drafts = new ArrayList<>();
        int next = 0;
        for (Map.Entry<Relation, double[]> relation : shares(settings).entrySet()) {
            drafts.addAll(drafts(relation.getKey(), relation.getValue(), sizes[next++], settings, random));
        }
        int[] order = permutation(drafts.size(), random);
        List<Planned> planned = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            Draft draft = drafts.get(order[i]);
            planned.add(new Planned(
                    i,
                    i % settings.speakers(),
                    draft.emotion,
                    draft.relation,
                    draft.condition,
                    draft.shown.tone(),
                    draft.shown.words()));
        }
        return planned;
    }

    /// The share of each class in each relation, by iterative proportional fitting: rows are scaled to the shares
    /// of the relations and columns to equal classes, in turn. Rows come last, so the relations' shares are met.
    ///
    /// Source: Deming, Stephan, "On a least squares adjustment of a sampled frequency table when the expected
    /// marginal totals are known", Annals of Mathematical Statistics 11 (1940).
    static Map<Relation, double[]> shares(SpokenSettings settings) {
        Map<Relation, double[]> shares = new EnumMap<>(Relation.class);
        for (Relation relation : Relation.values()) {
            shares.put(
                    relation,
                    Emotions.ALL.stream()
                            .mapToDouble(emotion -> Emotions.possible(relation, emotion) ? 1 : 0)
                            .toArray());
        }
        int classes = Emotions.ALL.size();
        for (int step = 0; step < STEPS; step++) {
            for (int c = 0; c < classes; c++) {
                int column = c;
                double sum =
                        shares.values().stream().mapToDouble(row -> row[column]).sum();
                shares.values().forEach(row -> row[column] *= sum == 0 ? 0 : 1 / (classes * sum));
            }
            shares.forEach((relation, row) -> {
                double sum = Arrays.stream(row).sum();
                Arrays.setAll(row, c -> sum == 0 ? 0 : row[c] * settings.share(relation) / sum);
            });
        }
        return shares;
    }

    private static List<Draft> drafts(
            Relation relation, double[] shares, int size, SpokenSettings settings, RandomStream random) {
        List<Condition> conditions = new ArrayList<>();
        int[] perCondition = quotas(Condition.values(), settings::share, size);
        int next = 0;
        for (Condition condition : Condition.values()) {
            conditions.addAll(Collections.nCopies(perCondition[next++], condition));
        }
        List<Draft> drafts = new ArrayList<>();
        int[] perClass = quotas(shares, size);
        int[] order = permutation(size, random);
        for (int c = 0; c < perClass.length; c++) {
            String emotion = Emotions.ALL.get(c);
            for (int i = 0; i < perClass[c]; i++) {
                List<Emotions.Shown> shown = Emotions.shown(relation, emotion);
                Condition condition = conditions.get(order[drafts.size()]);
                drafts.add(new Draft(relation, emotion, shown.get(i % shown.size()), condition));
            }
        }
        return drafts;
    }

    private static <T> int[] quotas(T[] kinds, ToDoubleFunction<T> share, int total) {
        return quotas(Arrays.stream(kinds).mapToDouble(share).toArray(), total);
    }

    /// Whole numbers in proportion to shares; they add up to the total.
    ///
    /// @param shares not negative; all 0 only where the total is 0
    static int[] quotas(double[] shares, int total) {
        double sum = Arrays.stream(shares).sum();
        return Quotas.rounded(Arrays.stream(shares)
                .map(share -> sum == 0 ? 0 : total * share / sum)
                .toArray());
    }

    private static int[] permutation(int n, RandomStream random) {
        int[] order = IntStream.range(0, n).toArray();
        random.shuffle(order);
        return order;
    }
}
