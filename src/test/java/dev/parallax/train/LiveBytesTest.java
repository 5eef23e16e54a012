package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Loss;
import dev.parallax.io.Json;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What training holds on its backend does not grow, and all of it is given back. On a host the garbage collector
/// would hide a buffer that is lost; on a device it would be lost for good.
class LiveBytesTest {

    private static final int EPOCHS = 100;
    private static final int AUDIO = 5;
    private static final int TEXT = 7;
    private static final Labels LABELS = Labels.of(SyntheticCorpus.LABELS);

    private static DialogueModel dialogues(Backend backend, String fusion) {
        EncoderConfig encoder = new EncoderConfig(0, 8, RecurrentKind.LSTM, 4, 1, true, 2, 0.2, 0.2, Pooling.MEAN);
        NetworkConfig network = new NetworkConfig(encoder, encoder, 8, fusion, 4);
        return new DialogueModel(new DialogueConfig(LABELS, network, AUDIO, TEXT, true), null, backend, 1);
    }

    /// Dialogues of several lengths.
    ///
    /// @param every so many utterances have no audio: one in so many; 0 for none
    private static List<Utterance> utterances(int from, int every) {
        List<Utterance> all = new ArrayList<>();
        for (int i = from; i < from + 24; i++) {
            float[] audio = new float[AUDIO];
            float[] text = new float[TEXT];
            audio[i % AUDIO] = 1;
            text[i % TEXT] = 1;
            Origin turn = Origin.UNKNOWN.withTurn("dialogue" + (i * i) % 7 + from, i);
            all.add(new Utterance(
                    "u" + i,
                    null,
                    null,
                    LABELS.name(i % LABELS.size()),
                    turn,
                    new Vectors(every > 0 && i % every == 0 ? null : audio, text)));
        }
        return all;
    }

    private static TrainingConfig config(int epochs, Loss loss) {
        return TrainingConfig.fromJson(TrainingConfig.STANDARD
                .toJson()
                .with("epochs", epochs)
                .with("patience", epochs)
                .with("averaging", 0.9)
                .with("batchSize", 3)
                .with("shardSize", 1)
                .with("loss", loss.word()));
    }

    @Test
    void run_hundredEpochs_holdsAsMuchAfterEach() {
        int every = 3;
        ScalarBackend backend = new ScalarBackend();
        List<Long> live = new ArrayList<>();
        try (DialogueModel model = dialogues(backend, "middle-gated");
                Workers workers = new Workers(2);
                Trainer trainer = new Trainer(
                        model,
                        config(EPOCHS, Loss.MODULATED),
                        new DialogueExamples(model, utterances(0, every)),
                        new DialogueExamples(model, utterances(100, every)),
                        workers)) {
            trainer.run(new Trainer.Listener() {
                @Override
                public void epochEnded(EpochResult result, boolean best) {
                    live.add(backend.liveBytes());
                }
            });
            assertEquals(EPOCHS, live.size());
            assertTrue(live.getFirst() > Float.BYTES * (long) model.size(), "nothing is counted");
            long grown = live.getLast() - live.get(9); // the arenas have their sizes by then
            assertEquals(0, grown, "bytes more after epoch " + EPOCHS + " than after epoch 10");
        }
        assertEquals(0, backend.liveBytes());
    }

    static List<String> strategies() {
        return Fusions.names();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void close_anyStrategy_givesAllBack(String fusion) {
        int every = fusion.startsWith("early") ? 0 : 3; // early fusions need both
        ScalarBackend backend = new ScalarBackend();
        try (DialogueModel model = dialogues(backend, fusion);
                Workers workers = new Workers(1);
                Trainer trainer = new Trainer(
                        model,
                        config(2, Loss.PERSPECTIVE),
                        new DialogueExamples(model, utterances(0, every)),
                        new DialogueExamples(model, utterances(100, every)),
                        workers)) {
            trainer.run(new Trainer.Listener() {});
        }
        assertEquals(0, backend.liveBytes(), fusion);
    }

    /// A whole run on recordings and sentences, with its answers, leaves the weights of its model and nothing else.
    @Test
    void run_utterances_leavesTheWeightsOfItsModel() {
        ScalarBackend backend = new ScalarBackend();
        try (Workers workers = new Workers(2)) {
            TrainingRun.Result result = TrainingRun.of(
                            TrainingRunTest.setup(Map.of("epochs", new Json.Whole(2))),
                            TrainingRunTest.CACHE,
                            backend,
                            workers)
                    .run(null, false, new Trainer.Listener() {});
            Model model = result.model();
            assertEquals(Float.BYTES * (long) model.size(), backend.liveBytes());
            result.close();
        }
        assertEquals(0, backend.liveBytes());
    }
}
