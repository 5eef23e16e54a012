package dev.parallax.study;

import dev.parallax.eval.Agreement;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Power;
import dev.parallax.eval.ValidationGap;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.report.study.GroupFindings;
import dev.parallax.report.study.StudyFindings;
import dev.parallax.report.study.StudyFindings.LinearLead;
import dev.parallax.report.study.StudyFindings.LossEffect;
import dev.parallax.report.study.StudyFindings.Tried;
import dev.parallax.report.study.StudyRow;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The results of a study as JSON.
final class StudyJson {

    private StudyJson() {}

    /// All tables.
    static JsonObject of(StudyResults results) {
        StudyFindings findings = results.findings();
        return Json.object()
                .with("study", results.plan().identity())
                .with("dishonesty", results.plan().dishonesty())
                .with("speakerIndependent", results.plan().isSpeakerIndependent())
                .with("syntheticSpeech", results.plan().base().syntheticSpeech())
                .with("context", results.context())
                .with("causal", results.causal())
                .with("seeds", results.plan().seeds())
                .with("tried", array(findings.tried(), StudyJson::tried))
                .with("rows", array(findings.rows(), StudyJson::row))
                .with("lossEffects", array(findings.effects(), StudyJson::effect))
                .with("linearAgainstNetworks", lead(findings.lead()))
                .with("validationAgainstTest", gap(findings.gap()))
                .with(
                        "testTranscripts",
                        Json.object()
                                .with("known", findings.overlap().transcripts())
                                .with("inTraining", findings.overlap().repeated()))
                .with("speakers", Json.of(findings.speakers()))
                .with("groups", array(findings.groups(), StudyJson::groups))
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
                .with("sizeExcess", row.excess() == null ? new Json.Null() : Json.of(row.excess()))
                .with("utterances", row.utterances())
                .with("unweightedAccuracy", row.ua().mean())
                .with("unweightedAccuracyDeviation", row.ua().deviation())
                .with("weightedAccuracy", row.wa().mean())
                .with("weightedAccuracyDeviation", row.wa().deviation())
                .with("interval", interval(row.interval()))
                .with("seedsAveraged", row.averaged() == null ? new Json.Null() : interval(row.averaged()))
                .with("unweightedAccuracyMeanOfFolds", row.folds())
                .with("calibration", Json.of(row.before()))
                .with("calibrationAfterScaling", Json.of(row.after()))
                .with("audio", Json.of(row.audio()))
                .with("text", Json.of(row.text()))
                .with("versus", versus(row.versus()))
                .with("whoDecides", agreement(row.agreement()));
    }

    private static JsonObject groups(GroupFindings findings) {
        return Json.object().with("column", findings.column()).with("rows", array(findings.rows(), StudyJson::group));
    }

    private static JsonObject group(GroupFindings.Row row) {
        return Json.object()
                .with("group", row.group())
                .with("strategy", row.strategy())
                .with("loss", row.loss().word())
                .with("utterances", row.utterances())
                .with("unweightedAccuracy", row.unweightedAccuracy())
                .with("versus", versus(row.reference()))
                .with("versusSingleLoss", versus(row.single()));
    }

    private static JsonObject interval(Interval interval) {
        return Json.object()
                .with("estimate", interval.estimate())
                .with("low", interval.low())
                .with("high", interval.high())
                .with("clusters", interval.clusters())
                .with("withinTheseSpeakers", interval.withinTheseSpeakers());
    }

    private static JsonObject effect(LossEffect effect) {
        return Json.object()
                .with("strategy", effect.strategy())
                .with("loss", effect.loss().word())
                .with("versus", versus(effect.versus()));
    }

    private static Json lead(@Nullable LinearLead lead) {
        return lead == null
                ? new Json.Null()
                : Json.object()
                        .with("linear", lead.linear())
                        .with("network", lead.network())
                        .with("versus", versus(lead.versus()));
    }

    private static Json gap(@Nullable ValidationGap gap) {
        return gap == null
                ? new Json.Null()
                : RecordJson.of(ValidationGap.class).write(gap).with("suspicious", gap.isSuspicious());
    }

    private static Json power(@Nullable Power power, double difference) {
        return power == null
                ? new Json.Null()
                : Json.object()
                        .with("standardError", power.standardError())
                        .with("level", power.level())
                        .with("power", Power.POWER)
                        .with("detectableDifference", power.detectable())
                        .with("clustersForObserved", power.needed(difference))
                        .with("clustersFor0.02", power.needed(0.02));
    }

    private static Json versus(@Nullable Versus versus) {
        return versus == null
                ? new Json.Null()
                : Json.object()
                        .with("with", versus.with())
                        .with("difference", versus.comparison().difference())
                        .with("interval", interval(versus.interval()))
                        .with("p", versus.comparison().p())
                        .with("adjusted", versus.adjusted())
                        .with("smallestP", versus.comparison().smallestP())
                        .with("clusters", versus.comparison().clusters())
                        .with("exact", versus.comparison().exact())
                        .with("shown", versus.shown())
                        .with("sameRightAnswers", versus.sameRightAnswers())
                        .with("power", power(versus.power(), versus.comparison().difference()));
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
