package dev.parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Framing;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audio.pitch.PitchTrack;
import dev.parallax.audio.pitch.PitchTracker;
import dev.parallax.audio.speech.SpeechNormalization;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.trace.Step;
import dev.parallax.trace.StepText;
import dev.parallax.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Resampling, the search for speech and pitch by their formulas, beside the programs that are written for speed.
class FrontEndFormulasTest {

    private static final int RATE = 16_000;

    @TempDir
    Path folder;

    private static Audio clip(int number) {
        return Objects.requireNonNull(
                        new SyntheticCorpus(SyntheticSettings.defaults(1).withSize(40))
                                .utterances()
                                .get(number)
                                .audio())
                .read();
    }

    /// Faint noise, speech-like sounds with pauses of all lengths, an offset, clicks and digital silence.
    static Stream<float[]> signals() {
        List<float[]> all = new ArrayList<>();
        all.add(clip(0).samples());
        all.add(clip(7).samples());
        for (int seed = 1; seed <= 6; seed++) {
            RandomStream random = new RandomStream(seed, 0, 0, 0);
            float[] x = new float[RATE * (1 + seed / 2)];
            double level = 0;
            for (int i = 0; i < x.length; i++) {
                if (i % 1600 == 0) {
                    level = random.nextInt(3) == 0 ? random.uniform(0, 0.5) : random.uniform(0, 0.01);
                }
                x[i] = (float) (0.02 * (seed % 3)
                        + level * Math.sin(i * 0.01 * seed) * Math.sin(i * 0.003)
                        + random.uniform(-1, 1) * (seed % 4 == 0 ? 0 : 0.001));
            }
            int click = x.length / 2;
            x[click] = 0.9f;
            Arrays.fill(x, 0, seed % 2 * 4000, 0);
            all.add(x);
        }
        all.add(new float[RATE]); // nothing
        all.add(new float[] {0.1f, 0.2f});
        return all.stream();
    }

    private static double difference(float[] found, double[] expected) {
        assertEquals(expected.length, found.length);
        return Replay.largest(Step.doubles(found), expected);
    }

    /// Simple ratios of rates, and one of so many phases that the program goes by a rate between.
    @ParameterizedTest
    @CsvSource({
        "48000, 16000",
        "44100, 16000",
        "8000, 16000",
        "11025, 16000",
        "22050, 16000",
        "24414, 16000",
        "16000, 48000",
        "44101, 16000",
        "15999, 16000",
        "7350, 16000"
    })
    void resampling_ofEveryRatio_isItsFormula(int from, int to) {
        RandomStream random = new RandomStream(2, 0, 0, 0);
        float[] x = new float[from / 5];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.4 * Math.sin(2000.0 * i / from) + 0.1 * random.uniform(-1, 1) + 0.05);
        }
        double[] expected = new ResamplingFormula(from, to).of(Step.doubles(x));
        assertTrue(difference(Resampler.of(from, to).resample(x), expected) < Replay.SINGLE / 10);
    }

    @ParameterizedTest
    @MethodSource("signals")
    void speech_ofEverySignal_isItsFormula(float[] x) {
        for (SpeechNormalization settings : List.of(
                SpeechNormalization.STANDARD,
                SpeechNormalization.OFF,
                SpeechNormalization.STANDARD.keepingSilence(),
                new SpeechNormalization(true, -20, true, 0.05, 0.33))) {
            double[] expected = new SpeechFormula(settings, RATE).of(Step.doubles(x));
            assertTrue(difference(settings.apply(new Audio(x, RATE)).samples(), expected) < Replay.SINGLE / 10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 44_100})
    void speech_atOtherRates_isItsFormula(int rate) {
        float[] x = clip(3).samples();
        double[] expected = new SpeechFormula(SpeechNormalization.STANDARD, rate).of(Step.doubles(x));
        float[] found = SpeechNormalization.STANDARD.apply(new Audio(x, rate)).samples();
        assertTrue(found.length < x.length, "silence is cut");
        assertTrue(difference(found, expected) < Replay.SINGLE / 10);
    }

    @ParameterizedTest
    @MethodSource("signals")
    void pitch_ofEverySignal_isItsFormula(float[] x) {
        int voiced = 0;
        for (Framing.Edges edges : Framing.Edges.values()) {
            Framing framing = new Framing(400, 160, edges);
            for (Pitch settings : List.of(Pitch.STANDARD, new Pitch(75, 400, 0.3, 0, 0.03, 0.5, 0.2))) {
                PitchTrack found = new PitchTracker(settings, RATE).track(x, framing, 1);
                PitchPathFormula.Track expected = new PitchFormula(settings, framing, RATE).of(Step.doubles(x));
                assertTrue(difference(found.hz(), numbers(expected.hz())) < Replay.SINGLE / 10);
                assertTrue(difference(found.voicing(), numbers(expected.voicing())) < Replay.SINGLE / 10);
                voiced += (int) expected.hz().stream().filter(hz -> hz > 0).count();
            }
        }
        assertTrue(voiced > 0 || x.length <= RATE, "some frame is voiced");
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static EmotionModel model(FeatureConfig features) {
        ModelConfig config = new ModelConfig(
                Labels.of(List.of("anger", "joy")),
                features,
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD.withModalities(true, false),
                true,
                ModelConfig.WINDOW_SECONDS);
        return new EmotionModel(config, null, TestBackends.all().findFirst().orElseThrow(), 7);
    }

    /// A number of any of these steps that is altered, with its hashes, is found out by the formula.
    @Test
    void replay_alteredNumberOfTheFrontEnd_isFoundOutByTheFormula() throws IOException {
        FeatureConfig features = FeatureConfig.preset("prosody")
                .edit()
                .speech(SpeechNormalization.STANDARD)
                .build();
        EmotionModel model = model(features);
        UtteranceAudit audit = UtteranceAudit.of(model, List.of(new Audio(clip(0).samples(), 22_050)), null);
        AuditSubject subject =
                AuditSubject.of(model, "a model", null, null, List.of(AuditedUtterance.of(null, null, audit)));
        TraceFile.write(folder, subject.toJson(), audit.trace());
        Replay.Report report = Replay.of(TraceFile.read(folder), model);
        assertEquals(List.of(), report.faults());
        List<String> altered = List.of("resampled", "speech", "pitch", "voicing", "rms", "zero crossings", "frames");
        List<String> byFormula = report.findings().stream()
                .filter(finding -> !Double.isNaN(finding.difference()))
                .map(Finding::what)
                .toList();
        assertTrue(byFormula.containsAll(altered), byFormula::toString);
        for (String what : altered) {
            TraceFile.write(folder, subject.toJson(), audit.trace());
            String step = alter(what);
            List<String> faults = Replay.of(TraceFile.read(folder), model).faults();
            assertTrue(
                    faults.stream()
                            .anyMatch(fault -> fault.startsWith(
                                    step + " (" + what + "): its numbers differ from its" + " formula by")),
                    what + ": " + faults);
        }
    }

    /// Alters the middle number of a step by a thousandth of the largest, and all hashes with it.
    ///
    /// @return its name
    private String alter(String what) throws IOException {
        JsonObject document = Json.parseObject(folder.resolve(TraceFile.STEPS));
        List<JsonObject> steps = new ArrayList<>(document.array("steps").objects());
        TraceFile trace = TraceFile.read(folder);
        SafeTensors before = SafeTensors.read(folder.resolve(TraceFile.VALUES));
        SafeTensors.Builder after = new SafeTensors.Builder();
        String name = "";
        for (int i = 0; i < steps.size(); i++) {
            StepText step = trace.steps().get(i);
            double[] values = trace.values(step).clone();
            if (step.what().equals(what)) {
                name = step.name();
                values[values.length / 2] +=
                        1e-3 * Arrays.stream(values).map(Math::abs).max().orElseThrow();
                values = Step.doubles(Step.floats(values));
                steps.set(i, steps.get(i).with("sha256", StepText.hash(values, step.isDouble())));
            }
            if (step.isDouble()) {
                after.doubles(step.name(), before.shape(step.name()), values);
            } else {
                after.floats(step.name(), before.shape(step.name()), Step.floats(values));
            }
        }
        byte[] bytes = after.toBytes();
        Files.write(folder.resolve(TraceFile.VALUES), bytes);
        new Alteration(folder, new RandomStream(1, 0, 0, 0))
                .writeSteps(document.with("values", SafeFiles.sha256(bytes)), steps);
        return name;
    }
}
