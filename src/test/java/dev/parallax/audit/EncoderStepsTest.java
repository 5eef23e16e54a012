package dev.parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestBackends;
import dev.parallax.TinyEncoders;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.pretrained.EncoderUse;
import dev.parallax.pretrained.FrozenEncoders;
import dev.parallax.pretrained.FrozenText;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import dev.parallax.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The own steps of pretrained encoders are in the trace, and each is what its formula says.
class EncoderStepsTest {

    private static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();
    private static final String TEXT = "so glad you came";

    @TempDir
    Path folder;

    private static EmotionModel model(@Nullable Path audio, @Nullable Path text, EncoderUse use) {
        NetworkConfig network = NetworkConfig.STANDARD
                .withModalities(audio != null, text != null)
                .withFusion("late-add");
        FrozenEncoders encoders = FrozenEncoders.of(
                new FrozenEncoders.Places(audio, text),
                audio == null ? EncoderUse.FROZEN : use,
                text == null ? EncoderUse.FROZEN : use,
                BACKEND);
        return new UtteranceModelSpec(
                        Labels.of(List.of("anger", "joy", "sadness")),
                        FeatureConfig.preset("speech"),
                        network,
                        Tokenizer.standard(),
                        Subwords.NONE,
                        new Vocabulary.Limits(1, 100),
                        encoders)
                .newModel(StartingWeights.RANDOM, List.of(TEXT), null, true, BACKEND, 7, _ -> {});
    }

    private static Audio noise(int samples, int rate) {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        float[] values = new float[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = (float) (0.3 * Math.sin(i * 0.08) + 0.1 * random.uniform(-1, 1));
        }
        return new Audio(values, rate);
    }

    private Replay.Report replayed(EmotionModel model, UtteranceAudit audit) {
        AuditSubject subject =
                AuditSubject.of(model, "a model", null, null, List.of(AuditedUtterance.of(null, null, audit)));
        TraceFile.write(folder, subject.toJson(), audit.trace());
        return Replay.of(TraceFile.read(folder), model);
    }

    private static Set<String> unchecked(Replay.Report report) {
        return report.findings().stream()
                .filter(finding -> Double.isNaN(finding.difference()))
                .map(Finding::what)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wav2vec2-base",
                "wav2vec2-large",
                "hubert-base",
                "data2vec-audio",
                "wavlm-base",
                "wavlm-large",
                "emotion2vec",
                "whisper-encoder"
            })
    void replay_everyEncoderOfSpeech_findsNothing(String name) {
        try (EmotionModel model = model(TinyEncoders.resource(name), null, EncoderUse.FROZEN)) {
            Audio clip = noise(8000, 16_000);
            UtteranceAudit audit = UtteranceAudit.of(model, List.of(clip), null);
            assertEquals(model.predict(clip, null), audit.prediction());
            assertEquals(0, EncoderSteps.leftOut(audit.trace()));
            Replay.Report report = replayed(model, audit);
            assertEquals(List.of(), report.faults());
            Set<String> unchecked = unchecked(report);
            unchecked.removeAll(Set.of("constant", UtteranceAudit.SAMPLES, "temperature, audio"));
            assertEquals(Set.of(), unchecked);
            long own = audit.trace().steps().stream()
                    .filter(step -> step.action().part().equals("audio encoder"))
                    .count();
            assertTrue(own > 20, () -> own + " steps");
        }
    }

    @Test
    void replay_encoderOfTextAndOneOfSpeechAtAnotherRate_findsNothing() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        try (EmotionModel model = model(TinyEncoders.resource("wavlm-base"), bert, new EncoderUse("0,2", 0, 0))) {
            Audio clip = noise(12_000, 24_000);
            UtteranceAudit audit = UtteranceAudit.of(model, List.of(clip), TEXT);
            assertEquals(model.predict(clip, TEXT), audit.prediction());
            Replay.Report report = replayed(model, audit);
            assertEquals(List.of(), report.faults());
            assertTrue(
                    audit.trace().steps().stream()
                            .flatMap(step -> step.in().stream())
                            .anyMatch(source -> source.isParameter()
                                    && source.parameter().equals("text-encoder.embeddings.word_embeddings.weight")),
                    "the first step reads the rows of the tokens");
        }
    }

    /// Blocks that are trained belong to the model; those below are the encoder's.
    @ParameterizedTest
    @CsvSource({"2, 0", "2, 4"})
    void replay_encoderWhoseUpperBlocksAreTrained_findsNothing(int from, int rank) throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        try (EmotionModel model = model(null, bert, new EncoderUse("all", from, rank))) {
            UtteranceAudit audit = UtteranceAudit.of(model, List.of(), TEXT);
            assertEquals(List.of(), replayed(model, audit).faults());
        }
    }

    /// Beyond the limit the states are one step, as they were read.
    @Test
    void text_moreNumbersThanTheLimit_isOneStepThatSaysSo() throws IOException {
        Path bert = TinyEncoders.bert(folder.resolve("bert"));
        try (EmotionModel model = model(null, bert, EncoderUse.FROZEN)) {
            FrozenText encoder = Objects.requireNonNull(model.encoders().text());
            float[] states = encoder.states(TEXT).values();
            Trace whole = new Trace();
            new EncoderSteps(whole, "", EncoderSteps.LIMIT).text(encoder, TEXT, states);
            long numbers = whole.steps().stream()
                    .filter(step -> step.action().part().equals("text encoder"))
                    .mapToLong(step -> step.values().length)
                    .sum();
            Trace within = new Trace();
            new EncoderSteps(within, "", numbers).text(encoder, TEXT, states);
            assertEquals(whole.steps().size(), within.steps().size());
            Trace beyond = new Trace();
            Step step = new EncoderSteps(beyond, "", numbers - 1).text(encoder, TEXT, states);
            assertEquals(1, beyond.steps().size());
            assertEquals(numbers, EncoderSteps.leftOut(beyond));
            assertTrue(step.action().formula().contains("left out"), step.action()::formula);
            assertEquals(states.length, step.values().length);
        }
    }
}
