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
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private final BaselineChoice choice;
    private final Workers workers;
    private final Listener listener;
    private int fitted;

    /// @param single how single utterances are read: which features, which words
    /// @param cache  of its features, or null where the corpus has no recordings
    /// @param choice  which of them there are
    /// @param workers fit the folds side by side
    /// @param listener is told of each linear model
    public Baselines(
            StudyDesign plan,
            UtteranceModelSpec single,
            @Nullable FeatureCache cache,
            BaselineChoice choice,
            Workers workers,
            Listener listener) {
        this.choice = choice;
        this.workers = workers;
        this.listener = listener;
        this.plan = plan;
        this.single = single;
        this.cache = cache;
        this.classes = single.labels().size();
    }

    /// Receives how far the linear models are.
    public interface Listener {
        /// After each, on any thread, one call at a time.
        void fitted(int done, int total);
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
        if (choice != BaselineChoice.NONE) {
            answers.add(mostFrequent());
        }
        linears().forEach((name, inputs) -> answers.add(linear(name, inputs)));
        return answers;
    }

    private synchronized void tell() {
        listener.fitted(++fitted, linears().size() * plan.folds().size());
    }

    /// The inputs of each linear model, by its name.
    private Map<String, Inputs> linears() {
        Map<String, Inputs> linears = new LinkedHashMap<>();
        if (choice != BaselineChoice.LINEAR) {
            return linears;
        }
        boolean audio = plan.alone().contains(Modality.AUDIO);
        boolean text = plan.alone().contains(Modality.TEXT);
        FeatureCache frames = audio ? cache : null;
        if (frames != null && all(utterance -> utterance.audio() != null)) {
            linears.put("linear, audio", parts -> functionals(frames, parts));
        }
        if (text && all(utterance -> utterance.text() != null)) {
            linears.put("linear, text", this::words);
        }
        if (audio && all(utterance -> vector(utterance, Vectors::audio) != null)) {
            linears.put("linear, audio vectors", parts -> vectors(parts, Vectors::audio));
        }
        if (text && all(utterance -> vector(utterance, Vectors::text) != null)) {
            linears.put("linear, text vectors", parts -> vectors(parts, Vectors::text));
        }
        return linears;
    }

    private boolean all(Predicate<Utterance> has) {
        return plan.base().utterances().stream()
                .filter(utterance -> utterance.emotion() != null)
                .allMatch(has);
    }

    /// Always the most frequent class of the training part, with its frequency as its probability.
    private Answers mostFrequent() {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (Split fold : plan.trainedFolds()) {
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
        List<Split> folds = plan.folds();
        List<Fold> fits = workers.map(folds.size(), i -> {
            Fold fold = fold(folds.get(i), inputs);
            tell();
            return fold;
        });
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (Fold fold : fits) {
            int[] truth = truth(fold.test);
            for (int i = 0; i < truth.length; i++) {
                builder.add(fold.test.get(i).id(), truth[i], fold.probabilities[i]);
            }
            builder.endFold();
        }
        builder.endSeed();
        return new Answers(name, fits.getFirst().parameters, builder.build());
    }

    /// What a linear model answers to the test part of one fold.
    private static final class Fold {
        final List<Utterance> test;
        final int parameters;
        final double[][] probabilities;

        Fold(List<Utterance> test, int parameters, double[][] probabilities) {
            this.test = test;
            this.parameters = parameters;
            this.probabilities = probabilities;
        }
    }

    private Fold fold(Split split, Inputs inputs) {
        List<List<Utterance>> parts =
                Arrays.stream(Part.values()).map(part -> members(split, part)).toList();
        List<SparseRows> rows = inputs.of(parts);
        SoftmaxRegression fitted =
                SoftmaxRegression.fitTuned(rows.get(0), truth(parts.get(0)), rows.get(1), truth(parts.get(1)), classes);
        int parameters = classes * (rows.get(0).columns() + 1);
        return new Fold(parts.get(2), parameters, fitted.predict(rows.get(2)));
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
            for (Split fold : plan.trainedFolds()) {
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
