package dev.parallax.audit.attribution;

import dev.parallax.data.DialogueExample;
import dev.parallax.data.Example;
import dev.parallax.eval.RankCorrelation;
import dev.parallax.fusion.View;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.StartingWeights;
import dev.parallax.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Whether integrated gradients depend on what the model has learned. Its layers get random values,
/// their starting values of other seeds, one after the other from the output down, each in addition to
/// those before. The rank correlation of the attributions, number by number, with those of the trained
/// model must fall toward 0; one that stays high would show the input, not the model.
///
/// Layers of both encoders that are equally far from the output get random values together. Each
/// correlation is the mean of several draws, which are seeded. Source: Adebayo, Gilmer, Muelly,
/// Goodfellow, Hardt, Kim, "Sanity Checks for Saliency Maps", NeurIPS 2018 (the cascading
/// randomisation).
///
/// @param levels from the trained model to one of random values alone
/// @param draws  of random values that a correlation is the mean of
/// @param seed   of the first draw; the others follow
public record SanityCheck(List<Level> levels, int draws, long seed) {

    static final int DRAWS = 5;
    static final long SEED = 1;

    private static final int POINTS = 16;

    public SanityCheck {
        levels = List.copyOf(levels);
    }

    /// One step of the cascade.
    ///
    /// @param layers that now have random values too, by their names in the model's file
    /// @param audio  rank correlation of the attributions to the rows of the audio; NaN where there are
    ///               none
    /// @param text   of those to the vectors of the tokens
    public record Level(List<String> layers, double audio, double text) {

        public Level {
            layers = List.copyOf(layers);
        }
    }

    /// Checks the attributions of the view that decided.
    public static SanityCheck of(Perturbation asked) {
        EmotionModel model = asked.model();
        List<Example> examples = asked.examples();
        IntegratedGradients original = IntegratedGradients.of(model, examples, asked.view(), asked.label(), POINTS);
        return of(levels(model, asked.view()), (random, seed) -> {
            try (EmotionModel other = StartingWeights.again(model, random, seed)) {
                IntegratedGradients changed =
                        IntegratedGradients.of(other, examples, asked.view(), asked.label(), POINTS);
                return List.of(Correlations.of(original, changed));
            }
        });
    }

    /// Checks the attributions of some turns of a dialogue to the vectors of all turns.
    ///
    /// @param turns at least one
    static SanityCheck of(DialogueModel model, DialogueExample dialogue, List<AskedTurn> turns) {
        List<IntegratedGradients> originals = turns.stream()
                .map(turn -> turn.byVectors(model, dialogue, POINTS))
                .toList();
        View view = model.readsAudio() && model.readsText() ? View.FUSED : model.readsAudio() ? View.AUDIO : View.TEXT;
        return of(levels(model, view), (random, seed) -> {
            try (DialogueModel other = StartingWeights.again(model, random, seed)) {
                return IntStream.range(0, turns.size())
                        .mapToObj(i ->
                                Correlations.of(originals.get(i), turns.get(i).byVectors(other, dialogue, POINTS)))
                        .toList();
            }
        });
    }

    /// Rank correlations of one attribution with the trained model's; NaN where a modality has none.
    private record Correlations(double audio, double text) {

        static Correlations of(IntegratedGradients original, IntegratedGradients changed) {
            return new Correlations(
                    correlation(SanityCheck.audio(original), SanityCheck.audio(changed)),
                    correlation(SanityCheck.text(original), SanityCheck.text(changed)));
        }
    }

    /// Asks about a model of which some layers have random values.
    @FunctionalInterface
    private interface Draw {
        List<Correlations> of(Predicate<String> random, long seed);
    }

    private static SanityCheck of(List<List<String>> levels, Draw draw) {
        List<Level> all = new ArrayList<>();
        Set<String> random = new HashSet<>();
        for (List<String> layers : levels) {
            random.addAll(layers);
            List<Correlations> found = new ArrayList<>();
            for (int i = 0; i < DRAWS; i++) {
                found.addAll(draw.of(name -> random.contains(layer(name)), SEED + i));
            }
            all.add(new Level(layers, mean(found, Correlations::audio), mean(found, Correlations::text)));
        }
        return new SanityCheck(all, DRAWS, SEED);
    }

    /// The mean of those that there are.
    private static double mean(List<Correlations> found, ToDoubleFunction<Correlations> which) {
        return found.stream()
                .mapToDouble(which)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /// A model whose attributions are all 0, as with a bias alone, has no order: no correlation with any.
    private static double correlation(double[] original, double[] changed) {
        if (original.length == 0) {
            return Double.NaN;
        }
        double found = RankCorrelation.of(original, changed);
        return Double.isNaN(found) ? 0 : found;
    }

    private static double[] audio(IntegratedGradients gradients) {
        return gradients.audio().stream()
                .flatMapToDouble(window -> Arrays.stream(window.worth()))
                .toArray();
    }

    private static double[] text(IntegratedGradients gradients) {
        return gradients.text() == null ? new double[0] : gradients.text().worth();
    }

    /// The layers that a view reads, those nearest to its output first.
    static List<List<String>> levels(Model model, View view) {
        Map<String, Set<String>> parts = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters().all()) {
            parts.computeIfAbsent(part(parameter.name()), _ -> new LinkedHashSet<>())
                    .add(layer(parameter.name()));
        }
        List<List<String>> encoders = new ArrayList<>();
        List<List<String>> levels = new ArrayList<>();
        parts.forEach((part, layers) -> {
            List<String> fromTheTop = new ArrayList<>(layers).reversed();
            if (part.equals("audio") || part.equals("text")) {
                if (view == View.FUSED || view.word().equals(part)) {
                    encoders.add(fromTheTop);
                }
            } else if (view == View.FUSED) {
                fromTheTop.forEach(layer -> levels.add(List.of(layer)));
            }
        });
        int deepest = encoders.stream().mapToInt(List::size).max().orElse(0);
        for (int depth = 0; depth < deepest; depth++) {
            int at = depth;
            levels.add(encoders.stream()
                    .filter(layers -> at < layers.size())
                    .map(layers -> layers.get(at))
                    .toList());
        }
        return levels;
    }

    private static String part(String parameter) {
        return parameter.substring(0, Math.max(0, parameter.indexOf('.')));
    }

    /// `text.gru.weightIh.0` belongs to `text.gru`.
    private static String layer(String parameter) {
        int second = parameter.indexOf('.', part(parameter).length() + 1);
        return second < 0 ? parameter : parameter.substring(0, second);
    }
}
