package dev.parallax.audit.attribution;

import dev.parallax.audit.attribution.Counterfactual.Change;
import dev.parallax.audit.attribution.Counterfactual.Kind;
import dev.parallax.data.Example;
import dev.parallax.data.Tokens;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.attention.WordRows;
import dev.parallax.nn.Parameter;
import dev.parallax.text.Vocabulary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/// Looks for words that change the decision in the place of others: the 3000 most frequent ones of the
/// vocabulary, so that people know them. There are too many to ask them all, so the gradient chooses
/// which to ask: with g the gradient of z_other - z_decided by the vector of the first token of word w,
/// the word v in its place is expected to change the difference by
///
///     g · e_v - Σ over the tokens of w of their own g · e
///
/// The most promising words are asked. While none changes the decision, the one that leaves the decided
/// class the least probability stays, and the search goes on from that sentence. What is found is a
/// change that holds; that there is none with fewer words is only known where one is enough. Source:
/// Ebrahimi, Rao, Lowd, Dou, "HotFlip", ACL 2018.
final class WordReplacement {

    private static final String EMBEDDING = "text.embedding.weight";
    private static final int MOST_REPLACED = 3;
    private static final int MOST_WORDS = 3000;
    private static final GaussLegendre AT_INPUT = GaussLegendre.atEnd();

    private static final Comparator<Candidate> WORST_FIRST = Comparator.comparingDouble(Candidate::expected)
            .thenComparing(Comparator.comparingInt(Candidate::place).reversed())
            .thenComparing(Comparator.comparing(Candidate::word).reversed());

    private final Perturbation asked;
    private final EmotionModel model;
    private final List<String> words = new ArrayList<>(); // of the vocabulary, see the constructor
    private final List<float[]> vectors = new ArrayList<>(); // of each

    /// Takes the most frequent words that have letters alone and are one token: the mean of the rows
    /// that stand for each.
    private WordReplacement(Perturbation asked, Parameter embedding) {
        this.asked = asked;
        this.model = asked.model();
        float[] rows = model.parameters().value(embedding).toArray();
        int columns = embedding.shape().columns();
        Vocabulary vocabulary = Objects.requireNonNull(model.vocabulary());
        for (int id = 1; id < Math.min(MOST_WORDS, vocabulary.size()); id++) {
            String word = vocabulary.word(id);
            Tokens tokens = word.codePoints().allMatch(Character::isLetter) ? model.encode(word) : null;
            if (tokens != null && tokens.count() == 1) {
                words.add(word);
                vectors.add(mean(rows, columns, tokens.ids()));
            }
        }
    }

    private static float[] mean(float[] rows, int columns, int... ids) {
        float[] mean = new float[columns];
        for (int id : ids) {
            for (int i = 0; i < columns; i++) {
                mean[i] += rows[id * columns + i] / ids.length;
            }
        }
        return mean;
    }

    /// A word in the place of another.
    ///
    /// @param expected z_other - z_decided with it, of the class for which it is largest
    private record Candidate(int place, String word, double expected) {}

    /// What is known of a place for one other class: with a word of vector e, z_other - z_decided is
    /// expected to be without + gradient · e.
    ///
    /// @param first the token of the place, whose gradient it is
    private record Slope(double without, Attribution difference, int first) {

        double with(float[] vector) {
            double expected = without;
            for (int i = 0; i < vector.length; i++) {
                expected += difference.gradient()[first * vector.length + i] * vector[i];
            }
            return expected;
        }
    }

    /// @param budget the most questions
    static Counterfactual search(Perturbation asked, int budget) {
        if (asked.words().isEmpty()) {
            return Counterfactual.impossible(Kind.REPLACE, "no text is read");
        }
        return asked.model().parameters().all().stream()
                .filter(parameter -> parameter.name().equals(EMBEDDING))
                .findFirst()
                .map(parameter -> new WordReplacement(asked, parameter).search(budget))
                .orElseGet(() -> Counterfactual.impossible(
                        Kind.REPLACE, "a pretrained encoder reads the text, and its vectors depend on all words"));
    }

    private Counterfactual search(int budget) {
        int before = asked.questions();
        List<String> sentence = new ArrayList<>(asked.words());
        Map<Integer, String> replaced = new TreeMap<>();
        for (int size = 1; size <= Math.min(MOST_REPLACED, sentence.size()); size++) {
            List<Candidate> candidates = candidates(sentence, replaced.keySet(), budget / MOST_REPLACED);
            double least = Double.POSITIVE_INFINITY;
            Candidate best = null;
            for (Candidate candidate : candidates) {
                List<String> changed = with(sentence, candidate);
                Prediction prediction = asked.ask(new BitSet(), changed);
                if (asked.isOther(prediction) && prediction != null) {
                    replaced.put(candidate.place, candidate.word);
                    Change change =
                            Change.of(List.copyOf(replaced.keySet()), List.copyOf(replaced.values()), prediction);
                    return new Counterfactual(Kind.REPLACE, change, size == 1, asked.questions() - before, null);
                }
                double p = asked.probability(prediction);
                if (p < least) {
                    least = p;
                    best = candidate;
                }
            }
            if (best == null) {
                break;
            }
            replaced.put(best.place, best.word);
            sentence = with(sentence, best);
        }
        return new Counterfactual(Kind.REPLACE, null, false, asked.questions() - before, null);
    }

    private static List<String> with(List<String> sentence, Candidate candidate) {
        List<String> changed = new ArrayList<>(sentence);
        changed.set(candidate.place, candidate.word);
        return changed;
    }

    /// The most promising words in places that have not been replaced.
    private List<Candidate> candidates(List<String> sentence, Set<Integer> replaced, int most) {
        PriorityQueue<Candidate> best = new PriorityQueue<>(WORST_FIRST);
        slopes(String.join(" ", sentence)).forEach((place, slopes) -> {
            if (replaced.contains(place)) {
                return;
            }
            for (int word = 0; word < words.size(); word++) {
                float[] vector = vectors.get(word);
                double expected = slopes.stream()
                        .mapToDouble(slope -> slope.with(vector))
                        .max()
                        .orElse(Double.NEGATIVE_INFINITY);
                boolean isPromising = best.size() < most || expected > best.element().expected;
                if (isPromising && !words.get(word).equalsIgnoreCase(sentence.get(place))) {
                    best.add(new Candidate(place, words.get(word), expected));
                    if (best.size() > most) {
                        best.remove();
                    }
                }
            }
        });
        return best.stream().sorted(WORST_FIRST.reversed()).toList();
    }

    /// The slopes of every place of a sentence, one for each other class; none where the text has no say.
    private Map<Integer, List<Slope>> slopes(String text) {
        List<Example> examples = asked.examples(text);
        IntegratedGradients decided = gradient(examples, asked.label());
        Map<Integer, List<Slope>> slopes = new TreeMap<>();
        for (int other = 0; other < model.labels().size() && decided.text() != null; other++) {
            if (other != asked.label()) {
                IntegratedGradients gradients = gradient(examples, other);
                Attribution difference = Objects.requireNonNull(gradients.text())
                        .plus(Objects.requireNonNull(decided.text()).times(-1));
                double margin = gradients.logit() - decided.logit();
                int[] owners = WordRows.wordOfToken(model, text, difference.rows());
                double[] worth = difference.ofRows();
                for (int token = 0; token < owners.length; token++) {
                    if (owners[token] >= 0 && (token == 0 || owners[token - 1] != owners[token])) {
                        slopes.computeIfAbsent(owners[token], _ -> new ArrayList<>())
                                .add(slope(margin, difference, owners, worth, token));
                    }
                }
            }
        }
        return slopes;
    }

    private static Slope slope(double margin, Attribution difference, int[] owners, double[] worth, int first) {
        double without = margin;
        for (int token = first; token < owners.length && owners[token] == owners[first]; token++) {
            without -= worth[token];
        }
        return new Slope(without, difference, first);
    }

    private IntegratedGradients gradient(List<Example> examples, int label) {
        return IntegratedGradients.of(model, examples, asked.view(), label, AT_INPUT);
    }
}
