package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.autograd.Tape;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.data.Utterance;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.Sureness;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training with varied copies and masks is as much a function of its setup as training without.
class AugmentedTrainingTest {

    private static final Trainer.Listener NOBODY = new Trainer.Listener() {};
    private static final Map<String, Json> BOTH = augmentation(2, 1.0);
    private static final Map<String, Json> COPIES = augmentation(2, 0.0);
    private static final Map<String, Json> MASKS = augmentation(0, 1.0);

    @TempDir
    Path folder;

    private static Map<String, Json> augmentation(int copies, double masks) {
        JsonObject json = AugmentationSettings.NONE.toJson().with("copies", copies);
        for (String step : List.of("speed", "room", "music", "noise", "gain", "silence")) {
            json = json.with(step, json.object(step).with("probability", copies == 0 ? 0.0 : 0.7));
        }
        return Map.of(
                "augmentation",
                json.with("specAugment", json.object("specAugment").with("probability", masks)),
                "epochs",
                new Json.Whole(2));
    }

    private byte[] train(String name, int threads, Map<String, Json> changes) throws IOException {
        Path out = folder.resolve(name);
        try (Workers workers = new Workers(threads)) {
            run(changes, workers).run(out, false, NOBODY);
        }
        return Files.readAllBytes(out.resolve("best.safetensors"));
    }

    private static TrainingRun run(Map<String, Json> changes, Workers workers) {
        return TrainingRun.of(TrainingRunTest.setup(changes), TrainingRunTest.CACHE, TrainingRunTest.BACKEND, workers);
    }

    @Test
    void run_oneOrTwoThreads_writesTheSameBytes() throws IOException {
        byte[] one = train("one", 1, BOTH);
        assertArrayEquals(one, train("two", 2, BOTH));
        assertFalse(Arrays.equals(one, train("copies", 1, COPIES)), "masks change nothing");
        assertFalse(Arrays.equals(one, train("masks", 1, MASKS)), "copies change nothing");
    }

    /// Thrown where a user would have pressed Ctrl-C.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void run_stoppedAndResumed_equalsNeverStopped() throws IOException {
        byte[] whole = train("whole", 2, BOTH);
        Path out = folder.resolve("stopped");
        boolean stopped = false;
        try (Workers workers = new Workers(2)) {
            try {
                run(BOTH, workers).run(out, false, new Trainer.Listener() {
                    @Override
                    public void stepEnded(int epoch, int step, int steps) {
                        if (epoch == 2 && step == 3) {
                            throw new Stopped();
                        }
                    }
                });
            } catch (Stopped expected) {
                stopped = true;
            }
            assertTrue(stopped);
            run(BOTH, workers).run(out, true, NOBODY);
        }
        assertArrayEquals(whole, Files.readAllBytes(out.resolve("best.safetensors")));
    }

    @Test
    void run_resumedWithOtherAugmentation_isRefused() throws IOException {
        train("run", 1, MASKS);
        try (Workers workers = new Workers(1)) {
            TrainingRun other = run(BOTH, workers);
            String message = Refusal.of(() -> other.run(folder.resolve("run"), true, NOBODY));
            assertTrue(message.contains("other settings or data"), message);
        }
    }

    @Test
    void run_record_tellsTheAugmentation() {
        try (Workers workers = new Workers(1)) {
            TrainingRun.Result result = run(BOTH, workers).run(null, false, NOBODY);
            JsonObject training =
                    Objects.requireNonNull(result.model().record()).training();
            assertEquals(BOTH.get("augmentation"), training.object("augmentation"));
        }
    }

    private static UtteranceLevel level(Map<String, Json> changes, List<String> told) {
        TrainingSetup setup = TrainingRunTest.setup(changes);
        try (Workers workers = new Workers(2)) {
            return new UtteranceLevel(
                    setup, (UtteranceModelSpec) setup.plan(), TrainingRunTest.CACHE, workers, new Trainer.Listener() {
                        @Override
                        public void copyMade(int done, int total) {
                            told.add(done + " of " + total);
                        }
                    });
        }
    }

    /// What a model hears in each example of a part, as logits.
    private static double[][] heard(EmotionModel model, Examples examples) {
        try (Workers workers = new Workers(1)) {
            return Outputs.of(model, examples, 4, workers).rows(View.AUDIO);
        }
    }

    @Test
    void examples_ofEachPart_onlyTrainingHasCopies() {
        List<String> told = new ArrayList<>();
        UtteranceLevel varied = level(BOTH, told);
        UtteranceLevel plain = level(Map.of(), new ArrayList<>());
        EmotionModel model = varied.newModel(TrainingRunTest.BACKEND);
        assertEquals(plain.newModel(TrainingRunTest.BACKEND).scaling(), model.scaling());
        int originals = plain.examples(model, Part.TRAIN).size();
        Examples train = varied.examples(model, Part.TRAIN);
        assertEquals(3 * originals, train.size());
        assertEquals(2 * originals, told.size());
        assertEquals(2 * originals + " of " + 2 * originals, told.getLast());
        assertEquals(train.size(), train.ids().stream().distinct().count());
        for (Part part : List.of(Part.VAL, Part.TEST)) {
            Examples untouched = varied.examples(model, part);
            assertArrayEquals(heard(model, plain.examples(model, part)), heard(model, untouched));
            int[] all = {0, 1, 2, 3};
            assertArrayEquals(logits(model, untouched.shard(all)), logits(model, untouched.trainingShard(5, all)));
        }
        double[][] learned = heard(model, train);
        assertArrayEquals(heard(model, plain.examples(model, Part.TRAIN)), Arrays.copyOf(learned, originals));
        assertFalse(Arrays.equals(learned[0], learned[originals]), "a copy sounds as its original");
    }

    /// Enough utterances for a validation part that can tell when an answer may be sure.
    private static TrainingSetup large() {
        TrainingSetup setup = TrainingRunTest.setup(augmentation(1, 0.0));
        List<Utterance> utterances =
                new SyntheticCorpus(SyntheticSettings.defaults(3).withSize(360)).utterances();
        return new TrainingSetup(
                setup.corpora(),
                utterances,
                new UtteranceSplitter(utterances, Map.of(), 1).given(),
                setup.plan(),
                setup.training());
    }

    /// Sure and wrong must be rare where the validation part is heard as it is, and where it is heard varied.
    @Test
    void run_thresholds_holdOnVariedCopiesOfTheValidationPart() {
        TrainingSetup setup = large();
        try (Workers workers = new Workers(2)) {
            EmotionModel model =
                    (EmotionModel) TrainingRun.of(setup, TrainingRunTest.CACHE, TrainingRunTest.BACKEND, workers)
                            .run(null, false, NOBODY)
                            .model();
            UtteranceLevel level = new UtteranceLevel(
                    setup, (UtteranceModelSpec) setup.plan(), TrainingRunTest.CACHE, workers, NOBODY);
            Examples clean = level.examples(model, Part.VAL);
            Examples varied = level.variedValidation(model);
            assertTrue(clean.size() >= Sureness.LEAST_ANSWERS, "too few to tell: " + clean.size());
            assertEquals(clean.size(), varied.size());
            double strictest = Math.max(threshold(model, clean, workers), threshold(model, varied, workers));
            assertEquals(strictest, model.rules().thresholds().audio());
            assertEquals(
                    0, level(MASKS, new ArrayList<>()).variedValidation(model).size());
        }
    }

    private static double threshold(EmotionModel model, Examples examples, Workers workers) {
        Outputs outputs = Outputs.of(model, examples, 4, workers);
        double[][] probabilities = Probabilities.softmax(
                outputs.rows(View.AUDIO), model.rules().temperatures().audio());
        return Sureness.threshold(probabilities, outputs.truth(View.AUDIO));
    }

    @Test
    void run_fewUtterancesThatValidate_makesNoAnswerSure() {
        try (Workers workers = new Workers(2)) {
            Model model = run(Map.of("epochs", new Json.Whole(1)), workers)
                    .run(null, false, NOBODY)
                    .model();
            assertEquals(
                    List.of(View.FUSED, View.AUDIO, View.TEXT), model.rules().viewsNeverSure());
        }
    }

    /// What is standardised over the recordings of a speaker is so over the originals.
    @Test
    void examples_standardisedBySpeaker_copiesDoNotCount() {
        UtteranceLevel varied = bySpeaker(BOTH);
        EmotionModel model = varied.newModel(TrainingRunTest.BACKEND);
        double[][] with = heard(model, varied.examples(model, Part.TRAIN));
        double[][] without = heard(model, bySpeaker(Map.of()).examples(model, Part.TRAIN));
        assertArrayEquals(without, Arrays.copyOf(with, without.length));
    }

    private static UtteranceLevel bySpeaker(Map<String, Json> changes) {
        TrainingSetup setup = TrainingRunTest.setup(changes);
        UtteranceModelSpec plan = (UtteranceModelSpec) setup.plan();
        JsonObject network = plan.network().toJson().with("standardization", Standardization.SPEAKER.name());
        UtteranceModelSpec speakers = plan.withNetwork(NetworkConfig.fromJson(network));
        TrainingSetup its =
                new TrainingSetup(setup.corpora(), setup.utterances(), setup.split(), speakers, setup.training());
        try (Workers workers = new Workers(1)) {
            return new UtteranceLevel(its, speakers, TrainingRunTest.CACHE, workers, NOBODY);
        }
    }

    @Test
    void trainingShard_neighboursAndOrder_doNotMatter() {
        UtteranceLevel level = level(BOTH, new ArrayList<>());
        EmotionModel model = level.newModel(TrainingRunTest.BACKEND);
        Examples train = level.examples(model, Part.TRAIN);
        float[] alone = logits(model, train.trainingShard(7, 5));
        int classes = alone.length;
        float[] among = logits(model, train.trainingShard(7, 90, 5, 3));
        assertArrayEquals(alone, Arrays.copyOfRange(among, classes, 2 * classes));
        assertFalse(Arrays.equals(alone, logits(model, train.trainingShard(8, 5))), "the same masks in two steps");
    }

    /// Of audio, without dropout.
    private static float[] logits(EmotionModel model, Examples.Shard shard) {
        Perspective audio = shard.forward(Pass.inference(new Tape(model.backend()), model.parameters()))
                .audio();
        return Objects.requireNonNull(Objects.requireNonNull(audio).logits())
                .value()
                .toArray();
    }
}
