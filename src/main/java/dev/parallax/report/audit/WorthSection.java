package dev.parallax.report.audit;

import dev.parallax.audio.Audio;
import dev.parallax.audit.Contributions;
import dev.parallax.audit.attribution.Explanation;
import dev.parallax.audit.attribution.Occlusion;
import dev.parallax.audit.attribution.ShapleyValues;
import dev.parallax.audit.attribution.Summary;
import dev.parallax.audit.attribution.ViewAttribution;
import dev.parallax.model.Prediction;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the parts of the input are worth: first in a few sentences and pictures, then all numbers.
///
/// @param explanation what the answer hangs on
/// @param windows     of the recording
record WorthSection(Explanation explanation, List<Audio> windows) {

    /// The shortest answer to the question why.
    List<Html> why(Page page) {
        List<Html> inside = new ArrayList<>();
        List<Html.Element> sentences = Summary.of(explanation).stream()
                .map(sentence -> Html.of("li", Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + "."))
                .toList();
        inside.add(Html.of("ul", sentences));
        ViewAttribution decided = explanation.decided();
        inside.addAll(input().worth(page, "attribution", decided, explanation.label()));
        return inside;
    }

    private InputWorth input() {
        return new InputWorth(explanation.words(), windows, explanation.windowSeconds());
    }

    /// All numbers.
    List<Html> parts(Page page, Prediction prediction, @Nullable Contributions contributions) {
        List<Html> inside = new ArrayList<>();
        if (contributions != null) {
            inside.add(sum(prediction, contributions));
        }
        inside.add(shapley());
        if (!explanation.words().isEmpty()) {
            inside.add(words());
        }
        if (!explanation.wordAttention().isEmpty()) {
            inside.add(input().sentence(aboveEqual(explanation.wordAttention())));
            inside.add(
                    Html.paragraph("The stronger the blue, the more the encoder attends to a word above an equal share;"
                                    + " red is below: where it looks, not what it makes of it.")
                            .with("class", "note"));
        }
        if (!explanation.decided().features().isEmpty()) {
            inside.add(features());
        }
        if (!explanation.windowSeconds().isEmpty()) {
            Occlusion occlusion = explanation.occlusion();
            inside.addAll(input().waves(
                            page,
                            "stretches",
                            occlusion.silenced().stream()
                                    .map(silenced -> Double.isNaN(silenced) ? 0 : occlusion.whole() - silenced)
                                    .toList(),
                            "the stronger the blue behind a stretch, the more of the probability of "
                                    + explanation.label()
                                    + ", " + Shown.decimals(occlusion.whole(), 3)
                                    + ", is lost where it is silenced; red where it rises"));
        }
        if (!explanation.audioAttention().isEmpty()) {
            inside.addAll(input().waves(
                            page,
                            "attention",
                            aboveEqual(explanation.audioAttention()),
                            "the stronger the blue, the more the encoder attends to a stretch above an equal share, red below:"
                                    + " where it looks, not what it makes of it"));
        }
        return inside;
    }

    /// Attention less an equal share; 0 where there is nothing to look at.
    private static List<Double> aboveEqual(List<Double> attention) {
        return attention.stream()
                .map(share -> Double.isNaN(share) ? 0 : share - 1)
                .toList();
    }

    private static Html sum(Prediction prediction, Contributions sum) {
        Table table = new Table(
                "The fused logits are a sum, class by class",
                List.of("class", "audio adds", "text adds", "priors add", "fused z"));
        for (int c = 0; c < prediction.labels().size(); c++) {
            double audio = sum.audio().get(c);
            double text = sum.text().get(c);
            double priors = sum.priors().get(c);
            table.row(List.of(
                    Table.name(prediction.labels().get(c)),
                    Table.number(audio),
                    Table.number(text),
                    Table.number(priors),
                    Table.number(audio + text + priors)));
        }
        return table.note("Exact but for rounding: " + Shown.decimals(sum.gap(), 9) + " at most.")
                .html();
    }

    private Html shapley() {
        ShapleyValues values = explanation.shapley();
        if (values == null) {
            return Html.paragraph("There are no Shapley values of audio and text: " + explanation.noShapley() + ".");
        }
        return new Table(
                        "Shapley values: what audio and text bring to the probability of " + explanation.label(),
                        List.of("prior", "audio alone", "text alone", "both", "audio brings", "text brings"))
                .row(List.of(
                        Table.number(values.neither()),
                        Table.number(values.audio()),
                        Table.number(values.text()),
                        Table.number(values.both()),
                        Table.number(values.ofAudio(), Shown.signed(values.ofAudio(), 3)),
                        Table.number(values.ofText(), Shown.signed(values.ofText(), 3))))
                .note("Prior + audio + text = both, exactly.")
                .html();
    }

    private Html words() {
        List<ViewAttribution> views = explanation.attributions().stream()
                .filter(attribution -> !attribution.words().isEmpty())
                .toList();
        List<String> header = new ArrayList<>(List.of("word"));
        views.forEach(view -> header.add("adds to z, " + view.view().word()));
        header.addAll(List.of("p without it", "change"));
        boolean looks = !explanation.wordAttention().isEmpty();
        if (looks) {
            header.add("attention");
        }
        Table table = new Table(
                "What each word adds to the logit of " + explanation.label()
                        + " (integrated gradients), and the probability without it",
                header);
        Occlusion occlusion = explanation.occlusion();
        for (int i = 0; i < explanation.words().size(); i++) {
            double without =
                    i < occlusion.withouts().size() ? occlusion.withouts().get(i) : Double.NaN;
            List<Html.Element> cells =
                    new ArrayList<>(List.of(Table.name(explanation.words().get(i))));
            for (ViewAttribution view : views) {
                cells.add(Shown.signed(view.words().get(i)));
            }
            cells.add(Table.number(without));
            cells.add(Shown.signed(without - occlusion.whole()));
            if (looks) {
                cells.add(Table.number(explanation.wordAttention().get(i)));
            }
            table.row(cells);
        }
        views.stream()
                .filter(view -> view.added() != 0)
                .forEach(view -> table.note(String.format(
                        Locale.ROOT,
                        "Tokens that stand for no word add %+.3f (%s).",
                        view.added(),
                        view.view().word())));
        return table.html();
    }

    private Html features() {
        Table table = new Table(
                "The functionals of the sound that add most to the logit of " + explanation.label(),
                List.of("functional", "value, standardised", "adds to z"));
        for (ViewAttribution.Feature feature : explanation.decided().features()) {
            String window = windows.size() == 1 ? "" : ", window " + (feature.window() + 1);
            table.row(List.of(
                    Table.name(feature.name() + window), Shown.signed(feature.value()), Shown.signed(feature.worth())));
        }
        return table.note("The value is how many standard deviations of the training part it is above their mean.")
                .html();
    }
}
