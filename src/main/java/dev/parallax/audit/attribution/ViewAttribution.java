package dev.parallax.audit.attribution;

import dev.parallax.fusion.View;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.attention.WordRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Integrated gradients of one answer, added up to what people can see.
///
/// @param view      of whose logit of the decided class they are
/// @param logit     with all there is
/// @param baseline  the logit at the baseline
/// @param points    nodes of the integral
/// @param gap       of completeness, see [IntegratedGradients#gap]
/// @param complete  whether it is within the bound
/// @param audio     what the audio adds to the logit
/// @param text      what the text adds
/// @param words     what each word adds; none where the view does not read
/// @param added     what tokens add that stand for no word; 0 where there are none
/// @param stretches what each stretch of every window adds ([StretchSums]); none where the view does
///                  not hear
/// @param features  the columns that add most where a window is one row of functionals; else none
public record ViewAttribution(
        View view,
        double logit,
        double baseline,
        int points,
        double gap,
        boolean complete,
        double audio,
        double text,
        List<Double> words,
        double added,
        List<Double> stretches,
        List<Feature> features) {

    private static final RecordJson<ViewAttribution> JSON = RecordJson.of(ViewAttribution.class);

    private static final int FEATURES = 10;

    public ViewAttribution {
        words = List.copyOf(words);
        stretches = List.copyOf(stretches);
        features = List.copyOf(features);
    }

    /// A column of a row of functionals.
    ///
    /// @param name  of the column
    /// @param value of the recording's window, standardised where the model reads it so
    /// @param worth what it adds to the logit
    public record Feature(int window, String name, double value, double worth) {}

    static ViewAttribution of(Perturbation asked, View view) {
        return of(asked, IntegratedGradients.of(asked, view));
    }

    /// The same where the integrated gradients are known.
    static ViewAttribution of(Perturbation asked, IntegratedGradients found) {
        EmotionModel model = asked.model();
        List<Double> stretches = new ArrayList<>();
        List<Feature> features = new ArrayList<>();
        for (int window = 0; window < found.audio().size(); window++) {
            Attribution attribution = found.audio().get(window);
            stretches.addAll(StretchSums.of(asked, window, attribution));
            if (StretchSums.isOneRow(model)) {
                features.addAll(features(asked, window, attribution));
            }
        }
        features.sort(Comparator.comparingDouble(feature -> -Math.abs(feature.worth)));
        double audio = found.audio().stream().mapToDouble(Attribution::sum).sum();
        Attribution read = found.text();
        String text = asked.audit().text();
        double[] tokens = read == null ? new double[0] : read.ofRows();
        int[] owners = text == null ? new int[0] : WordRows.wordOfToken(model, text, tokens.length);
        return new ViewAttribution(
                found.view(),
                found.logit(),
                found.baseline(),
                found.points(),
                found.gap(),
                found.isComplete(),
                audio,
                read == null ? 0 : read.sum(),
                read == null
                        ? List.of()
                        : WordSums.of(owners, tokens, asked.words().size()),
                IntStream.range(0, tokens.length)
                        .filter(token -> owners[token] < 0)
                        .mapToDouble(token -> tokens[token])
                        .sum(),
                stretches,
                features.subList(0, Math.min(FEATURES, features.size())));
    }

    /// All of it, for programs.
    JsonObject toJson() {
        return JSON.write(this).with("view", view.word());
    }

    private static List<Feature> features(Perturbation asked, int window, Attribution attribution) {
        List<String> names = asked.model().kind().columns();
        float[] row =
                StretchSums.standardised(asked.model(), asked.heard(window).features());
        return IntStream.range(0, row.length)
                .mapToObj(i ->
                        new Feature(window, names.get(i), row[i], attribution.worth()[i]))
                .toList();
    }
}
