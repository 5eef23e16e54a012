package dev.parallax.study;

import dev.parallax.corpus.FeatureCache;
import dev.parallax.corpus.Part;
import dev.parallax.corpus.Split;
import dev.parallax.data.AudioSource;
import dev.parallax.data.Utterance;
import dev.parallax.eval.BagOfWords;
import dev.parallax.eval.Functionals;
import dev.parallax.eval.SoftmaxRegression;
import dev.parallax.eval.SparseRows;
import dev.parallax.eval.TextOverlap;
import dev.parallax.model.ModelPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What needs no network: softmax regression on functionals of the frames and on the words, trained on each fold's
/// training part, its penalty chosen by the validation part.
public final class Baselines {

    private final StudyPlan plan;
    private final ModelPlan model;
    private final FeatureCache cache;
    private final int classes;

    /// @param model the plan's
    /// @param cache of its features
    public Baselines(StudyPlan plan, ModelPlan model, FeatureCache cache) {
        this.plan = plan;
        this.model = model;
        this.cache = cache;
        this.classes = model.labels().size();
    }

    /// A baseline's answers.
    ///
    /// @param name   as the table shows it
    /// @param pooled over the folds; nothing depends on a seed
    record Answers(String name, Pooled pooled) {}

    /// Each baseline. Utterances that lack audio or text have none here.
    List<Answers> answers() {
        return List.of(new Answers("linear, audio", pooled(true)), new Answers("linear, text", pooled(false)));
    }

    private Pooled pooled(boolean audio) {
        Pooled.Builder builder = new Pooled.Builder();
        for (Split fold : plan.folds()) {
            List<Utterance> train = members(fold, Part.TRAIN);
            List<Utterance> val = members(fold, Part.VAL);
            List<Utterance> test = members(fold, Part.TEST);
            List<SparseRows> rows = audio ? functionals(train, val, test) : words(train, val, test);
            SoftmaxRegression fitted =
                    SoftmaxRegression.fitTuned(rows.get(0), truth(train), rows.get(1), truth(val), classes);
            double[][] probabilities = fitted.predict(rows.get(2));
            int[] truth = truth(test);
            for (int i = 0; i < truth.length; i++) {
                builder.add(test.get(i).id(), truth[i], probabilities[i]);
            }
        }
        builder.endSeed();
        return builder.build();
    }

    private List<Utterance> members(Split fold, Part part) {
        return fold.select(part, plan.base().utterances()).stream()
                .filter(utterance -> utterance.audio() != null && utterance.text() != null)
                .toList();
    }

    private int[] truth(List<Utterance> utterances) {
        return utterances.stream()
                .mapToInt(utterance -> model.labels()
                        .index(Objects.requireNonNull(utterance.emotion()), "utterance " + utterance.id()))
                .toArray();
    }

    @SafeVarargs
    private List<SparseRows> functionals(List<Utterance>... parts) {
        List<SparseRows> rows = new ArrayList<>();
        for (List<Utterance> part : parts) {
            rows.add(SparseRows.of(part.stream()
                    .map(utterance -> {
                        AudioSource audio = Objects.requireNonNull(utterance.audio());
                        return Functionals.of(cache.values(audio), cache.columns());
                    })
                    .toArray(double[][]::new)));
        }
        return rows;
    }

    @SafeVarargs
    private List<SparseRows> words(List<Utterance>... parts) {
        List<List<int[]>> ids = new ArrayList<>();
        for (List<Utterance> part : parts) {
            ids.add(model.encode(texts(parts[0]), texts(part)));
        }
        int words =
                1 + ids.getFirst().stream().flatMapToInt(Arrays::stream).max().orElse(0);
        BagOfWords bag = BagOfWords.fit(ids.getFirst(), words, BagOfWords.Settings.STANDARD);
        return ids.stream().map(bag::rows).toList();
    }

    private static List<String> texts(List<Utterance> utterances) {
        return utterances.stream()
                .map(utterance -> Objects.requireNonNull(utterance.text()))
                .toList();
    }

    /// How many test transcripts of each fold also occur in its training part, case and outer blanks aside.
    public List<TextOverlap> overlaps() {
        List<TextOverlap> overlaps = new ArrayList<>();
        for (int fold = 0; fold < plan.folds().size(); fold++) {
            List<String> train = normal(texts(members(plan.folds().get(fold), Part.TRAIN)));
            overlaps.add(TextOverlap.of(train, normal(texts(members(plan.folds().get(fold), Part.TEST)))));
        }
        return overlaps;
    }

    private static List<String> normal(List<String> texts) {
        return texts.stream().map(text -> text.strip().toLowerCase(Locale.ROOT)).toList();
    }
}
