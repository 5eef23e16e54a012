package dev.parallax.report.audit;

import dev.parallax.audio.Audio;
import dev.parallax.audit.attribution.Perturbation;
import dev.parallax.audit.attribution.ViewAttribution;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What the words and the sound of an utterance are worth: numbers as colours behind them.
///
/// @param words         of the text
/// @param windows       of the recording
/// @param windowSeconds how long each of them is [s]
record InputWorth(List<String> words, List<Audio> windows, List<Double> windowSeconds) {

    /// What words and stretches add to a logit.
    ///
    /// @param name  what the names of the figures begin with
    /// @param label whose logit it is
    List<Html> worth(Page page, String name, ViewAttribution attribution, String label) {
        List<Html> inside = new ArrayList<>();
        if (!attribution.words().isEmpty()) {
            inside.add(sentence(attribution.words()));
            inside.add(Html.paragraph("The stronger the blue behind a word, the more it speaks for " + label
                            + "; red speaks against it.")
                    .with("class", "note"));
        }
        if (!attribution.stretches().isEmpty()) {
            String how = attribution.features().isEmpty()
                    ? "what its frames add to the logit"
                    : "what its silence would take from the logit, to first order";
            inside.addAll(waves(
                    page,
                    name,
                    attribution.stretches(),
                    "the stronger the blue behind a stretch, the more it speaks for " + label
                            + "; red speaks against it: " + how));
        }
        return inside;
    }

    /// The words with numbers behind them.
    Html sentence(List<Double> worth) {
        double largest = worth.stream().mapToDouble(Math::abs).max().orElse(0);
        List<Html> shown = new ArrayList<>();
        for (int i = 0; i < worth.size(); i++) {
            shown.add(Html.of("span", words.get(i))
                    .with("title", Shown.signed(worth.get(i), 3))
                    .with(
                            "style",
                            "padding: 0.1em 0.25em; border-radius: 4px; " + Shown.background(worth.get(i), largest)));
            shown.add(Html.text(" "));
        }
        return Html.of("blockquote", shown);
    }

    /// The waveform of each window with numbers of its stretches behind it.
    List<Html> waves(Page page, String name, List<Double> values, String caption) {
        List<Html> figures = new ArrayList<>();
        int each = values.size() / Math.max(1, windows.size());
        for (int window = 0; window < windows.size(); window++) {
            List<Double> its = values.subList(window * each, (window + 1) * each);
            int first = window * each;
            List<List<String>> rows = IntStream.range(0, each)
                    .mapToObj(i -> List.of(
                            Shown.decimals(Perturbation.start(windowSeconds, first + i), 3),
                            Shown.decimals(Perturbation.end(windowSeconds, first + i), 3),
                            Shown.decimals(its.get(i), 6)))
                    .toList();
            String which = windows.size() == 1 ? "The recording" : "Window " + (window + 1);
            Audio sound = windows.get(window);
            figures.add(page.figure(Figure.of(
                    name + (window + 1),
                    which + ": " + caption + ". The strongest has "
                            + Shown.decimals(
                                    its.stream().mapToDouble(Math::abs).max().orElse(0), 3)
                            + ".",
                    List.of("from", "to", name),
                    rows,
                    () -> SoundPictures.wave(sound, its))));
        }
        return figures;
    }
}
