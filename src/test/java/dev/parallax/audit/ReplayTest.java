package dev.parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.NetworkConfig;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A trace that somebody has altered is found out, also where the hashes were made to fit.
class ReplayTest {

    private static final Backend BACKEND = TestBackends.all().findFirst().orElseThrow();
    private static final String TEXT = "so glad you came";
    private static final int ALTERATIONS = 200;

    @TempDir
    Path folder;

    private final EmotionModel model = model(7);

    private static EmotionModel model(long seed) {
        ModelConfig config = new ModelConfig(
                Labels.of(List.of("anger", "joy", "sadness")),
                FeatureConfig.preset("speech").withStack(4),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD.withFusion("middle-attention"),
                true,
                ModelConfig.WINDOW_SECONDS);
        Vocabulary vocabulary = Vocabulary.build(List.of(List.of("so", "glad")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, vocabulary, BACKEND, seed);
    }

    @BeforeEach
    void write() {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        float[] samples = new float[3200];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(i * 0.08) * Math.sin(i * 0.001) + 0.01 * random.uniform(-1, 1));
        }
        UtteranceAudit audit = UtteranceAudit.of(model, List.of(new Audio(samples, 16_000)), TEXT);
        AuditSubject subject =
                AuditSubject.of(model, "a model", null, null, List.of(AuditedUtterance.of(null, null, audit)));
        TraceFile.write(folder, subject.toJson(), audit.trace());
    }

    private Replay.Report replayed(EmotionModel by) {
        return Replay.of(TraceFile.read(folder), by);
    }

    @Test
    void of_traceAsWritten_isTrue() {
        assertEquals(List.of(), replayed(model).faults());
    }

    @Test
    void of_otherWeights_isFoundOut() throws IOException {
        EmotionModel other = model(8);
        Replay.Report report = replayed(other);
        assertTrue(report.faults().getFirst().contains("is of another model"), report.faults()::toString);
        JsonObject document = Json.parseObject(folder.resolve(TraceFile.STEPS));
        JsonObject lying = document.object("of").with("weights", ModelHashes.weights(other));
        Alteration by = new Alteration(folder, new RandomStream(1, 0, 0, 0));
        by.writeSteps(document.with("of", lying), document.array("steps").objects());
        assertFalse(replayed(other).isTrue(), "the hash may lie, the numbers do not fit");
        by.writeSteps(
                document.with("of", lying.with("weights", "x")),
                document.array("steps").objects());
        assertFalse(replayed(other).isTrue());
    }

    /// The numbers of a step with another shape than its text says: one line, no more.
    @Test
    void read_shapesThatDiffer_areRefused() throws IOException {
        JsonObject document = Json.parseObject(folder.resolve(TraceFile.STEPS));
        List<JsonObject> steps = new ArrayList<>(document.array("steps").objects());
        steps.set(0, steps.getFirst().with("shape", new int[] {1, 3200}));
        new Alteration(folder, new RandomStream(1, 0, 0, 0)).writeSteps(document, steps);
        String message = Refusal.of(() -> TraceFile.read(folder));
        assertTrue(message.contains("step.0000 has the shape [3200]"), message);
    }

    @Test
    void read_noTrace_isRefused() throws IOException {
        Files.writeString(folder.resolve(TraceFile.STEPS), "{\"format\": 9}");
        String message = Refusal.of(() -> TraceFile.read(folder));
        assertTrue(message.contains("is no trace of format 1"), message);
    }

    /// Each alteration by itself: of one number, setting, source, shape or word of a step, of the order of steps, or of
    /// the text; with the hashes as they were, or made to fit.
    @Test
    void of_plantedAlterations_allAreFoundOut() throws IOException {
        byte[] steps = Files.readAllBytes(folder.resolve(TraceFile.STEPS));
        byte[] values = Files.readAllBytes(folder.resolve(TraceFile.VALUES));
        RandomStream random = new RandomStream(3, 0, 0, 0);
        List<String> missed = new ArrayList<>();
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < ALTERATIONS; i++) {
            Files.write(folder.resolve(TraceFile.STEPS), steps);
            Files.write(folder.resolve(TraceFile.VALUES), values);
            String what = new Alteration(folder, random).alter(i);
            kinds.merge(what.substring(0, what.indexOf(':')), 1, Integer::sum);
            if (!isFoundOut()) {
                missed.add(what);
            }
        }
        assertEquals(List.of(), missed);
        assertTrue(kinds.size() >= 9, kinds::toString);
    }

    private boolean isFoundOut() {
        try {
            return !replayed(model).isTrue();
        } catch (BadInputException e) {
            return true;
        }
    }
}
