package dev.parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.fusion.Fusions;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Starter;
import dev.parallax.model.TokenText;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.trace.Step;
import dev.parallax.trace.TraceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Traces of answers, and their replay through formulas in plain loops.
class UtteranceAuditTest {

    private static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();
    private static final String TEXT = "so glad, you came größe";

    @TempDir
    Path folder;

    private static EmotionModel model(FeatureConfig features, String fusion, Backend backend) {
        return model(features, NetworkConfig.STANDARD.withFusion(fusion), backend);
    }

    private static EmotionModel model(FeatureConfig features, NetworkConfig network, Backend backend) {
        ModelConfig config = new ModelConfig(
                Labels.of(List.of("anger", "joy", "sadness")),
                features,
                Tokenizer.standard(),
                Subwords.NONE,
                network,
                true,
                ModelConfig.WINDOW_SECONDS);
        Vocabulary vocabulary =
                Vocabulary.build(List.of(List.of("so", "glad", "größe")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, vocabulary, backend, 7);
    }

    private static Audio clip() {
        return Objects.requireNonNull(
                        new SyntheticCorpus(SyntheticSettings.defaults(1).withSize(40))
                                .utterances()
                                .getFirst()
                                .audio())
                .read();
    }

    private Replay.Report replayed(EmotionModel model, UtteranceAudit audit) {
        AuditSubject subject =
                AuditSubject.of(model, "a model", null, null, List.of(AuditedUtterance.of(null, null, audit)));
        TraceFile.write(folder, subject.toJson(), audit.trace());
        return Replay.of(TraceFile.read(folder), model);
    }

    static List<String> fusions() {
        return Fusions.names();
    }

    /// With every fusion each step is what its formula says, and the steps end in the answer of predict.
    @ParameterizedTest
    @MethodSource("fusions")
    void replay_everyFusion_findsNothing(String fusion) {
        EmotionModel model = model(FeatureConfig.preset("speech").withStack(4), fusion, BACKEND);
        Audio clip = clip();
        UtteranceAudit audit = UtteranceAudit.of(model, List.of(clip), TEXT);
        assertEquals(model.predict(clip, TEXT), audit.prediction());
        Replay.Report report = replayed(model, audit);
        assertEquals(List.of(), report.faults());
        assertTrue(report.findings().stream().allMatch(finding -> finding.now() == 0));
    }

    static Stream<String> presets() {
        return FeatureConfig.presets().stream();
    }

    /// The stages of every preset of features are what their formulas say.
    @ParameterizedTest
    @MethodSource("presets")
    void replay_everyPresetOfFeatures_findsNothing(String preset) {
        EmotionModel model = model(FeatureConfig.preset(preset), "late-add", BACKEND);
        UtteranceAudit audit = UtteranceAudit.of(model, List.of(clip()), TEXT);
        Replay.Report report = replayed(model, audit);
        assertEquals(List.of(), report.faults());
    }

    /// A model that does not listen: no step reads the recording, and the trace holds without it.
    @Test
    void replay_soundForAModelOfText_findsNothing() {
        NetworkConfig text = NetworkConfig.STANDARD.withModalities(false, true);
        EmotionModel model = model(FeatureConfig.preset("speech"), text, BACKEND);
        UtteranceAudit audit = UtteranceAudit.of(model, List.of(clip()), TEXT);
        assertEquals(List.of(), audit.windows());
        assertEquals(List.of(), replayed(model, audit).faults());
    }

    /// The starter: the answer's steps are there for each view, and nearly all numbers have a formula.
    @Test
    void of_starter_endsInItsAnswer() {
        try (EmotionModel starter = Starter.load(BACKEND)) {
            Audio clip = clip();
            UtteranceAudit audit = UtteranceAudit.of(starter, List.of(clip), TEXT);
            assertEquals(starter.predict(clip, TEXT), audit.prediction());
            Step last = audit.trace().steps().getLast();
            assertEquals("decision, text", last.action().what());
            assertNotNull(audit.logits().fused());
            assertEquals(
                    List.of("so", "glad", ",", "you", "came", "größe"),
                    audit.tokens().stream().map(TokenText::token).toList());
            assertFalse(audit.tokens().getLast().isKnown());
            assertFalse(audit.tokens().getLast().rows().isEmpty(), "its pieces stand for it");
            Replay.Report report = replayed(starter, audit);
            assertEquals(List.of(), report.faults());
            long withFormula = report.findings().stream()
                    .filter(finding -> !Double.isNaN(finding.difference()))
                    .count();
            assertTrue(
                    withFormula > 20, withFormula + " of " + report.findings().size());
            assertTrue(Objects.requireNonNull(audit.prediction().fused()).probability() > 0);
        }
    }
}
