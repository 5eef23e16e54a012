package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.DialogueFolder;
import dev.parallax.fusion.View;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.SettingChanges;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.EpochResult;
import dev.parallax.train.Scores;
import dev.parallax.train.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The preset `paper-code` reports what the released code of the paper does: the best epoch of the test part.
class PaperCodeTest {

    @TempDir
    Path folder;

    private static TrainingRun.Result train(String corpus, String chosenOn, String chosenBy) {
        ModelRequest model = ModelRequest.STANDARD
                .withLevel(Level.DIALOGUE)
                .withSetting("training.epochs", "30")
                .withSetting("training.chosenOn", chosenOn)
                .withSetting("training.chosenBy", chosenBy);
        SettingChanges preset =
                new SettingChanges("paper-code", null, model.settings().settings());
        return Training.run(TrainingRequest.of(corpus)
                        .withModel(new ModelRequest(
                                model.level(),
                                List.of(),
                                null,
                                preset,
                                1L,
                                null,
                                null,
                                false,
                                false,
                                EncoderRequest.NONE)))
                .result();
    }

    /// Corpora whose vectors tell little of the emotion. A model of them becomes sure long before it is right,
    /// so its loss rises with its accuracy.
    @ParameterizedTest
    @CsvSource({"12, 24, 24", "20, 6, 12", "30, 60, 8"})
    void run_madeUpCorpus_reportsTheHighestAccuracyOfItsHistory(int dialogues, int audioSize, int textSize) {
        String corpus =
                "features:" + DialogueFolder.write(folder.resolve("corpus"), dialogues, audioSize, textSize, 0.5);
        TrainingRun.Result chosen = train(corpus, "test", "accuracy");
        Scores reported = Objects.requireNonNull(chosen.test().get(View.DECISION));
        double highest = chosen.history().stream()
                .mapToDouble(EpochResult::valDecision)
                .max()
                .orElseThrow();
        assertEquals(highest, reported.metrics().unweightedAccuracy());
        List<EpochResult> ties = chosen.history().stream()
                .filter(epoch -> epoch.valDecision() == highest)
                .toList();
        double loss = chosen.history().get(chosen.bestEpoch() - 1).valLoss();
        assertTrue(ties.stream().allMatch(epoch -> epoch.valLoss() >= loss), "NLL decides between equal accuracies");

        assertEquals(
                chosen.history(),
                train(corpus, "test", "loss").history(),
                "what chooses the epoch changes nothing of the training");
    }
}
