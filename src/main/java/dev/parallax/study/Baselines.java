package dev.parallax.study;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.eval.TextOverlap;
import dev.parallax.eval.baseline.BagOfWords;
import dev.parallax.eval.baseline.DecisionFusion;
import dev.parallax.eval.baseline.SoftmaxRegression;
import dev.parallax.eval.baseline.SparseRows;
import dev.parallax.fusion.Modality;
import dev.parallax.model.UtteranceModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The models without a network: the most frequent class, and softmax regression on functionals of the frames, on
/// the words, and on given vectors. They are trained on each fold's training part; the penalty is chosen on the
/// validation part.
public final class Baselines {

    private final StudyDesign plan;
    private final UtteranceModelSpec single;
    private final @Nullable FeatureCache cache;
    private final int classes;

    /// @param single how single utterances are read: which features, which words
    /// @param cache  of its features, or null where the corpus has no recordings
    public Baselines(StudyDesign plan, UtteranceModelSpec single, @Nullable FeatureCache cache) {
        this.plan = plan;
        this.single = single;
        this.cache = cache;
        this.classes = single.labels().size();
    }

    /// A baseline's answers.
    ///
    /// @param name       as the table shows it
    /// @param parameters trained numbers, in the first fold; 0 for the most frequent class
    /// @param pooled     over the folds; nothing depends on a seed
    record Answers(String name, int parameters, PooledAnswers pooled) {}

    /// The numbers of each part's utterances, as a linear model takes them: training, validation, test.
    private interface Inputs {
        List<SparseRows> of(List<List<Utterance>> parts);
    }

    /// Each baseline of the perspectives studied that the corpus allows.
    List<Answers> answers() {
        List<Answers> answers = new ArrayList<>();
        answers.add(mostFrequent());
        boolean audio = plan.alone().contains(Modality.AUDIO);
        boolean text = plan.alone().contains(Modality.TEXT);
        FeatureCache frames = audio ? cache : null;
        if (frames != null && all(utterance -> utterance.audio() != null)) {
            answers.add(linear("linear, audio", parts -> functionals(frames, parts)));
        }
        if (text && all(utterance -> utterance.text() != null)) {
            answers.add(linear("linear, text", this::words));
        }
        if (audio && all(utterance -> vector(utterance, Vectors::audio) != null)) {
            answers.add(linear("linear, audio vectors", parts -> vectors(parts, Vectors::audio)));
        }
        if (text && all(utterance -> vector(utterance, Vectors::text) != null)) {
            answers.add(linear("linear, text vectors", parts -> vectors(parts, Vectors::text)));
        }
        return answers;
    }

    private boolean all(Predicate<Utterance> has) {
        return plan.base().utterances().stream()
                .filter(utterance -> utterance.emotion() != null)
                .allMatch(has);
    }

    /// Always the most frequent class of the training part, with its frequency as its probability.
    private Answers mostFrequent() {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (Split fold : plan.folds()) {
            double[] prior = DecisionFusion.prior(truth(members(fold, Part.TRAIN)), classes);
            List<Utterance> test = members(fold, Part.TEST);
            int[] truth = truth(test);
            for (int i = 0; i < truth.length; i++) {
                builder.add(test.get(i).id(), truth[i], prior);
            }
            builder.endFold();
        }
        builder.endSeed();
        return new Answers("most frequent class", 0, builder.build());
    }

    private Answers linear(String name, Inputs inputs) {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        int parameters = 0;
        for (Split fold : plan.folds()) {
            List<List<Utterance>> parts = Arrays.stream(Part.values())
                    .map(part -> members(fold, part))
                    .toList();
            List<SparseRows> rows = inputs.of(parts);
            SoftmaxRegression fitted = SoftmaxRegression.fitTuned(
                    rows.get(0), truth(parts.get(0)), rows.get(1), truth(parts.get(1)), classes);
            parameters = parameters == 0 ? classes * (rows.get(0).columns() + 1) : parameters;
            double[][] probabilities = fitted.predict(rows.get(2));
            int[] truth = truth(parts.get(2));
            for (int i = 0; i < truth.length; i++) {
                builder.add(parts.get(2).get(i).id(), truth[i], probabilities[i]);
            }
            builder.endFold();
        }
        builder.endSeed();
        return new Answers(name, parameters, builder.build());
    }

    /// The labelled utterances of a part.
    private List<Utterance> members(Split fold, Part part) {
        return fold.select(part, plan.base().utterances()).stream()
                .filter(utterance -> utterance.emotion() != null)
                .toList();
    }

    private int[] truth(List<Utterance> utterances) {
        return utterances.stream()
                .mapToInt(utterance -> single.labels()
                        .index(Objects.requireNonNull(utterance.emotion()), "utterance " + utterance.id()))
                .toArray();
    }

    private static List<SparseRows> functionals(FeatureCache cache, List<List<Utterance>> parts) {
        return parts.stream()
                .map(part -> SparseRows.of(part.stream()
                        .map(utterance -> doubles(cache.row(Objects.requireNonNull(utterance.audio()))))
                        .toArray(double[][]::new)))
                .toList();
    }

    private List<SparseRows> words(List<List<Utterance>> parts) {
        List<List<int[]>> ids = parts.stream()
                .map(part -> single.encode(texts(parts.getFirst()), texts(part)))
                .toList();
        int words =
                1 + ids.getFirst().stream().flatMapToInt(Arrays::stream).max().orElse(0);
        BagOfWords bag = BagOfWords.fit(ids.getFirst(), words, BagOfWords.Counting.STANDARD);
        return ids.stream().map(bag::rows).toList();
    }

    private static List<SparseRows> vectors(
            List<List<Utterance>> parts, Function<Vectors, float @Nullable []> modality) {
        return parts.stream()
                .map(part -> SparseRows.of(part.stream()
                        .map(utterance -> doubles(Objects.requireNonNull(vector(utterance, modality))))
                        .toArray(double[][]::new)))
                .toList();
    }

    private static float @Nullable [] vector(Utterance utterance, Function<Vectors, float @Nullable []> modality) {
        Vectors vectors = utterance.vectors();
        return vectors == null ? null : modality.apply(vectors);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static List<String> texts(List<Utterance> utterances) {
        return utterances.stream()
                .map(utterance -> Objects.requireNonNull(utterance.text()))
                .toList();
    }

    /// How many test transcripts also occur in the training part of their fold, case and outer blanks aside,
    /// over all folds; none where texts are not known.
    TextOverlap overlap() {
        int transcripts = 0;
        int repeated = 0;
        if (all(utterance -> utterance.text() != null)) {
            for (Split fold : plan.folds()) {
                List<String> train = normal(texts(members(fold, Part.TRAIN)));
                TextOverlap overlap = TextOverlap.of(train, normal(texts(members(fold, Part.TEST))));
                transcripts += overlap.transcripts();
                repeated += overlap.repeated();
            }
        }
        return new TextOverlap(transcripts, repeated);
    }

    private static List<String> normal(List<String> texts) {
        return texts.stream().map(text -> text.strip().toLowerCase(Locale.ROOT)).toList();
    }
}
