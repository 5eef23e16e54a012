package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestBackends;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.DialogueFolder;
import dev.parallax.corpus.FeaturesCorpus;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.FeatureScaling;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.VectorScaling;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.View;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Audio vectors as they come from tools: columns of deviations from 1e-3 to 1e3, one with a mean of 300
/// deviations, one that never changes. The widest column tells nothing of the emotion. The text vectors have one
/// scale.
class VectorScalesTest {

    private static final Backend BACKEND = TestBackends.all().toList().getLast();
    private static final float[] SCALES = {1e-3f, 1e-2f, 1, 1e-1f, 1e3f, 0};
    private static final float[] OFFSETS = {0, 0, 300, 0, 0, 5};
    private static final EncoderConfig ENCODER =
            new EncoderConfig(0, 12, RecurrentKind.GRU, 6, 1, true, 2, 0, 0, Pooling.MEAN);
    private static final TrainingConfig TRAINING =
            TrainingConfig.DIALOGUE.with("epochs", 15).with("batchSize", 8).with("learningRate", 1e-2);

    @TempDir
    static Path folder;

    private static FeaturesCorpus corpus;
    private static List<Utterance> utterances;
    private static Split split;

    @BeforeAll
    static void writeCorpus() {
        corpus = FeaturesCorpus.open(DialogueFolder.write(folder.resolve("corpus"), 80, 6, 12, 4));
        utterances = corpus.utterances().stream().map(VectorScalesTest::raw).toList();
        split = new DialogueSplitter(utterances, corpus.sexes(), 1).standard();
    }

    private static Utterance raw(Utterance utterance) {
        Vectors vectors = Objects.requireNonNull(utterance.vectors());
        float[] audio = Objects.requireNonNull(vectors.audio()).clone();
        for (int column = 0; column < audio.length; column++) {
            audio[column] = SCALES[column] * audio[column] + OFFSETS[column];
        }
        return utterance.withVectors(new Vectors(audio, vectors.text()));
    }

    private static TrainingRun.Result train(Standardization standardization, Path out, List<String> warnings) {
        NetworkConfig network = new NetworkConfig(ENCODER, ENCODER, 1, "late-add", 8, true, standardization, false);
        TrainingSetup setup = new TrainingSetup(
                List.of("features"),
                utterances,
                split,
                new DialogueModelSpec(corpus.labels(), network, 6, 12),
                TRAINING);
        try (Workers workers = new Workers(2)) {
            return TrainingRun.ofDialogues(setup, BACKEND, workers).run(out, false, new Trainer.Listener() {
                @Override
                public void warn(String line) {
                    warnings.add(line);
                }
            });
        }
    }

    private static double accuracy(TrainingRun.Result result, View view) {
        return Objects.requireNonNull(result.validation().get(view)).metrics().unweightedAccuracy();
    }

    @Test
    void run_scalesFarApart_areLearnedFromWhereStandardised() {
        List<String> warnings = new ArrayList<>();
        Path out = folder.resolve("standardised");
        TrainingRun.Result result = train(Standardization.TRAINING, out, warnings);
        double audio = accuracy(result, View.AUDIO);
        assertTrue(audio > 0.6, "audio " + audio);
        assertEquals(List.of(), warnings);

        DialogueModel loaded = (DialogueModel) Model.load(out.resolve("best.safetensors"), BACKEND);
        assertEquals(((DialogueModel) result.model()).scaling(), loaded.scaling());
        try (Workers workers = new Workers(1)) {
            Scores again = Objects.requireNonNull(Evaluation.of(loaded, split.select(Part.TEST, utterances), workers)
                    .scores()
                    .get(View.AUDIO));
            Scores before = Objects.requireNonNull(result.test().get(View.AUDIO));
            assertEquals(before.metrics().unweightedAccuracy(), again.metrics().unweightedAccuracy());
        }
    }

    @Test
    void run_scalesFarApart_asTheyAre_areNot() {
        List<String> warnings = new ArrayList<>();
        TrainingRun.Result result = train(Standardization.NONE, folder.resolve("raw"), warnings);
        double audio = accuracy(result, View.AUDIO);
        assertTrue(audio < 0.5, "audio " + audio);
        assertEquals(VectorScaling.NONE, ((DialogueModel) result.model()).scaling());
    }

    /// Twelve utterances by themselves whose vectors are all the same.
    @Test
    void warnings_sameAnswerForAll_nameTheViewAndTheAnswer() {
        List<Utterance> same = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Vectors vectors = new Vectors(new float[] {1, 2}, null);
            Origin alone = Origin.UNKNOWN.withTurn("d" + i, 0);
            same.add(new Utterance("u" + i, null, null, corpus.labels().name(i % 2), alone, vectors));
        }
        NetworkConfig network = new NetworkConfig(ENCODER, null, 1, "late-add", 8);
        DialogueModel model =
                new DialogueModel(new DialogueConfig(corpus.labels(), network, 2, 0, true), null, BACKEND, 1);
        try (Workers workers = new Workers(1)) {
            Outputs outputs = Outputs.of(model, new DialogueExamples(model, same), 4, workers);
            List<String> warnings = ConstantAnswers.warnings(model, outputs);
            assertEquals(1, warnings.size());
            String line = warnings.getFirst();
            assertTrue(
                    line.matches("the audio answer is \"[a-z]+\" for all 12 utterances of the validation part: nothing"
                            + " was learned from audio; .*"),
                    line);
        }
    }

    @Test
    void over_someVectors_scalesEachColumnOfEachModality() {
        VectorScaling scaling = VectorScaling.over(List.of(
                new Vectors(new float[] {1, 7}, null),
                new Vectors(new float[] {3, 7}, new float[] {10}),
                new Vectors(null, new float[] {20})));
        assertEquals(new FeatureScaling(new float[] {2, 7}, new float[] {1, 0}), scaling.audio());
        assertEquals(new FeatureScaling(new float[] {15}, new float[] {5}), scaling.text());
        Vectors scaled = scaling.apply(new Vectors(new float[] {4, 9}, null));
        assertArrayEquals(new float[] {2, 0}, scaled.audio());
        assertNull(scaled.text());
    }
}
