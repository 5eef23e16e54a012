package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.Clips;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording that CREMA-D publishes under two labels is neither learned from nor scored.
class PublishedTwoLabelsTest {

    private static final List<String> TWINS = List.of("1006_TIE_HAP_XX", "1006_TIE_NEU_XX");
    private static final String WHY = "published twice under different labels";
    private static final int OTHERS = 6 * 6;

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private final Remarks remarks = new Remarks() {
        @Override
        public void log(String line) {
            log.add(line);
        }
    };

    /// Six actors with a clip of each emotion, and the twins.
    private String corpus() {
        int number = 0;
        for (int actor = 1001; actor <= 1006; actor++) {
            for (String emotion : List.of("ANG", "DIS", "FEA", "HAP", "NEU", "SAD")) {
                clip(actor + "_DFA_" + emotion + "_XX", ++number);
            }
        }
        TWINS.forEach(twin -> clip(twin, 0));
        return "cremad:" + folder.resolve("CREMA-D");
    }

    private void clip(String name, int number) {
        Clips.write(folder.resolve("CREMA-D/AudioWAV/" + name + ".wav"), Clips.noise(number, 0.7));
    }

    private List<String> said() {
        return log.stream().filter(line -> line.startsWith("left out ")).toList();
    }

    @Test
    void train_thenEvaluate_leaveBothOutAndSaySo() {
        String corpus = corpus();
        Path run = folder.resolve("run");
        String line = "left out 2 utterances, which were " + WHY + ": " + String.join(", ", TWINS);
        try (Workers workers = new Workers(1)) {
            TrainingRequest request = TrainingRequest.of(corpus)
                    .withoutVariedCopies()
                    .withSetting("network.audio.recurrent", "NONE")
                    .withSetting("training.epochs", "1")
                    .into(run);
            Split split = Training.run(request, new ScalarBackend(), workers, remarks)
                    .training()
                    .setup()
                    .split();
            assertEquals(
                    OTHERS,
                    Stream.of(Part.values())
                            .mapToInt(part -> split.members(part).size())
                            .sum());
            assertEquals(TWINS, split.excluded().stream().map(Split.Member::id).toList());
            assertTrue(split.how().contains("; 2 left out, " + WHY), split.how());
            assertEquals(List.of(line), said());

            log.clear();
            EvaluationRequest all =
                    new EvaluationRequest(run, EvaluationRequest.of(run, corpus).corpus(), null, true);
            EvaluationOutcome scored = ModelEvaluation.run(all, new ScalarBackend(), workers, remarks);
            assertEquals(OTHERS, scored.scored());
            assertEquals(List.of(line), said());
        }
    }
}
