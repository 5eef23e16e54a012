package dev.parallax.report.audit;

import dev.parallax.audit.AuditSubject;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.io.JsonObject;
import dev.parallax.model.TokenText;
import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What was heard and read of an utterance, and by which model.
final class InputSections {

    private InputSections() {}

    /// The model that has answered.
    static List<Fact> facts(AuditSubject subject) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("Parallax", subject.parallax()),
                new Fact("model", subject.model()),
                new Fact("weights, SHA-256", subject.weights())));
        subject.encoders().forEach(line -> facts.add(new Fact("pretrained encoder", line)));
        facts.add(new Fact("backend", subject.backend()));
        return facts;
    }

    /// Whether there are steps of a recording.
    static boolean hasSound(List<Step> steps) {
        return steps.stream().anyMatch(step -> step.action().what().equals(UtteranceAudit.SAMPLES));
    }

    /// The stages of a recording, and a picture of its bands.
    ///
    /// @param name what the names of the figures begin with
    static List<Html> heard(Page page, String name, List<Step> steps) {
        List<Html> inside = new ArrayList<>();
        inside.add(
                Html.paragraph("From samples to what the network reads, stage by stage. Each is a step below, with its"
                        + " formula and settings."));
        Table table = new Table("Stages", List.of("step", "what", "shape", "least", "mean", "largest"));
        Set<String> stages = new HashSet<>();
        for (Step step : steps) {
            boolean begins = step.action().what().equals(UtteranceAudit.SAMPLES);
            boolean goesOn = !step.in().isEmpty()
                    && step.in().stream().map(Source::value).allMatch(stages::contains);
            if (begins || goesOn) {
                stages.add(step.name());
                table.row(List.of(
                        Html.of("th", Shown.link(step.name())).with("scope", "row"),
                        Table.cell(step.action().what()),
                        Table.cell(step.shape().toString()),
                        Table.number(Shown.least(step.values())),
                        Table.number(Arrays.stream(step.values()).average().orElse(Double.NaN)),
                        Table.number(Shown.largest(step.values()))));
            }
        }
        inside.add(table.html());
        int number = 0;
        for (Step step : steps) {
            if (step.action().what().equals(UtteranceAudit.BANDS) && step.values().length > 0) {
                number++;
                inside.add(page.figure(bands(name + number, step)));
            }
        }
        return inside;
    }

    private static Figure bands(String name, Step step) {
        int frames = step.shape().getFirst();
        JsonObject settings = step.action().settings();
        double seconds =
                (double) frames * settings.object("framing").integer("hopLength") / settings.integer("sampleRate");
        return Figure.of(
                name,
                "Compressed energy by frequency, low bands below, of the speech that is left without silence.",
                List.of("frames", "bands"),
                List.of(List.of(
                        Integer.toString(frames), Integer.toString(step.shape().getLast()))),
                () -> SoundPictures.bands(step.values(), frames, seconds));
    }

    /// The tokens of a text.
    static Html read(List<TokenText> tokens) {
        Table table = new Table("Tokens", List.of("token", "known", "rows of the embedding"));
        for (TokenText token : tokens) {
            table.row(List.of(
                    Table.name(token.token()),
                    Table.cell(token.isKnown() ? "yes" : "by its pieces"),
                    Table.cell(token.rows().toString())));
        }
        return table.html();
    }
}
