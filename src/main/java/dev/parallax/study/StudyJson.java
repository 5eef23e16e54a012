package dev.parallax.study;

import dev.parallax.eval.Agreement;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.report.study.StudyFindings;
import dev.parallax.report.study.StudyFindings.Tried;
import dev.parallax.report.study.StudyRow;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The results of a study as JSON.
final class StudyJson {

    private StudyJson() {}

    /// All tables.
    static JsonObject of(StudyResults results) {
        StudyFindings findings = results.findings();
        JsonObject effects = Json.object();
        for (Map.Entry<String, Versus> effect : findings.effects().entrySet()) {
            effects = effects.with(effect.getKey(), versus(effect.getValue()));
        }
        return Json.object()
                .with("study", results.plan().identity())
                .with("dishonesty", results.plan().base().training().dishonesty())
                .with("context", results.context())
                .with("causal", results.causal())
                .with("seeds", results.plan().seeds())
                .with("tried", array(findings.tried(), StudyJson::tried))
                .with("rows", array(findings.rows(), StudyJson::row))
                .with("perspectiveLoss", effects)
                .with("speakers", Json.of(findings.speakers()))
                .with("curves", Json.of(findings.curves()));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
        List<Json> all = new ArrayList<>();
        items.forEach(item -> all.add(json.apply(item)));
        return Json.array(all);
    }

    /// What an inner cross-validation tried.
    static JsonObject tried(Tried tried) {
        return Json.object()
                .with("strategy", tried.strategy())
                .with("loss", tried.loss().word())
                .with("fold", tried.fold())
                .with("chosen", tried.chosen())
                .with("scores", Json.of(tried.scores()));
    }

    /// What [#tried(Tried)] wrote.
    static Tried tried(JsonObject json) {
        return RecordJson.of(Tried.class).read(json.without("chosen"));
    }

    private static JsonObject row(StudyRow row) {
        return Json.object()
                .with("strategy", row.strategy())
                .with("loss", row.loss().word())
                .with("parameters", row.parameters())
                .with("utterances", row.utterances())
                .with("unweightedAccuracy", row.ua().mean())
                .with("unweightedAccuracyDeviation", row.ua().deviation())
                .with("weightedAccuracy", row.wa().mean())
                .with("weightedAccuracyDeviation", row.wa().deviation())
                .with(
                        "interval",
                        Json.object()
                                .with("estimate", row.interval().estimate())
                                .with("low", row.interval().low())
                                .with("high", row.interval().high())
                                .with("clusters", row.interval().clusters())
                                .with("withinTheseSpeakers", row.interval().withinTheseSpeakers()))
                .with("calibration", Json.of(row.before()))
                .with("calibrationAfterScaling", Json.of(row.after()))
                .with("audio", Json.of(row.audio()))
                .with("text", Json.of(row.text()))
                .with("versus", versus(row.versus()))
                .with("whoDecides", agreement(row.agreement()));
    }

    private static Json versus(@Nullable Versus versus) {
        return versus == null
                ? new Json.Null()
                : Json.object()
                        .with("with", versus.with())
                        .with("difference", versus.comparison().difference())
                        .with("p", versus.comparison().p())
                        .with("adjusted", versus.adjusted())
                        .with("smallestP", versus.comparison().smallestP())
                        .with("clusters", versus.comparison().clusters())
                        .with("exact", versus.comparison().exact())
                        .with("shown", versus.shown());
    }

    private static Json agreement(@Nullable Agreement agreement) {
        return agreement == null
                ? new Json.Null()
                : Json.object()
                        .with("both", some(agreement.both()))
                        .with("audioAlone", some(agreement.audio()))
                        .with("textAlone", some(agreement.text()))
                        .with("neither", some(agreement.neither()))
                        .with("disagreements", agreement.disagreement().count())
                        .with("disagreementsRight", agreement.disagreement().fusedRight())
                        .with("followsAudio", agreement.disagreement().asAudio())
                        .with("followsText", agreement.disagreement().asText());
    }

    private static JsonObject some(Agreement.Case some) {
        return Json.object().with("utterances", some.count()).with("fusedRight", some.fusedRight());
    }
}
